-- Liaison plans: who shall look after which door, worked out to a proven optimum, adjusted by hand, approved, published.

-- A plan from its first draft on. It stays when it is over: who was answerable, and why, is history (boundary 20).
create table liaison_scenario (
  district_code text not null,
  id uuid not null,
  -- The area whose households it gives to somebody.
  path text collate "C" not null,
  name text not null,
  state text not null check (state in ('draft', 'solving', 'solved', 'infeasible', 'approved', 'published', 'cancelled')),
  version integer not null default 1,
  -- The day from which it holds.
  starts_on date not null,
  -- Households a person, in towns and in villages.
  least smallint not null check (least between 0 and 500),
  most smallint not null check (most between 1 and 500 and most >= least),
  rural_least smallint not null check (rural_least between 0 and 500),
  rural_most smallint not null check (rural_most between 1 and 500 and rural_most >= rural_least),
  -- How many metres a household more one walks rather than change its liaison; 0: only between equals.
  stability integer not null check (stability between 0 and 100000),
  -- Who takes no part, because they leave or cannot.
  leaving_person_ids uuid[] not null default '{}',
  drafted_by_person_id uuid not null,
  drafted_at timestamptz not null,
  -- The run that works it out: a later one makes an earlier one void, also across a restart of the worker.
  run integer not null default 0,
  run_at timestamptz,
  run_tries smallint not null default 0,
  run_progress jsonb,
  run_cancelled boolean not null default false,
  run_failed text check (run_failed in ('cancelled', 'interrupted', 'unproven', 'changed')),
  approved_by_person_id uuid,
  approved_at timestamptz,
  -- Why it is approved although households are left without anybody or bounds do not hold.
  approved_words text,
  published_by_person_id uuid,
  published_at timestamptz,
  primary key (district_code, id),
  foreign key (district_code, path) references area (district_code, path),
  check ((state in ('approved', 'published')) = (approved_by_person_id is not null)),
  check (approved_by_person_id <> drafted_by_person_id),
  check ((state = 'published') = (published_at is not null))
);
create index liaison_scenario_newest on liaison_scenario (district_code, drafted_at desc, id desc);
create index liaison_scenario_path on liaison_scenario (district_code, path, starts_on);

-- What was asked and what was answered, as it stood: a plan can be checked and explained years later.
create table liaison_solution (
  district_code text not null,
  scenario_id uuid not null,
  -- Problem of engines/liaison, and beside it what only the page needs: who stays outside, where they are, what a place is.
  problem jsonb not null check (jsonb_typeof(problem) = 'object'),
  beside jsonb not null check (jsonb_typeof(beside) = 'object'),
  plan jsonb,
  solved_at timestamptz,
  primary key (district_code, scenario_id),
  foreign key (district_code, scenario_id) references liaison_scenario (district_code, id)
);

-- Every door of the area: who has it, whom the optimum gives it, and who gets it once hands were laid on.
create table liaison_door (
  district_code text not null,
  scenario_id uuid not null,
  dwelling_id uuid not null,
  -- The stairwell.
  path text collate "C" not null,
  floor smallint not null,
  number text not null,
  -- Whether a household lives there. An empty door goes with its neighbours and counts for nobody.
  lived_in boolean not null,
  was_person_id uuid,
  solved_person_id uuid,
  person_id uuid,
  primary key (district_code, scenario_id, dwelling_id),
  foreign key (district_code, scenario_id) references liaison_scenario (district_code, id)
);
create index liaison_door_unit on liaison_door (district_code, scenario_id, path, floor, number);

-- Households given from one to another by hand, and taken back; only ever added to.
create table liaison_adjustment (
  district_code text not null,
  -- Made by whoever moves them: the same id is one move.
  id uuid not null,
  scenario_id uuid not null,
  seq integer not null,
  -- The run whose plan it changed; working out anew makes it void.
  run integer not null,
  undoes_id uuid,
  unit_path text collate "C" not null,
  -- Null: nobody had them.
  from_person_id uuid,
  to_person_id uuid,
  dwelling_ids uuid[] not null,
  -- What it costs, metres over all its households; negative when it is nearer.
  more_metres integer not null,
  reason text not null,
  by_person_id uuid not null,
  at timestamptz not null,
  primary key (district_code, id),
  unique (district_code, scenario_id, seq),
  foreign key (district_code, scenario_id) references liaison_scenario (district_code, id)
);
create unique index liaison_adjustment_undone on liaison_adjustment (district_code, undoes_id) where undoes_id is not null;

-- A plan is reached by its area; what hangs on it is reached with it, asked once a statement and not once a door.
alter table liaison_scenario enable row level security;
create policy liaison_scenario_in_reach on liaison_scenario using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table liaison_solution enable row level security;
create policy liaison_solution_in_reach on liaison_solution using (
  district_code = (select app.district()) and scenario_id in (select s.id from liaison_scenario s));
alter table liaison_door enable row level security;
create policy liaison_door_in_reach on liaison_door using (
  district_code = (select app.district()) and scenario_id in (select s.id from liaison_scenario s));
alter table liaison_adjustment enable row level security;
create policy liaison_adjustment_in_reach on liaison_adjustment using (
  district_code = (select app.district()) and scenario_id in (select s.id from liaison_scenario s));
grant select, insert, update on liaison_scenario, liaison_solution to chuanmen_app;
grant select, insert, update, delete on liaison_door to chuanmen_app;
grant select, insert on liaison_adjustment to chuanmen_app;
