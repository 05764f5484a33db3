-- The field phone's server half: devices and what they sent. What each phone holds stands in 0028.

-- A store on a phone. The server's half of what unlocks it is sealed here and given out only to its holder's living session.
create table field_device (
  district_code text not null,
  id uuid not null,
  person_id uuid not null,
  label text not null,
  secret_sealed bytea not null,
  registered_at timestamptz not null,
  seen_at timestamptz not null,
  -- The newest cursor that was given to it; one beyond comes from another history of this database.
  horizon bigint not null default 0,
  withdrawn_at timestamptz,
  withdrawn_for text check (withdrawn_for in ('lost', 'replaced', 'left', 'other')),
  withdrawn_by uuid,
  primary key (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  check ((withdrawn_at is null) = (withdrawn_for is null))
);
create index field_device_person on field_device (district_code, person_id, registered_at);

-- Every entry a phone ever sent and what became of it; nothing is removed. What an entry said is kept here, sealed, only
-- while it stands nowhere else: when it was refused, or left over.
create table field_entry (
  district_code text not null,
  id uuid not null,
  seq bigint generated always as identity,
  person_id uuid not null,
  device_id uuid not null,
  kind text not null,
  household_id uuid,
  path text collate "C",
  base_version integer,
  -- By the phone's clock, and set right by the difference of the clocks.
  device_at timestamptz not null,
  made_at timestamptz not null,
  received_at timestamptz not null,
  fate text not null check (fate in ('applied', 'merged', 'conflict', 'refused', 'left_over')),
  -- Code and details of the problem; said in the reader's language when it is read.
  problem jsonb,
  contested text[] not null default '{}',
  request_ids uuid[] not null default '{}',
  -- Tells the same entry sent again from another one under its id; keyed, so that nobody can try values.
  digest text not null,
  data_sealed bytea,
  mended_by_id uuid,
  decided_at timestamptz,
  decided_by_id uuid,
  decision text check (decision in ('take', 'set_aside')),
  decision_words text,
  -- The transaction that wrote it last: the feed continues from there.
  changed_in bigint not null default (pg_current_xact_id()::text::bigint),
  primary key (district_code, id),
  foreign key (district_code, device_id) references field_device (district_code, id),
  check ((fate = 'refused') = (problem is not null)),
  check ((decided_at is null) = (decision is null))
);
create index field_entry_person on field_entry (district_code, person_id, seq desc);
create index field_entry_news on field_entry (district_code, person_id, changed_in);
create index field_entry_device on field_entry (district_code, device_id);
create index field_entry_left on field_entry (district_code, path, seq) where fate = 'left_over' and decided_at is null;

-- Photos and recordings that an entry named and that arrive after its words.
create table field_file (
  district_code text not null,
  entry_id uuid not null,
  attachment_id uuid not null,
  person_id uuid not null,
  about text not null check (about in ('request', 'visit')),
  about_id uuid not null,
  state text not null default 'awaited' check (state in ('awaited', 'here', 'given_up')),
  since timestamptz not null,
  primary key (district_code, entry_id, attachment_id),
  foreign key (district_code, entry_id) references field_entry (district_code, id)
);
create index field_file_awaited on field_file (district_code, person_id, since) where state = 'awaited';

-- One's own; of what is left over also those at whose desk it waits.
alter table field_device enable row level security;
create policy field_device_own on field_device using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or person_id = (select app.person())));
alter table field_entry enable row level security;
create policy field_entry_own on field_entry using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or person_id = (select app.person())
    or (fate = 'left_over' and app.within_paths(path))));
alter table field_file enable row level security;
create policy field_file_own on field_file using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or person_id = (select app.person())
    or (select true from field_entry e where e.district_code = field_file.district_code and e.id = field_file.entry_id limit 1)));
grant select, insert, update on field_device, field_entry, field_file to chuanmen_app;

-- For the security administrator: which phones somebody has, and taking one away; never the secret.
create function app.devices_of(holder uuid) returns table (
    id uuid, label text, registered_at timestamptz, seen_at timestamptz, withdrawn_at timestamptz)
  language sql stable security definer rows 5 set search_path = public, pg_temp
begin atomic
  select d.id, d.label, d.registered_at, d.seen_at, d.withdrawn_at from field_device d
  where d.district_code = app.district() and d.person_id = holder order by d.registered_at desc, d.id limit 100;
end;

create function app.withdraw_device(holder uuid, device uuid, reason text, at timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with withdrawn as (
    update field_device d set withdrawn_at = coalesce(d.withdrawn_at, at), withdrawn_for = coalesce(d.withdrawn_for, reason),
      withdrawn_by = coalesce(d.withdrawn_by, app.person())
    where d.district_code = app.district() and d.person_id = holder and d.id = device returning 1)
  select exists (select 1 from withdrawn);
end;
revoke all on function app.devices_of, app.withdraw_device from public;
grant execute on function app.devices_of, app.withdraw_device to chuanmen_app;
