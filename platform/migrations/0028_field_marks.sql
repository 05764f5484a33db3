-- What each phone holds, and which households changed since it last asked.

-- A household on a phone. It came whole in the phone's walk `given_in`; a phone that asks from an earlier walk has not got it.
-- `gone_in` likewise when it ceased to be its holder's own. Walks are counted in field_device.horizon.
create table field_holding (
  district_code text not null,
  device_id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  path text collate "C" not null,
  -- Whose duty the door was: one's own, or of whom one stands in for.
  via_person_id uuid not null,
  given_in bigint not null,
  gone_in bigint,
  gone_at timestamptz,
  -- The day of the last line in the ledger (FD11).
  told_on date not null,
  primary key (district_code, device_id, household_id),
  foreign key (district_code, device_id) references field_device (district_code, id)
);
create index field_holding_person on field_holding (district_code, person_id, household_id);

-- Something of a household changed in a transaction. Transactions never wait for one another here: each adds its own.
create table field_mark (
  district_code text not null,
  household_id uuid not null,
  changed_in bigint not null,
  primary key (district_code, household_id, changed_in)
);

alter table field_holding enable row level security;
create policy field_holding_own on field_holding using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or person_id = (select app.person())));
alter table field_mark enable row level security;
create policy field_mark_own on field_mark for select using (
  district_code = (select app.district()) and ((select app.reach()) = 'district'
    or household_id = any ((select app.own_households())::uuid[])));
grant select, insert, update on field_holding to chuanmen_app;
grant select on field_mark to chuanmen_app;

-- One statement of any size leaves one mark for each household it touched. A household that is new needs none: no phone
-- holds it, and it comes whole.
create function app.mark_new() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select distinct district_code, household_id, pg_current_xact_id()::text::bigint from now_there where household_id is not null
  on conflict do nothing;
  return null;
end $$;

create function app.mark_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select district_code, household_id, pg_current_xact_id()::text::bigint from now_there where household_id is not null
  union
  select district_code, household_id, pg_current_xact_id()::text::bigint from was_there where household_id is not null
  on conflict do nothing;
  return null;
end $$;

create function app.mark_removed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select distinct district_code, household_id, pg_current_xact_id()::text::bigint from was_there where household_id is not null
  on conflict do nothing;
  return null;
end $$;

create function app.mark_household() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select district_code, id, pg_current_xact_id()::text::bigint from now_there
  on conflict do nothing;
  return null;
end $$;
revoke all on function app.mark_new, app.mark_changed, app.mark_removed, app.mark_household from public;

create trigger field_mark_changed after update on household
  referencing new table as now_there for each statement execute function app.mark_household();
create trigger field_mark_new after insert on resident
  referencing new table as now_there for each statement execute function app.mark_new();
create trigger field_mark_changed after update on resident
  referencing old table as was_there new table as now_there for each statement execute function app.mark_changed();
create trigger field_mark_removed after delete on resident
  referencing old table as was_there for each statement execute function app.mark_removed();
create trigger field_mark_new after insert on care
  referencing new table as now_there for each statement execute function app.mark_new();
create trigger field_mark_changed after update on care
  referencing old table as was_there new table as now_there for each statement execute function app.mark_changed();
create trigger field_mark_removed after delete on care
  referencing old table as was_there for each statement execute function app.mark_removed();
create trigger field_mark_new after insert on household_conflict
  referencing new table as now_there for each statement execute function app.mark_new();
create trigger field_mark_changed after update on household_conflict
  referencing old table as was_there new table as now_there for each statement execute function app.mark_changed();
-- A need becomes a request in the same step as its visit, so the visit's mark tells of both.
create trigger field_mark_new after insert on visit
  referencing new table as now_there for each statement execute function app.mark_new();
create trigger field_mark_new after insert on visit_task
  referencing new table as now_there for each statement execute function app.mark_new();
create trigger field_mark_changed after update on visit_task
  referencing old table as was_there new table as now_there for each statement execute function app.mark_changed();
create trigger field_mark_new after insert on promise
  referencing new table as now_there for each statement execute function app.mark_new();
create trigger field_mark_changed after update on promise
  referencing old table as was_there new table as now_there for each statement execute function app.mark_changed();

-- Of a household's marks only the newest tells anything, once the transactions before it have ended.
create function app.prune_field(gone_before timestamptz) returns void language sql volatile security definer
  set search_path = public, pg_temp
begin atomic
  delete from field_mark m
  where m.district_code = app.district() and m.changed_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    and exists (select from field_mark n where n.district_code = m.district_code and n.household_id = m.household_id
      and n.changed_in > m.changed_in and n.changed_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint);
  delete from field_holding h where h.district_code = app.district() and h.gone_at < gone_before;
end;
revoke all on function app.prune_field from public;
grant execute on function app.prune_field to chuanmen_app;

-- Service requests that came from somebody's phone.
-- squawk-ignore require-concurrent-index-creation
create index field_entry_requests on field_entry (district_code, person_id, received_at) where request_ids <> '{}';
