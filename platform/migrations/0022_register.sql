-- The register: households with their history, who needs care, who is whose liaison, and who stands in for whom.

-- The civil day on which the transaction acts, from the injected clock; null for one that was told none, which owns no door.
create function app.today() returns date language sql stable
  return nullif(current_setting('app.today', true), '')::date;

-- Levels beyond the built street (O1): a grid inside a community or village, a group of households inside a grid. A special
-- grid (market, park, road) has heads and matters, but nobody's home lies in it.
alter table area drop constraint area_kind_check;
alter table area add constraint area_kind_check check (kind in ('district', 'subdistrict', 'community', 'village_group', 'grid',
  'compound', 'building', 'unit', 'household_group')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table area validate constraint area_kind_check;
alter table area add column grid_kind text;
alter table area add constraint area_grid_kind_check
  check ((kind = 'grid') = (grid_kind is not null) and (grid_kind is null or grid_kind in ('residential', 'market', 'park', 'road'))) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table area validate constraint area_grid_kind_check;

-- Which kind of area may lie under which, by district (O1). None: the standard chain of org/hierarchy.ts.
create table area_level (
  district_code text not null,
  kind text not null,
  under text[] not null,
  primary key (district_code, kind)
);
alter table area_level enable row level security;
create policy area_level_of_district on area_level using (district_code = (select app.district()));
grant select, insert, update on area_level to chuanmen_app;

-- Where the residential grids do not stand in the tree, their parts (buildings, stairwells) are told here, with the history
-- of their borders (O2). Half-open; a part lies in one grid at a time.
create table grid_part (
  district_code text not null,
  id uuid not null,
  part_path text collate "C" not null,
  grid_path text collate "C" not null,
  valid_from date not null,
  valid_until date check (valid_until >= valid_from),
  primary key (district_code, id),
  foreign key (district_code, part_path) references area (district_code, path),
  foreign key (district_code, grid_path) references area (district_code, path)
);
create unique index grid_part_open on grid_part (district_code, part_path) where valid_until is null;
create index grid_part_grid on grid_part (district_code, grid_path, part_path);
create index grid_part_past on grid_part (district_code, part_path, valid_from);
alter table grid_part enable row level security;
create policy grid_part_of_district on grid_part using (district_code = (select app.district()));
grant select, insert, update on grid_part to chuanmen_app;

alter table household add column version integer not null default 1;
alter table household add column note text;
-- A household entered twice: what it was is read under the other one from then on.
alter table household add column merged_into_id uuid;

alter table resident add column version integer not null default 1;
alter table resident add column joined_on date;
alter table resident add column left_on date;
alter table resident add column left_kind text;
alter table resident add column away_kind text;
alter table resident add column away_until date;
alter table resident add column merged_into_id uuid;
alter table resident add constraint resident_left_check
  check ((left_on is null) = (left_kind is null) and left_kind in ('moved', 'died')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table resident validate constraint resident_left_check;
alter table resident add constraint resident_away_check
  check (away_kind in ('study', 'work', 'elsewhere') and (away_until is null or away_kind is not null)) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table resident validate constraint resident_away_check;
-- People entered twice share a name and a year of birth.
-- squawk-ignore require-concurrent-index-creation
create index resident_name on resident (district_code, name, birth_year);
-- squawk-ignore require-concurrent-index-creation
create index household_merged on household (district_code, merged_into_id) where merged_into_id is not null;

-- Everything that was entered about a household, in the order in which it arrived; only ever added to (boundary 20). `fields`
-- holds what became of each field, `{name: {from, to}}`; phones and identity numbers stand in it sealed, as in their columns.
create table household_entry (
  district_code text not null,
  -- Made by whoever entered it, the phone included: the same id is one entry.
  id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  -- The version that was seen when it was made, and the one it made.
  base_version integer not null,
  version integer not null,
  kind text not null check (kind in ('edit', 'choose', 'move_in', 'move_away', 'split', 'merge', 'import', 'undo')),
  fields jsonb not null default '{}' check (jsonb_typeof(fields) = 'object'),
  -- The other household of a split or merge; the entry that an undo takes back.
  other_household_id uuid,
  undoes_id uuid,
  by_person_id uuid,
  at timestamptz not null,
  -- What the clock of the device said; it decides nothing but the order of one person's own words.
  device_at timestamptz not null,
  fate text not null check (fate in ('applied', 'merged', 'conflict')),
  primary key (district_code, id),
  unique (district_code, household_id, version),
  foreign key (district_code, household_id) references household (district_code, id)
);
create index household_entry_path on household_entry (district_code, path, at);

-- A field that several people set without knowing of one another; somebody who sees all of it chooses.
create table household_conflict (
  district_code text not null,
  id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  field text not null,
  -- The entries whose words stand against each other.
  entry_ids uuid[] not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  resolved_entry_id uuid,
  primary key (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id)
);
create unique index household_conflict_open on household_conflict (district_code, household_id, field) where resolved_at is null;
create index household_conflict_waiting on household_conflict (district_code, opened_at, id) where resolved_at is null;

-- Who needs somebody to look in, and on which basis that may be known: consent, or a statute that is named; looked at anew
-- by a day (boundary 2).
create table care (
  district_code text not null,
  id uuid not null,
  resident_id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  kind text not null check (kind in ('lives_alone', 'frail', 'bedridden', 'disabled', 'serious_illness', 'single_parent_child',
    'left_behind', 'hardship', 'bereaved')),
  basis text not null check (basis in ('consent', 'statutory')),
  consented_at date,
  statute text,
  review_on date not null,
  plan text,
  helper_person_id uuid,
  ended_on date,
  version integer not null default 1,
  primary key (district_code, id),
  foreign key (district_code, resident_id) references resident (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id),
  foreign key (district_code, helper_person_id) references person (district_code, id),
  check (case basis when 'consent' then consented_at is not null else statute is not null end)
);
create index care_open on care (district_code, resident_id, kind) where ended_on is null;
create index care_household on care (district_code, household_id);
create index care_path on care (district_code, path) where ended_on is null;
create index care_review on care (district_code, review_on, id) where ended_on is null;
create index care_helper on care (district_code, helper_person_id) where helper_person_id is not null;

-- Two entries that look alike and are not the same; nobody is asked again.
create table not_the_same (
  district_code text not null,
  kind text not null check (kind in ('resident', 'household')),
  one_id uuid not null,
  other_id uuid not null check (other_id > one_id),
  path text collate "C" not null,
  by_person_id uuid not null,
  at timestamptz not null,
  primary key (district_code, kind, one_id, other_id)
);

-- Those who serve: where they live, where their employer is paired, what they can do, when they have time.
alter table person add column employer_id uuid;
alter table person add constraint person_employer_fkey
  foreign key (district_code, employer_id) references organisation (district_code, id) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table person validate constraint person_employer_fkey;
alter table person add column availability text[] not null default '{}';
-- The most households the person can look after; null: as many as the plan asks for.
alter table person add column most_households smallint check (most_households between 0 and 500);
alter table person add constraint person_availability_check
  check (availability <@ array['workday_day', 'workday_evening', 'weekend_day', 'weekend_evening']) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table person validate constraint person_availability_check;
-- squawk-ignore require-concurrent-index-creation
create index person_employer on person (district_code, employer_id) where employer_id is not null;

create table person_anchor (
  district_code text not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('home', 'paired')),
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  -- The area it stands for, where it is one.
  path text collate "C",
  primary key (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, path) references area (district_code, path)
);
create index person_anchor_person on person_anchor (district_code, person_id);

create table person_skill (
  district_code text not null,
  person_id uuid not null,
  skill text not null check (skill ~ '^[a-z][a-z_]{1,29}$'),
  primary key (district_code, person_id, skill),
  foreign key (district_code, person_id) references person (district_code, id)
);
create index person_skill_skill on person_skill (district_code, skill, person_id);

-- Compounds that an employer is paired with: its people are liaisons near there.
create table organisation_pair (
  district_code text not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  primary key (district_code, organisation_id, path),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, path) references area (district_code, path)
);
create index organisation_pair_path on organisation_pair (district_code, path);

-- Days on which somebody is away, and who stands in (VR4). No reason: it is nobody's business. Half-open; one taken back ends
-- where it begins.
create table absence (
  district_code text not null,
  id uuid not null,
  person_id uuid not null,
  backup_person_id uuid not null check (backup_person_id <> person_id),
  from_on date not null,
  until_on date check (until_on >= from_on),
  version integer not null default 1,
  primary key (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, backup_person_id) references person (district_code, id)
);
create index absence_person on absence (district_code, person_id, from_on);
create index absence_backup on absence (district_code, backup_person_id, from_on);

-- Who is the liaison of a door, from a day until a day. A door has one at a time; a stairwell may be shared.
create table duty (
  district_code text not null,
  id uuid not null,
  dwelling_id uuid not null,
  -- The stairwell, as of the dwelling.
  path text collate "C" not null,
  person_id uuid not null,
  -- The plan that gave it; null when it was given by hand.
  plan_id uuid,
  valid_from date not null,
  -- An empty span is a duty that was replaced before it came into force.
  valid_until date check (valid_until >= valid_from),
  primary key (district_code, id),
  foreign key (district_code, dwelling_id) references dwelling (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id)
);
create unique index duty_open on duty (district_code, dwelling_id) where valid_until is null;
create index duty_dwelling on duty (district_code, dwelling_id, valid_from);
create index duty_person on duty (district_code, person_id, valid_from);
create index duty_path on duty (district_code, path, dwelling_id);
create index duty_plan on duty (district_code, plan_id) where plan_id is not null;

-- Whose duties app.person() fulfils today: the own ones, and those of whoever is away and has named them, also along a chain
-- of stand-ins. Nobody's, when the ability at hand does not reach by duty.
create function app.acts_for() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  with recursive who (id) as (
    select app.person() where current_setting('app.duty', true) = 'on'
    union
    select a.person_id from who
    join absence a on a.district_code = app.district() and a.backup_person_id = who.id
      and a.from_on <= app.today() and (a.until_on is null or a.until_on > app.today()))
  select coalesce(array_agg(id) filter (where id is not null), '{}') from who;
end;

-- The doors of those duties.
create function app.own_doors() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(d.dwelling_id), '{}') from duty d
  where d.district_code = app.district() and d.person_id = any (app.acts_for())
    and d.valid_from <= app.today() and (d.valid_until is null or d.valid_until > app.today());
end;

-- Who lives behind them today.
create function app.own_households() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(h.id), '{}') from household h
  where h.district_code = app.district() and h.dwelling_id = any (app.own_doors())
    and (h.moved_out is null or h.moved_out > app.today()) and h.merged_into_id is null;
end;

-- And who did until a month ago: a move that was entered wrongly can be taken back by whoever entered it.
create function app.own_households_lately() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(h.id), '{}') from household h
  where h.district_code = app.district() and h.dwelling_id = any (app.own_doors())
    and (h.moved_out is null or h.moved_out > app.today() - 31);
end;

-- Who to turn to in an area today, for the public card: persons and how many doors each, never which.
create function app.liaisons_at(place text) returns table (person_id uuid, path text, doors bigint)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.person_id, d.path, count(*) from duty d
  where d.district_code = app.district() and d.path >= place collate "C" and d.path < (place || chr(1114111)) collate "C"
    and d.valid_from <= app.today() and (d.valid_until is null or d.valid_until > app.today())
  group by d.person_id, d.path;
end;

-- Whether an id that somebody made is in the register already, within reach or not.
create function app.register_holds(given uuid[]) returns boolean language sql stable security definer set search_path = public, pg_temp
  return exists (select from resident r where r.district_code = app.district() and r.id = any (given))
    or exists (select from care c where c.district_code = app.district() and c.id = any (given))
    or exists (select from household h where h.district_code = app.district() and h.id = any (given))
    or exists (select from household_entry e where e.district_code = app.district() and e.id = any (given));
revoke all on function app.register_holds from public;
grant execute on function app.register_holds to chuanmen_app;

-- Whether somebody of this district serves here, for what is said of helpers and stand-ins.
create function app.serves(given uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.district_code = app.district() and p.id = given and p.active);
revoke all on function app.serves from public;
grant execute on function app.serves to chuanmen_app;
revoke all on function app.acts_for, app.own_doors, app.own_households, app.own_households_lately, app.liaisons_at from public;
grant execute on function app.acts_for, app.own_doors, app.own_households, app.own_households_lately, app.liaisons_at to chuanmen_app;

-- Which households and residents of the register a proven phone belongs to: what was looked at of theirs is shown to them.
create function app.homes_of(given uuid) returns table (household_id uuid, resident_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.household_id, s.id from reporter me
  join resident s on s.district_code = me.district_code and s.phone_index = me.phone_index
  where me.district_code = app.district() and me.id = given and me.proven;
end;
revoke all on function app.homes_of from public;
grant execute on function app.homes_of to chuanmen_app;

-- As in 0004, and only for who still belongs there.
create or replace function app.settle_home(given uuid, at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update reporter r set home_path = h.path, home_household_id = h.household_id
  from (
    select min(s.path) as path, (array_agg(distinct s.household_id))[1] as household_id
    from resident s
    join reporter me on me.district_code = s.district_code and me.id = given and me.phone_index = s.phone_index
    join household d on d.district_code = s.district_code and d.id = s.household_id
    where s.district_code = app.district() and s.left_on is null and s.merged_into_id is null
      and (d.moved_out is null or d.moved_out > (at at time zone 'Asia/Shanghai')::date)
    having count(distinct s.household_id) = 1) h
  where r.district_code = app.district() and r.id = given and r.proven and r.home_path is null
$$;

-- Row security: the district, the areas of the post, or the own doors. Each function runs once a statement.
drop policy household_in_reach on household;
create policy household_in_reach on household using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or (dwelling_id = any ((select app.own_doors())::uuid[])
      and (moved_out is null or moved_out > (select app.today()) - 31))));
drop policy resident_in_reach on resident;
create policy resident_in_reach on resident using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[])));
alter table household_entry enable row level security;
create policy household_entry_in_reach on household_entry using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[])));
alter table household_conflict enable row level security;
create policy household_conflict_in_reach on household_conflict using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[])));
alter table care enable row level security;
create policy care_in_reach on care using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[])));
alter table not_the_same enable row level security;
create policy not_the_same_in_reach on not_the_same using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table duty enable row level security;
create policy duty_in_reach on duty using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or person_id = any ((select app.acts_for())::uuid[])));
grant select, insert on household_entry to chuanmen_app;
grant select, insert, update on household_conflict, care, not_the_same, duty to chuanmen_app;

-- Of those who serve; nothing of a resident. Nobody without a post reads where one of them lives or who is away.
alter table person_anchor enable row level security;
create policy person_anchor_of_district on person_anchor
  using (district_code = (select app.district()) and (select app.reach()) <> 'none');
alter table person_skill enable row level security;
create policy person_skill_of_district on person_skill
  using (district_code = (select app.district()) and (select app.reach()) <> 'none');
alter table organisation_pair enable row level security;
create policy organisation_pair_of_district on organisation_pair using (district_code = (select app.district()));
alter table absence enable row level security;
create policy absence_of_district on absence
  using (district_code = (select app.district()) and (select app.reach()) <> 'none');
grant select, insert, update, delete on person_anchor, person_skill, organisation_pair to chuanmen_app;
grant select, insert, update on absence to chuanmen_app;
