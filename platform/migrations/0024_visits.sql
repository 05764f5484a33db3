-- Visits: rules as data, the tasks they make, what was found at the door, what was promised, what the resident says of it.

-- A rule, one row for each version; only ever added to. In force on a day is the newest version whose day has come (VR1).
create table visit_rule (
  district_code text not null,
  id uuid not null,
  version integer not null,
  valid_from date not null,
  name text not null,
  -- Whose door: all, those with one of these kinds of care, those named, the one an event is about, or a grid without a door.
  who text not null check (who in ('all', 'care', 'list', 'event', 'walk')),
  care_kinds text[] not null default '{}',
  rhythm text not null check (rhythm in ('weekly', 'half_monthly', 'monthly', 'quarterly', 'event')),
  event text check (event in ('holiday', 'on_request', 'serious_illness', 'urgent_difficulty', 'family_conflict', 'moved_in')),
  -- Days from the beginning of the period, or from the event, by which it is due; null: the whole period.
  days smallint check (days between 1 and 92),
  visitor text not null check (visitor in ('liaison', 'backup', 'leader', 'grid')),
  -- Where it is written that this is to be done.
  basis text not null,
  active boolean not null default true,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, id, version),
  check ((rhythm = 'event') = (event is not null)),
  check ((who = 'event') = (event is not null and event <> 'holiday')),
  check ((who = 'walk') = (visitor = 'grid')),
  check (rhythm <> 'event' or days is not null)
);
alter table visit_rule enable row level security;
create policy visit_rule_of_district on visit_rule using (district_code = (select app.district()));
grant select, insert on visit_rule to chuanmen_app;

-- Households that a rule names one by one.
create table visit_rule_household (
  district_code text not null,
  rule_id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  added_on date not null,
  removed_on date check (removed_on >= added_on),
  primary key (district_code, rule_id, household_id),
  foreign key (district_code, household_id) references household (district_code, id)
);
create index visit_rule_household_household on visit_rule_household (district_code, household_id);

-- Which period of which rule was gone through for everybody; what happens afterwards is gone through door by door.
create table visit_run (
  district_code text not null,
  rule_id uuid not null,
  period text not null,
  rule_version integer not null,
  ran_at timestamptz not null,
  tasks integer not null,
  primary key (district_code, rule_id, period)
);
-- Days whose beginning was seen to: windows that end, duties that moved overnight.
create table visit_day (
  district_code text not null,
  day date not null,
  begun_at timestamptz not null,
  primary key (district_code, day)
);
alter table visit_run enable row level security;
create policy visit_run_of_district on visit_run using (district_code = (select app.district()));
alter table visit_day enable row level security;
create policy visit_day_of_district on visit_day using (district_code = (select app.district()));
grant select, insert, update on visit_run to chuanmen_app;
grant select, insert on visit_day to chuanmen_app;

-- Something happened that calls for a visit: the household asked, or is in sudden need. What moving in and serious illness
-- are, the register knows.
create table visit_event (
  district_code text not null,
  id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  kind text not null check (kind in ('on_request', 'urgent_difficulty', 'family_conflict')),
  on_day date not null,
  words text,
  by_person_id uuid,
  at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id)
);
create index visit_event_kind on visit_event (district_code, kind, on_day, household_id);
create index visit_event_household on visit_event (district_code, household_id);

-- An id that follows from what it is about, the same whoever works it out (RFC 9562, version 8).
create function app.derived_id(parts text) returns uuid language sql immutable parallel safe
  return overlay(overlay(md5(parts) placing '8' from 13) placing '8' from 17)::uuid;

create table visit_task (
  district_code text not null,
  id uuid not null,
  rule_id uuid not null,
  rule_version integer not null,
  -- Null for a walk through a grid.
  household_id uuid,
  path text collate "C" not null,
  period text not null,
  visitor text not null check (visitor in ('liaison', 'backup', 'leader', 'grid')),
  -- Whose duty it is; who stands in today is looked up, not written here (VR4). Null for a leader's: whoever of them goes.
  person_id uuid,
  state text not null check (state in ('scheduled', 'open', 'done', 'missed', 'excused', 'cancelled')),
  opens_on date not null,
  -- The last day on which it is in time; until `closes_on` it can still be done, late.
  due_on date not null check (due_on >= opens_on),
  closes_on date not null check (closes_on > due_on),
  -- Days on which nobody was at home (VR5), and when to try again.
  tries smallint not null default 0,
  next_try_on date,
  -- Why it ended as it did: see visits/lifecycle.ts.
  ended_as text,
  ended_on date,
  visit_id uuid,
  made_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id)
);
-- VR3: the same rule, household and period never make two.
create unique index visit_task_once on visit_task (district_code, household_id, rule_id, period) where household_id is not null;
create unique index visit_task_walk on visit_task (district_code, rule_id, period, path) where household_id is null;
create index visit_task_person on visit_task (district_code, person_id, due_on, id) where state in ('scheduled', 'open');
create index visit_task_state on visit_task (district_code, state, due_on, id);
create index visit_task_path on visit_task (district_code, path, due_on, id);

-- What became of a task, beyond what its days say; only ever added to.
create table visit_task_entry (
  district_code text not null,
  id uuid not null,
  task_id uuid not null,
  household_id uuid,
  path text collate "C" not null,
  kind text not null check (kind in ('met', 'walked', 'not_at_home', 'declined', 'moved', 'miss', 'hand_over', 'excuse', 'cancel')),
  -- The day it counts for; when it arrived stands in `at`.
  on_day date not null,
  visit_id uuid,
  by_person_id uuid,
  -- Who had the duty before and after it moved (VR4).
  from_person_id uuid,
  to_person_id uuid,
  words text,
  at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, task_id) references visit_task (district_code, id)
);
create index visit_task_entry_task on visit_task_entry (district_code, task_id, on_day);
create index visit_task_entry_visit on visit_task_entry (district_code, visit_id) where visit_id is not null;
create index visit_task_entry_household on visit_task_entry (district_code, household_id, at);

-- One session at one door. No photo and no position: there is no column for either (VR6, boundary 11).
create table visit (
  district_code text not null,
  -- Made by whoever went: the same id twice is one visit.
  id uuid not null,
  household_id uuid,
  path text collate "C" not null,
  person_id uuid not null,
  -- Whose duty the door was that day, when somebody else went.
  for_person_id uuid,
  visitor text not null check (visitor in ('liaison', 'backup', 'leader', 'grid')),
  outcome text not null check (outcome in ('met', 'not_at_home', 'declined', 'moved', 'walked')),
  how text check (how in ('fine', 'difficulty', 'come_more_often')),
  words text,
  -- What the household thinks of how things are done.
  opinion text,
  -- The day it counts for: by the device's clock, as far as that can be true.
  on_day date not null,
  device_at timestamptz not null,
  at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id),
  check ((household_id is null) = (outcome = 'walked'))
);
create index visit_household on visit (district_code, household_id, on_day desc, id);
create index visit_path on visit (district_code, path, on_day, id);
create index visit_day_list on visit (district_code, on_day, id);
create index visit_person on visit (district_code, person_id, on_day, id);

-- What was found became a service request in the same step.
create table visit_need (
  district_code text not null,
  visit_id uuid not null,
  request_id uuid not null,
  household_id uuid,
  path text collate "C" not null,
  primary key (district_code, visit_id, request_id),
  foreign key (district_code, visit_id) references visit (district_code, id)
);
create index visit_need_request on visit_need (district_code, request_id);

-- A voice note of a visit. It goes when the visit's words go.
alter table attachment add column visit_id uuid;
-- squawk-ignore require-concurrent-index-creation
create index attachment_visit on attachment (district_code, visit_id) where visit_id is not null;

create table promise (
  district_code text not null,
  id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  -- Who answers for it now: it moves with the duty (VR4).
  person_id uuid,
  visit_id uuid,
  on_day date not null,
  at_time time,
  words text,
  state text not null default 'open' check (state in ('open', 'kept', 'cancelled')),
  ended_on date,
  ended_by_visit_id uuid,
  made_by_person_id uuid not null,
  made_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id)
);
create index promise_person on promise (district_code, person_id, on_day, id) where state = 'open';
create index promise_household on promise (district_code, household_id, on_day);
create index promise_path on promise (district_code, path, on_day, id) where state = 'open';

-- What the resident says of a visit: one answer, by a link that is good once (boundary 13).
create table visit_confirmation (
  district_code text not null,
  visit_id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  token_digest bytea not null,
  -- `qr` was shown on the visitor's own phone; `sms` went to the number that the register knows.
  way text not null check (way in ('qr', 'sms')),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  answer text check (answer in ('yes', 'no')),
  words text,
  answered_at timestamptz,
  primary key (district_code, visit_id),
  foreign key (district_code, visit_id) references visit (district_code, id),
  check ((answer is null) = (answered_at is null))
);
create unique index visit_confirmation_token on visit_confirmation (district_code, token_digest);
create index visit_confirmation_denied on visit_confirmation (district_code, path, answered_at) where answer = 'no';

-- The spot check: a share of the visits of a week, drawn by lot that anybody can draw again (boundaries 13 and 19).
create table spot_draw (
  district_code text not null,
  -- The Monday on which it was drawn.
  day date not null,
  seed text not null,
  percent integer not null check (percent between 1 and 100),
  from_day date not null,
  until_day date not null,
  -- Visit ids by the organisation that asks.
  pools jsonb not null,
  made_at timestamptz not null,
  primary key (district_code, day)
);
create table spot_pick (
  district_code text not null,
  visit_id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  day date not null,
  -- The desk above the visitor's own community: nobody checks themselves.
  organisation_id uuid not null,
  tries smallint not null default 0,
  result text check (result in ('visited', 'not_visited', 'not_reached')),
  words text,
  by_person_id uuid,
  done_at timestamptz,
  primary key (district_code, visit_id),
  foreign key (district_code, day) references spot_draw (district_code, day),
  foreign key (district_code, visit_id) references visit (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  check ((result is null) = (done_at is null))
);
create index spot_pick_open on spot_pick (district_code, organisation_id, day, visit_id) where done_at is null;
create index spot_pick_day on spot_pick (district_code, day, organisation_id, visit_id);
create index spot_pick_path on spot_pick (district_code, path, day);
create table spot_rate (
  district_code text not null,
  percent integer not null check (percent between 1 and 100),
  version integer not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code)
);

-- Doors that were the person's own on the day a visit was made, though they are no longer: work done in a stairwell without
-- signal is not lost because a plan was published meanwhile. The ids are the service's to vouch for.
create function app.vouched() returns uuid[] language sql stable
  return string_to_array(nullif(current_setting('app.vouched', true), ''), ',')::uuid[];
create function app.was_own(household uuid, on_day date) returns table (path text, dwelling_id uuid)
  language sql stable security definer rows 1 set search_path = public, pg_temp
begin atomic
  select h.path, h.dwelling_id from household h
  join duty d on d.district_code = h.district_code and d.dwelling_id = h.dwelling_id
  where h.district_code = app.district() and h.id = household and d.person_id = app.person()
    and on_day > app.today() - 31
    and d.valid_from <= on_day and (d.valid_until is null or d.valid_until > on_day) limit 1;
end;
revoke all on function app.was_own from public;
grant execute on function app.was_own to chuanmen_app;

-- Looked for each minute by the rules that wait for them.
-- squawk-ignore require-concurrent-index-creation
create index household_moved_in on household (district_code, moved_in) where moved_in is not null;
-- squawk-ignore require-concurrent-index-creation
create index care_kind on care (district_code, kind, household_id) where ended_on is null;

-- Row security: the district, the areas of the post, the own doors; a task and a promise also by whose they are.
alter table visit_rule_household enable row level security;
create policy visit_rule_household_in_reach on visit_rule_household using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table visit_event enable row level security;
create policy visit_event_in_reach on visit_event using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])));
alter table visit_task enable row level security;
create policy visit_task_in_reach on visit_task using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])
    or (household_id is null and person_id = any ((select app.acts_for())::uuid[]))));
alter table visit_task_entry enable row level security;
create policy visit_task_entry_in_reach on visit_task_entry using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])));
alter table visit enable row level security;
create policy visit_in_reach on visit using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])));
alter table visit_need enable row level security;
create policy visit_need_in_reach on visit_need using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])));
alter table promise enable row level security;
create policy promise_in_reach on promise using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])));
alter table visit_confirmation enable row level security;
create policy visit_confirmation_in_reach on visit_confirmation using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[]) or household_id = any ((select app.vouched())::uuid[])));
-- A voice note is heard by whoever reads the visit.
create policy attachment_of_visit on attachment as restrictive using (
  visit_id is null or (select app.reach()) = 'district'
  or (select true from visit v where v.district_code = attachment.district_code and v.id = attachment.visit_id limit 1));
alter table spot_draw enable row level security;
create policy spot_draw_of_district on spot_draw using (district_code = (select app.district()));
alter table spot_pick enable row level security;
-- Which were drawn is read by whoever audits the lot; it names nobody.
create policy spot_pick_read on spot_pick for select using (district_code = (select app.district()) and (select app.reach()) <> 'none');
create policy spot_pick_added on spot_pick for insert
  with check (district_code = (select app.district()) and (select app.reach()) = 'district');
create policy spot_pick_asked on spot_pick for update using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table spot_rate enable row level security;
create policy spot_rate_of_district on spot_rate using (district_code = (select app.district()));

grant select, insert, update on visit_rule_household, visit_task, promise, visit_confirmation to chuanmen_app;
grant select, insert on visit_event, visit_task_entry, visit, visit_need, spot_draw, spot_pick to chuanmen_app;
grant update (tries, result, words, by_person_id, done_at) on spot_pick to chuanmen_app;
grant select, insert, update on spot_rate to chuanmen_app;

-- The resident's page: whoever holds the link reads who came and when, and nothing else of anybody.
create function app.visit_of_link(digest bytea) returns table (
    visit_id uuid, visitor_name text, on_day date, expires_at timestamptz, answer text)
  language sql stable security definer rows 1 set search_path = public, pg_temp
begin atomic
  select c.visit_id, p.name, v.on_day, c.expires_at, c.answer from visit_confirmation c
  join visit v on v.district_code = c.district_code and v.id = c.visit_id
  join person p on p.district_code = v.district_code and p.id = v.person_id
  where c.district_code = app.district() and c.token_digest = digest;
end;

-- Enters the one answer; a second one changes nothing. Where it happened goes to the desk, which is told of a "no".
create function app.answer_visit(digest bytea, said text, said_words text, now_at timestamptz)
  returns table (visit_id uuid, path text, visitor_name text, on_day date)
  language sql volatile security definer rows 1 set search_path = public, pg_temp
begin atomic
  with answered as (
    update visit_confirmation c set answer = said, words = said_words, answered_at = now_at
    where c.district_code = app.district() and c.token_digest = digest and c.answer is null and c.expires_at > now_at
    returning c.visit_id, c.path)
  select a.visit_id, a.path, p.name, v.on_day from answered a
  join visit v on v.district_code = app.district() and v.id = a.visit_id
  join person p on p.district_code = v.district_code and p.id = v.person_id;
end;

-- A resident's own copy: visits to the homes of a proven phone while it was there (boundary 5).
create function app.visits_to(given uuid) returns table (
    visit_id uuid, on_day date, visitor_name text, outcome text, how text, words text, opinion text, answer text)
  language sql stable security definer rows 20 set search_path = public, pg_temp
begin atomic
  select v.id, v.on_day, p.name, v.outcome, v.how, v.words, v.opinion, c.answer
  from visit v
  join person p on p.district_code = v.district_code and p.id = v.person_id
  left join visit_confirmation c on c.district_code = v.district_code and c.visit_id = v.id
  where v.district_code = app.district() and v.household_id in (select h.household_id from app.homes_of(given) h)
  order by v.on_day desc, v.id;
end;
revoke all on function app.visit_of_link, app.answer_visit, app.visits_to from public;
grant execute on function app.visit_of_link, app.answer_visit, app.visits_to to chuanmen_app;
