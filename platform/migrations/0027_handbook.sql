-- The handbook: what a household said, as far as it is known of it; which households have met their liaison.

-- squawk-ignore require-concurrent-index-creation
create index reporter_household on reporter (district_code, home_household_id) where home_household_id is not null;

-- What came from a household and is no secret: never what was said in confidence, never what was erased. Who asks has
-- just read the household under its own row security.
create function app.requests_of_household(given uuid) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(r.id), '{}') from reporter o
  join service_request r on r.district_code = o.district_code and r.reporter_id = o.id
  where o.district_code = app.district() and o.home_household_id = given and not r.confidential and r.erased is null;
end;
revoke all on function app.requests_of_household from public;
grant execute on function app.requests_of_household to chuanmen_app;
