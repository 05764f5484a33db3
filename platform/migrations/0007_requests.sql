-- Service requests. What happened stands in request_entry (append-only, hash-chained); the status columns of
-- service_request are a cache that only the reducer in requests/rules.ts writes (RQ2).

create sequence request_number;
grant usage on sequence request_number to chuanmen_app;

create table service_request (
  district_code text not null,
  id uuid not null,
  -- "C", as every column that ranges are read from: beginnings of a code are ranges whatever the server's locale.
  code text collate "C" not null,
  path text collate "C" not null,
  place text not null,
  lon double precision,
  lat double precision,
  channel text not null check (channel in ('phone_page', 'phone_call', 'visit', 'patrol', 'reception_room', 'chat_group',
    'spot_code', 'open311', 'meeting', 'clean_up')),
  title text not null,
  words text not null,
  confidential boolean not null default false,
  reporter_id uuid not null,
  submitted_at timestamptz not null,
  -- The cache of the fold.
  state text not null check (state in ('submitted', 'accepted', 'assigned', 'in_progress', 'answered', 'closed', 'declined', 'withdrawn')),
  level text not null check (level in ('community', 'subdistrict', 'district')),
  holder_organisation_id uuid,
  holder_person_id uuid,
  category_code text collate "C",
  urgency text check (urgency in ('now', 'by_date', 'explain')),
  due_at timestamptz,
  next_alarm_at timestamptz,
  overdue boolean not null default false,
  satisfaction text check (satisfaction in ('satisfied', 'fair', 'dissatisfied', 'silent', 'unreachable')),
  last_entry_at timestamptz not null,
  standing jsonb not null,
  seq integer not null,
  hash bytea not null,
  primary key (district_code, id),
  unique (district_code, code),
  -- RQ1: one holder from submission to closure.
  check ((state in ('closed', 'declined', 'withdrawn')) = (holder_organisation_id is null)),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, reporter_id) references reporter (district_code, id),
  foreign key (district_code, holder_organisation_id) references organisation (district_code, id)
);
create index service_request_area on service_request (district_code, path, submitted_at);
create index service_request_recent on service_request (district_code, submitted_at desc, id desc);
create index service_request_holder on service_request (district_code, holder_organisation_id, due_at, id)
  where holder_organisation_id is not null;
create index service_request_open on service_request (district_code, due_at, id) where holder_organisation_id is not null;
create index service_request_overdue on service_request (district_code, submitted_at desc, id desc) where overdue;
create index service_request_reporter on service_request (district_code, reporter_id, submitted_at desc, id desc);
create index service_request_alarm on service_request (district_code, next_alarm_at) where next_alarm_at is not null;

-- Every organisation that has held or assists in a request; it keeps seeing what it had a hand in.
create table request_party (
  district_code text not null,
  request_id uuid not null,
  organisation_id uuid not null,
  role text not null check (role in ('desk', 'lead', 'assisting')),
  since timestamptz not null,
  primary key (district_code, request_id, organisation_id),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index request_party_organisation on request_party (district_code, organisation_id, since desc, request_id);

create table request_entry (
  district_code text not null,
  request_id uuid not null,
  seq integer not null,
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  channel text not null,
  by_kind text not null check (by_kind in ('reporter', 'staff', 'system')),
  by_person_id uuid,
  by_organisation_id uuid,
  visible boolean not null,
  -- A person's own words stand apart under a salted digest: erasing them (RQ15) leaves the chain whole.
  words text,
  words_salt bytea,
  words_digest bytea,
  data jsonb not null,
  hash bytea not null,
  primary key (district_code, request_id, seq),
  unique (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);

create table attachment (
  district_code text not null,
  id uuid not null,
  request_id uuid,
  entry_id uuid,
  kind text not null check (kind in ('photo', 'voice')),
  media_type text not null,
  bytes integer not null check (bytes > 0),
  width integer,
  height integer,
  seconds integer,
  sha256 bytea not null,
  -- Which session brought it; only that one may attach it.
  owner text not null,
  created_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
create index attachment_request on attachment (district_code, request_id) where request_id is not null;
create index attachment_loose on attachment (district_code, created_at) where request_id is null;

-- Who may see a request: its area's desks, the organisations with a hand in it, its reporter, its follower.
-- `(select true ... limit 1)` instead of `exists`, here and below: the planner would answer `exists` for all rows at once,
-- by reading the other table from end to end; this is one look by key, and only for rows that nothing before lets through.
alter table service_request enable row level security;
create policy service_request_in_reach on service_request using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or id = any ((select app.requests())::uuid[])
    or reporter_id = (select app.reporter())
    or app.within_paths(path)
    or (
      select true from request_party p
      where p.district_code = service_request.district_code and p.request_id = service_request.id
        and p.organisation_id = any ((select app.organisations())::uuid[]) limit 1)));

alter table request_party enable row level security;
create policy request_party_of_district on request_party using (district_code = (select app.district()));

alter table request_entry enable row level security;
create policy request_entry_of_request on request_entry using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from service_request r where r.district_code = request_entry.district_code and r.id = request_entry.request_id limit 1)));

alter table attachment enable row level security;
create policy attachment_of_request on attachment using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district' or request_id is null
    or (select true from service_request r where r.district_code = attachment.district_code and r.id = attachment.request_id limit 1)));

create policy reporter_in_reach on reporter using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or id = (select app.reporter())
    or (select true from service_request r where r.district_code = reporter.district_code and r.reporter_id = reporter.id limit 1)));

-- Looks a request up by its code before the phone tail is proven; says nothing but which it is.
create function app.request_by_code(of_code text) returns table (id uuid, reporter uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select r.id, r.reporter_id from service_request r where r.district_code = app.district() and r.code = of_code $$;
revoke all on function app.request_by_code from public;
grant execute on function app.request_by_code to chuanmen_app;

-- RQ2: entries are never changed; the application role may only add (erasure, RQ15, comes with its own function).
grant select, insert, update on service_request, attachment to chuanmen_app;
grant delete on attachment to chuanmen_app;
grant select, insert on request_entry, request_party to chuanmen_app;
grant update (role, since) on request_party to chuanmen_app;
