-- Asked among ten thousand of each (tests/indexes.test.ts): what these lists and clocks walked past is no longer read.

-- Meetings to come are few, however many were held.
-- squawk-ignore require-concurrent-index-creation
create index meeting_coming on meeting (district_code, at, id) where state in ('preparing', 'called', 'open');

-- Where it was said, for the desk over it.
-- squawk-ignore require-concurrent-index-creation
create index wish_told_area on wish_told (district_code, path);

-- Lines end and stay; those in force are found without the ones of the years before. (`case`, because row security lets no
-- condition with `coalesce` use an index.)
-- squawk-ignore require-concurrent-index-creation
create index rota_line_until on rota_line (district_code, organisation_id, (case when valid_until is null then 'infinity'::date else valid_until end));
-- So do absences.
-- squawk-ignore require-concurrent-index-creation
create index absence_until on absence (district_code, person_id, (coalesce(until_on, 'infinity'::date)));

create or replace function app.away_among(people uuid[], from_day date, until_day date)
  returns table (person_id uuid, backup_person_id uuid, from_on date, until_on date)
  language sql stable security definer rows 10 set search_path = public, pg_temp
begin atomic
  -- For each person by itself: the plan of a function does not know how many are asked about.
  select a.person_id, a.backup_person_id, a.from_on, a.until_on
  from (select distinct p.id from unnest(people) as p (id)) asked,
  lateral (
    select b.* from absence b
    where b.district_code = app.district() and b.person_id = asked.id and b.from_on < until_day
      and coalesce(b.until_on, 'infinity'::date) > from_day and coalesce(b.until_on, 'infinity'::date) > b.from_on
    offset 0) a;
end;

-- What is asked of grids now, what waits, and everything newest first, each apart from the years of what is over.
-- squawk-ignore require-concurrent-index-creation
create index grid_push_running on grid_push (district_code, (case when ends_on is null then 'infinity'::date else ends_on end)) where state = 'in_force';
-- squawk-ignore require-concurrent-index-creation
create index grid_push_waiting on grid_push (district_code, made_at desc, id desc) where state = 'waiting';
-- squawk-ignore require-concurrent-index-creation
create index grid_push_newest on grid_push (district_code, made_at desc, id desc);

-- As in 0007: with `exists` the planner reads all requests into a hash rather than ask for one.
drop policy message_read on message;
create policy message_read on message for select using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or to_reporter_id = (select app.reporter())
    or to_person_id = (select app.person())
    or to_organisation_id = any ((select app.organisations())::uuid[])
    or (to_reporter_id is not null and (
      select true from service_request r where r.district_code = message.district_code and r.id = message.request_id limit 1))));
