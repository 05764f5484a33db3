-- What may be asked of grids (O4, boundary 17): the list of matters, and the gate for whatever is not on it.

-- The district's own list, whole, one row a version; the newest counts. Without one the product's sample is shown, and says so.
create table grid_matter_list (
  district_code text not null,
  version integer not null,
  groups jsonb not null check (jsonb_typeof(groups) = 'array'),
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (district_code, version),
  foreign key (district_code, set_by) references person (district_code, id)
);

-- Something an organisation asks of the grids of an area. On the list it is in force at once; off the list it waits for the desk of
-- the district, with a purpose, what it costs in hours, and an end. It ends by itself on its day: nothing has to run for that.
create table grid_push (
  district_code text not null,
  -- Made by the page: the same id sent twice is one.
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  -- The matter of the list that it rests on; null for what is not on it.
  matter_code text,
  title text not null check (char_length(title) between 1 and 60),
  words text not null,
  purpose text,
  -- Hours of work, of all grids together.
  hours integer check (hours between 1 and 1000000),
  starts_on date not null,
  -- First day on which it is asked no longer.
  ends_on date check (ends_on > starts_on),
  state text not null check (state in ('waiting', 'in_force', 'refused', 'withdrawn')),
  made_by uuid not null,
  made_at timestamptz not null,
  decided_by uuid check (decided_by <> made_by),
  decided_at timestamptz,
  decision_words text,
  version integer not null default 1,
  primary key (district_code, id),
  check (matter_code is not null or (purpose is not null and hours is not null and ends_on is not null)),
  check (matter_code is not null or state <> 'in_force' or decided_by is not null),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, made_by) references person (district_code, id),
  foreign key (district_code, decided_by) references person (district_code, id)
);
create index grid_push_path on grid_push (district_code, path, made_at);
create index grid_push_organisation on grid_push (district_code, organisation_id, made_at);

alter table grid_matter_list enable row level security;
create policy grid_matter_list_of_district on grid_matter_list using (district_code = (select app.district()));
alter table grid_push enable row level security;
-- Everybody who serves reads what is asked of whom: it is paid for by the same people's time.
create policy grid_push_read on grid_push for select
  using (district_code = (select app.district()) and (select app.reach()) <> 'none');
create policy grid_push_made on grid_push for insert with check (district_code = (select app.district())
  and organisation_id = any ((select app.organisations())::uuid[]));
create policy grid_push_changed on grid_push for update using (district_code = (select app.district())
  and (app.within_paths(path) or organisation_id = any ((select app.organisations())::uuid[])));
grant select, insert on grid_matter_list to chuanmen_app;
grant select, insert, update on grid_push to chuanmen_app;
