-- Who is on duty, when (X3), and who heard a request first (R9).

-- The number that is answered whoever is on duty. An organisation without a row has no number of its own for that.
create table rota (
  district_code text not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  phone text,
  version integer not null,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (district_code, organisation_id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, set_by) references person (district_code, id)
);

-- A line of the rota: on these days, between these hours, A, and B where A is away. A line is ended, never changed, so that
-- who was on duty on a day of last year can still be said.
create table rota_line (
  district_code text not null,
  -- Made by the page: the same id sent twice is one line.
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  name text not null check (char_length(name) between 1 and 20),
  -- 1 Monday to 7 Sunday, and whether every such day, only those that are worked by the calendar, or only those that are not.
  weekdays smallint[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and cardinality(weekdays) between 1 and 7),
  days text not null check (days in ('every', 'working', 'off')),
  -- Minutes after midnight, and how long; a night goes on into the next day.
  from_minute smallint not null check (from_minute between 0 and 1439),
  minutes smallint not null check (minutes between 15 and 1440),
  person_id uuid not null,
  backup_person_id uuid check (backup_person_id <> person_id),
  valid_from date not null,
  -- Half-open; one taken back ends where it begins.
  valid_until date check (valid_until >= valid_from),
  -- On its days the other lines are suspended: the holidays have a rota of their own.
  instead boolean not null default false,
  version integer not null default 1,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, backup_person_id) references person (district_code, id),
  foreign key (district_code, set_by) references person (district_code, id)
);
create index rota_line_organisation on rota_line (district_code, organisation_id, valid_from);

-- One turn given to somebody else; the newest of a turn counts, those before it stay (boundary 20).
create table rota_swap (
  district_code text not null,
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  line_id uuid not null,
  on_day date not null,
  person_id uuid not null,
  backup_person_id uuid check (backup_person_id <> person_id),
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, line_id) references rota_line (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, backup_person_id) references person (district_code, id),
  foreign key (district_code, set_by) references person (district_code, id)
);
create index rota_swap_day on rota_swap (district_code, organisation_id, on_day);

-- Who is on duty is for everybody to know; who says so is the organisation itself and the desks over it.
alter table rota enable row level security;
create policy rota_of_district on rota for select using (district_code = (select app.district()));
create policy rota_set on rota for insert with check (district_code = (select app.district())
  and ((select app.reach()) = 'district' or app.within_paths(path) or organisation_id = any ((select app.organisations())::uuid[])));
create policy rota_changed on rota for update using (district_code = (select app.district())
  and ((select app.reach()) = 'district' or app.within_paths(path) or organisation_id = any ((select app.organisations())::uuid[])));
alter table rota_line enable row level security;
create policy rota_line_of_district on rota_line for select using (district_code = (select app.district()));
create policy rota_line_set on rota_line for insert with check (district_code = (select app.district())
  and ((select app.reach()) = 'district' or app.within_paths(path) or organisation_id = any ((select app.organisations())::uuid[])));
create policy rota_line_changed on rota_line for update using (district_code = (select app.district())
  and ((select app.reach()) = 'district' or app.within_paths(path) or organisation_id = any ((select app.organisations())::uuid[])));
alter table rota_swap enable row level security;
create policy rota_swap_of_district on rota_swap for select using (district_code = (select app.district()));
create policy rota_swap_set on rota_swap for insert with check (district_code = (select app.district())
  and ((select app.reach()) = 'district' or app.within_paths(path) or organisation_id = any ((select app.organisations())::uuid[])));
grant select, insert, update on rota, rota_line to chuanmen_app;
grant select, insert on rota_swap to chuanmen_app;

-- When these people are away, and who stands in. The public card of a place must know it and may not read the table: it is
-- told days and names of those asked about, and nobody is told why (there is no why).
create function app.away_among(people uuid[], from_day date, until_day date)
  returns table (person_id uuid, backup_person_id uuid, from_on date, until_on date)
  language sql stable security definer rows 10 set search_path = public, pg_temp
begin atomic
  select a.person_id, a.backup_person_id, a.from_on, a.until_on from absence a
  where a.district_code = app.district() and a.person_id = any (people) and a.from_on < until_day
    and (a.until_on is null or a.until_on > from_day) and (a.until_on is null or a.until_on > a.from_on);
end;

-- Oneself and those for whom one stands in today, also along a chain of stand-ins: as app.acts_for(), whatever the ability.
create function app.stands_for() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  with recursive who (id) as (
    select app.person()
    union
    select a.person_id from who
    join absence a on a.district_code = app.district() and a.backup_person_id = who.id
      and a.from_on <= app.today() and (a.until_on is null or a.until_on > app.today())
  )
  select coalesce(array_agg(who.id) filter (where who.id is not null), '{}'::uuid[]) from who;
end;
revoke all on function app.away_among, app.stands_for from public;
grant execute on function app.away_among, app.stands_for to chuanmen_app;

-- R9: who of those who serve heard it first, and stays answerable until somebody takes it. A cache of the fold.
alter table service_request add column heard_by_person_id uuid;
-- The column is new and therefore empty.
-- squawk-ignore require-concurrent-index-creation
create index service_request_heard on service_request (district_code, heard_by_person_id, submitted_at, id)
  where heard_by_person_id is not null;
