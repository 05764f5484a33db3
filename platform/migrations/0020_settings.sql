-- Settings with a day from which they hold, and their history (RQ16).

-- What was changed of a category besides its limit, and from when on; what a row leaves out stays as it was before. Only
-- ever added to. What the category came with stands in `category`.
create table category_change (
  district_code text not null,
  category_code text collate "C" not null,
  valid_from timestamptz not null,
  -- Version of the category that this made.
  version integer not null,
  leads text[],
  helpers text[],
  needed jsonb check (jsonb_typeof(needed) = 'array'),
  active boolean,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, category_code, valid_from, version),
  foreign key (district_code, category_code) references category (district_code, code),
  check (num_nonnulls(leads, helpers, needed, active) > 0)
);
alter table category_change enable row level security;
create policy category_change_of_district on category_change using (district_code = (select app.district()));
grant select, insert on category_change to chuanmen_app;

-- The hours of a working day from a day on: summer and winter hours are entered before they begin. A term counts by the
-- hours of the day on which it starts (RQ4). Only ever added to.
create table district_hours (
  district_code text not null,
  valid_from date not null,
  -- Version of the district's calendar that this made.
  version integer not null,
  hours jsonb not null check (jsonb_typeof(hours) = 'array'),
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, valid_from, version)
);
alter table district_hours enable row level security;
create policy district_hours_of_district on district_hours using (district_code = (select app.district()));
grant select, insert on district_hours to chuanmen_app;

-- The history of settings is what the ledger holds of them; nobody writes it a second time.
-- squawk-ignore require-concurrent-index-creation
create index audit_entry_setting on audit_entry (district_code, at desc, lane desc, seq desc)
  where subject_kind in ('category', 'calendar', 'organisation', 'area', 'message_template');

-- How many running requests keep what they have when a category changes.
-- squawk-ignore require-concurrent-index-creation
create index service_request_category on service_request (district_code, category_code)
  where holder_organisation_id is not null;

-- Numbers only, for whoever changes a setting and reads no request.
create function app.running_in(category text) returns table (running integer, waiting integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select (count(*) filter (where r.state <> 'submitted'))::integer, (count(*) filter (where r.state = 'submitted'))::integer
  from service_request r
  where r.district_code = app.district() and r.category_code = category and r.holder_organisation_id is not null;
end;
create function app.due_between(since timestamptz, until timestamptz) returns integer
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*)::integer from service_request r
  where r.district_code = app.district() and r.holder_organisation_id is not null and r.due_at >= since and r.due_at < until;
end;
revoke all on function app.running_in, app.due_between from public;
grant execute on function app.running_in, app.due_between to chuanmen_app;
