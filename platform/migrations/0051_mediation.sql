-- Mediation files (R10): neighbours who fell out, who mediates, what was agreed and whether it was kept. Stricter than a confidential
-- request: only its mediators and the desk that opened it read a file; no area, no level above, no search, no export, no message.

create table mediation (
  district_code text not null,
  -- Made by the page: the same id sent twice is one file.
  id uuid not null,
  -- The desk that opened it. Its area is kept for figures that name nobody.
  organisation_id uuid not null,
  path text collate "C" not null,
  -- The request it was formed from, which goes on by itself.
  request_id uuid,
  title text not null check (char_length(title) between 1 and 60),
  state text not null check (state in ('open', 'agreed', 'kept', 'broken', 'ended')),
  -- By when somebody asks whether the agreement is kept.
  follow_up_on date check ((state = 'agreed') = (follow_up_on is not null)),
  version integer not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, opened_by) references person (district_code, id)
);
create index mediation_organisation on mediation (district_code, organisation_id, opened_at, id);
create index mediation_request on mediation (district_code, request_id) where request_id is not null;

create table mediation_party (
  district_code text not null,
  mediation_id uuid not null,
  id uuid not null,
  organisation_id uuid not null,
  -- A resident of the register, or somebody named in words alone.
  resident_id uuid,
  name text not null check (char_length(name) between 1 and 40),
  primary key (district_code, mediation_id, id),
  foreign key (district_code, mediation_id) references mediation (district_code, id),
  foreign key (district_code, resident_id) references resident (district_code, id)
);
create index mediation_party_resident on mediation_party (district_code, resident_id) where resident_id is not null;

-- Who mediates, from when until when: whoever is replaced reads the file no longer.
create table mediation_mediator (
  district_code text not null,
  mediation_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  primary key (district_code, mediation_id, person_id),
  foreign key (district_code, mediation_id) references mediation (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id)
);
create index mediation_mediator_person on mediation_mediator (district_code, person_id, mediation_id) where until is null;

-- What happened, only ever added to (boundary 20).
create table mediation_entry (
  district_code text not null,
  mediation_id uuid not null,
  seq integer not null,
  id uuid not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('open', 'session', 'agree', 'kept', 'broken', 'end', 'mediators')),
  at timestamptz not null,
  by_person_id uuid not null,
  -- The day on which they sat together, or on which it was found kept or broken.
  on_day date not null,
  words text,
  primary key (district_code, mediation_id, seq),
  unique (district_code, id),
  foreign key (district_code, mediation_id) references mediation (district_code, id),
  foreign key (district_code, by_person_id) references person (district_code, id)
);

-- The files that the person who acts mediates now.
create function app.mediating() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(m.mediation_id), '{}'::uuid[]) from mediation_mediator m
  where m.district_code = app.district() and m.person_id = app.person() and m.until is null;
end;
revoke all on function app.mediating from public;
grant execute on function app.mediating to chuanmen_app;

-- Of the district, and one's own desk's or mediated by oneself. An area gives nothing here.
alter table mediation enable row level security;
create policy mediation_kept on mediation using (district_code = (select app.district()) and ((select app.reach()) = 'district'
  or organisation_id = any ((select app.organisations())::uuid[]) or id = any ((select app.mediating())::uuid[])));
alter table mediation_party enable row level security;
create policy mediation_party_kept on mediation_party using (district_code = (select app.district()) and ((select app.reach()) = 'district'
  or organisation_id = any ((select app.organisations())::uuid[]) or mediation_id = any ((select app.mediating())::uuid[])));
alter table mediation_mediator enable row level security;
create policy mediation_mediator_kept on mediation_mediator using (district_code = (select app.district()) and ((select app.reach()) = 'district'
  or organisation_id = any ((select app.organisations())::uuid[]) or mediation_id = any ((select app.mediating())::uuid[])));
alter table mediation_entry enable row level security;
create policy mediation_entry_kept on mediation_entry using (district_code = (select app.district()) and ((select app.reach()) = 'district'
  or organisation_id = any ((select app.organisations())::uuid[]) or mediation_id = any ((select app.mediating())::uuid[])));
grant select, insert, update on mediation, mediation_mediator to chuanmen_app;
grant select, insert on mediation_party, mediation_entry to chuanmen_app;
