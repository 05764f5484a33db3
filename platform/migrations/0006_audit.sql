-- The audit ledger: append-only and hash-chained, in sixteen lanes a district so that writers do not queue behind
-- one another. The application may only append (through the function) and read; the hash is made here, in the
-- same transaction as what it records. Lane heads are anchored outside the database by a job (audit/anchor.ts).

create table audit_entry (
  district_code text not null,
  lane smallint not null,
  seq bigint not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('anyone', 'follower', 'reporter', 'staff', 'system')),
  actor_id uuid,
  -- For which organisation a member of staff acted.
  organisation_id uuid,
  action text not null,
  purpose text not null,
  subject_kind text,
  subject_id uuid,
  -- Whose personal data was read or changed, so that the resident can see who looked.
  reporter_id uuid,
  path text collate "C",
  reason text,
  detail jsonb not null default '{}',
  hash bytea not null,
  primary key (district_code, lane, seq)
);
create index audit_entry_at on audit_entry (district_code, at, lane, seq);
create index audit_entry_subject on audit_entry (district_code, subject_id, at desc);
create index audit_entry_actor on audit_entry (district_code, actor_id, at desc);
create index audit_entry_reporter on audit_entry (district_code, reporter_id, at desc) where reporter_id is not null;

create table audit_head (
  district_code text not null,
  lane smallint not null,
  seq bigint not null,
  hash bytea not null,
  primary key (district_code, lane)
);

-- The bytes an entry's hash covers: the hash before it, then every column in a fixed order and notation.
create function app.audit_hash(before bytea, entry audit_entry) returns bytea language sql stable
  set timezone = 'UTC'
  return sha256(before || convert_to(jsonb_build_array(
    entry.district_code, entry.lane, entry.seq, to_char(entry.at, 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor_kind, entry.actor_id,
    entry.organisation_id, entry.action, entry.purpose, entry.subject_kind, entry.subject_id, entry.reporter_id, entry.path,
    entry.reason, entry.detail)::text, 'UTF8'));

-- The only way in. Called last in a transaction, because it holds its lane until the commit. An entry about a request or
-- a photo of it is also one about its reporter, who may see it.
create function app.audit_append(
  at timestamptz, actor_kind text, actor_id uuid, organisation_id uuid, action text, purpose text, subject_kind text,
  subject_id uuid, reporter_id uuid, path text, reason text, detail jsonb
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  own_lane constant smallint := pg_backend_pid() % 16;
  head audit_head;
  entry audit_entry;
  about uuid := reporter_id;
begin
  if about is null and subject_kind = 'request' then
    select q.reporter_id into about from service_request q where q.district_code = app.district() and q.id = subject_id;
  elsif about is null and subject_kind = 'attachment' then
    select q.reporter_id into about
    from attachment a join service_request q on q.district_code = a.district_code and q.id = a.request_id
    where a.district_code = app.district() and a.id = subject_id;
  end if;
  select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  if not found then
    insert into audit_head values (app.district(), own_lane, 0, '\x00') on conflict do nothing;
    select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  end if;
  entry := row(head.district_code, head.lane, head.seq + 1, at, actor_kind, actor_id, organisation_id, action, purpose,
    subject_kind, subject_id, about, path, reason, detail, ''::bytea);
  entry.hash := app.audit_hash(head.hash, entry);
  insert into audit_entry select entry.*;
  update audit_head h set seq = entry.seq, hash = entry.hash
    where h.district_code = head.district_code and h.lane = head.lane;
end $$;
revoke all on function app.audit_append from public;
grant execute on function app.audit_append to chuanmen_app;

alter table audit_entry enable row level security;
-- A reporter sees what concerns the reporter; who may read the rest is for the permission table.
create policy audit_entry_in_reach on audit_entry for select using (
  district_code = (select app.district())
  and ((select app.reach()) <> 'none' or reporter_id = (select app.reporter())));
alter table audit_head enable row level security;
create policy audit_head_of_district on audit_head for select using (district_code = (select app.district()));
grant select on audit_entry, audit_head to chuanmen_app;

