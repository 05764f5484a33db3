-- Organisations, the people who serve in them, and the posts they hold.

create table organisation (
  district_code text not null,
  id uuid not null,
  kind text not null check (kind in ('government', 'department', 'committee', 'party', 'civic', 'company', 'property_firm')),
  name text not null,
  short_name text not null,
  parent_id uuid,
  path text collate "C" not null,
  -- The desk of a level takes up what nobody else holds there; one desk an area.
  desk_level text check (desk_level in ('community', 'subdistrict', 'district')),
  phone text,
  active boolean not null default true,
  version integer not null default 1,
  primary key (district_code, id),
  foreign key (district_code, parent_id) references organisation (district_code, id),
  foreign key (district_code, path) references area (district_code, path)
);
create index organisation_path on organisation (district_code, path);
create index organisation_name on organisation (district_code, name, id);
create index organisation_kind on organisation (district_code, kind, name, id);
create index organisation_grams on organisation using gin (app.grams(district_code, name || ' ' || short_name));
create unique index organisation_desk on organisation (district_code, path) where desk_level is not null;

create table person (
  district_code text not null,
  id uuid not null,
  name text not null,
  -- The work phone that stands on the contact card. Published by the person's office, not the private one.
  work_phone text,
  login text,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (district_code, id)
);
create unique index person_login on person (district_code, lower(login)) where login is not null;
create index person_name on person (district_code, name, id);
create index person_grams on person using gin (app.grams(district_code, name));

create table post (
  district_code text not null,
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  role text not null check (role in ('system_admin', 'security_admin', 'audit_admin', 'community_desk', 'subdistrict_desk',
    'district_desk', 'handler', 'grid_worker', 'liaison', 'building_head')),
  path text collate "C" not null,
  -- B of the A/B pair: who stands in when the holder of this post is away.
  backup_person_id uuid,
  valid_from timestamptz not null,
  -- Half-open; an empty span is a post that was ended before it came into force.
  valid_until timestamptz check (valid_until >= valid_from),
  version integer not null default 1,
  primary key (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, backup_person_id) references person (district_code, id),
  foreign key (district_code, path) references area (district_code, path)
);
create index post_person on post (district_code, person_id);
create index post_path on post (district_code, path, role);
create index post_organisation on post (district_code, organisation_id);
create index post_backup on post (district_code, backup_person_id);

alter table organisation enable row level security;
create policy organisation_of_district on organisation using (district_code = (select app.district()));
alter table person enable row level security;
create policy person_of_district on person using (district_code = (select app.district()));
alter table post enable row level security;
create policy post_of_district on post using (district_code = (select app.district()));
grant select, insert, update on organisation, person, post to chuanmen_app;

-- As app.find_areas: the search runs as the owner within the district and gives back ids only.
create function app.find_organisations(part text) returns setof uuid language sql stable security definer rows 50
  set search_path = public, pg_temp
begin atomic
  select id from organisation
  where app.grams(district_code, name || ' ' || short_name) @> app.grams_of_part(app.district(), part)
    and position(lower(part) in lower(name || ' ' || short_name)) > 0 and district_code = app.district();
end;

create function app.find_people(part text) returns setof uuid language sql stable security definer rows 50
  set search_path = public, pg_temp
begin atomic
  select id from person
  where app.grams(district_code, name) @> app.grams_of_part(app.district(), part)
    and position(lower(part) in lower(name)) > 0 and district_code = app.district()
  union
  select id from person where district_code = app.district() and lower(login) = lower(part) and login is not null;
end;

-- Whose account name this is. `lower` is not leakproof either, so that under row security its index would lie idle.
create function app.person_by_login(of_login text) returns uuid language sql stable security definer
  set search_path = public, pg_temp
  return (select id from person where district_code = app.district() and lower(login) = lower(of_login) and login is not null);
revoke all on function app.find_organisations, app.find_people, app.person_by_login from public;
grant execute on function app.find_organisations, app.find_people, app.person_by_login to chuanmen_app;
