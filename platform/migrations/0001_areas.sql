-- Areas: district > subdistrict > community > compound > building > unit, as one tree.
-- The path holds every code from the district down, each ended by '/', so that "everything under this
-- area" is one range of a btree in the C collation (see docs/adr on area paths).

create schema if not exists app;

-- What the transaction may reach, as set by kernel/db.ts. Every policy reads these, wrapped in a
-- sub-select so that PostgreSQL evaluates them once a statement.
create function app.district() returns text language sql stable
  return current_setting('app.district', true);

create function app.reach() returns text language sql stable
  return coalesce(current_setting('app.reach', true), 'none');

create function app.paths() returns text[] language sql stable
  return string_to_array(nullif(current_setting('app.paths', true), ''), ' ');

create function app.organisations() returns uuid[] language sql stable
  return string_to_array(nullif(current_setting('app.organisations', true), ''), ',')::uuid[];

create function app.person() returns uuid language sql stable
  return nullif(current_setting('app.person', true), '')::uuid;

create function app.reporter() returns uuid language sql stable
  return nullif(current_setting('app.reporter', true), '')::uuid;

-- Requests that a browser follows by code and phone tail, without an account.
create function app.requests() returns uuid[] language sql stable
  return string_to_array(nullif(current_setting('app.requests', true), ''), ',')::uuid[];

-- True when the path lies under one of the areas the transaction may reach.
create function app.within_paths(path text) returns boolean language sql stable
  return exists (
    select 1 from unnest(app.paths()) as allowed
    where path collate "C" >= allowed collate "C" and path collate "C" < (allowed || chr(1114111)) collate "C");

grant usage on schema app to chuanmen_app;

create table area (
  district_code text not null,
  path text collate "C" not null,
  code text collate "C" not null,
  kind text not null check (kind in ('district', 'subdistrict', 'community', 'compound', 'building', 'unit')),
  parent_path text collate "C",
  name text not null,
  village boolean not null default false,
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  primary key (district_code, path),
  unique (district_code, code),
  check (path like '%/')
);
-- Codes are padded, so path order is the order of the street: building 2 before building 10.
create index area_parent on area (district_code, parent_path, path);

-- Every one and two characters of a name, each behind the district's code, so that one index finds a part of a name
-- within one district. PostgreSQL ships no index for LIKE '%...%' that is worth anything on two Han characters.
create function app.grams(district text, name text) returns text[] language sql immutable parallel safe
  return (
    select coalesce(array_agg(distinct district || substr(lower(name), at, size)), '{}')
    from generate_series(1, char_length(name)) as at, (values (1), (2)) as sizes (size)
    where at + size - 1 <= char_length(name));

-- The grams a name must have for `part` to be in it: pairs, or the character itself when there is only one.
create function app.grams_of_part(district text, part text) returns text[] language sql immutable parallel safe
  return (
    select coalesce(array_agg(distinct district || substr(lower(part), at, least(2, char_length(part)))), '{}')
    from generate_series(1, greatest(char_length(part) - 1, 1)) as at);

create index area_grams on area using gin (app.grams(district_code, name));

-- A building as it stands: how high, how many stairwells, its outline on the ground.
create table building (
  district_code text not null,
  path text collate "C" not null,
  floors smallint not null check (floors between 1 and 99),
  units smallint not null check (units between 1 and 40),
  footprint jsonb not null,
  primary key (district_code, path),
  foreign key (district_code, path) references area (district_code, path)
);

-- Names of places are public; nothing personal stands in these two tables.
alter table area enable row level security;
create policy area_of_district on area using (district_code = (select app.district()));
alter table building enable row level security;
create policy building_of_district on building using (district_code = (select app.district()));
grant select, insert, update on area, building to chuanmen_app;

-- Under row security only leakproof operators use an index, and `@>` is not one. So the search runs as the owner,
-- filters by district itself, and gives back nothing but paths, which the caller reads under row security again.
create function app.find_areas(part text) returns setof text language sql stable security definer rows 20
  set search_path = public, pg_temp
begin atomic
  select path from area
  where app.grams(district_code, name) @> app.grams_of_part(app.district(), part)
    and position(lower(part) in lower(name)) > 0 and district_code = app.district();
end;

-- Within a named area the range of its path is the narrower way: buildings and units are called alike everywhere.
create function app.find_areas_under(part text, under text) returns setof text language sql stable security definer rows 20
  set search_path = public, pg_temp
begin atomic
  select path from area
  where district_code = app.district() and path >= under collate "C" and path < (under || chr(1114111)) collate "C"
    and position(lower(part) in lower(name)) > 0;
end;
revoke all on function app.find_areas, app.find_areas_under from public;
grant execute on function app.find_areas, app.find_areas_under to chuanmen_app;

-- Which districts live here. Read before a district is known, so without row security; no personal data.
create table district (
  district_code text primary key,
  name text not null,
  code_prefix text not null check (code_prefix ~ '^[A-Z]{2,4}$')
);
grant select on district to chuanmen_app;
