-- Whose doors are one's own is asked by every statement of a transaction, and a phone's day is two hundred statements. A
-- transaction that changes no duty may have it worked out once (households/own.ts `rememberOwn`); the settings end with it, as
-- those of its scope do. An empty list is written '{}', so that it is not taken for one that was never worked out.
create or replace function app.own_doors() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when current_setting('app.own_doors', true) <> '' then current_setting('app.own_doors', true)::uuid[] else (
    select coalesce(array_agg(d.dwelling_id), '{}') from duty d
    where d.district_code = app.district() and d.person_id = any (app.acts_for())
      and d.valid_from <= app.today() and (d.valid_until is null or d.valid_until > app.today())) end;
end;

create or replace function app.own_households() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when current_setting('app.own_households', true) <> '' then current_setting('app.own_households', true)::uuid[] else (
    select coalesce(array_agg(h.id), '{}') from household h
    where h.district_code = app.district() and h.dwelling_id = any (app.own_doors())
      and (h.moved_out is null or h.moved_out > app.today()) and h.merged_into_id is null) end;
end;

create or replace function app.own_households_lately() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when current_setting('app.own_lately', true) <> '' then current_setting('app.own_lately', true)::uuid[] else (
    select coalesce(array_agg(h.id), '{}') from household h
    where h.district_code = app.district() and h.dwelling_id = any (app.own_doors())
      and (h.moved_out is null or h.moved_out > app.today() - 31)) end;
end;
