-- Dispatch: the routing table, what was chosen by it, and the time that each step of order, dispatch and take has.

-- Who gets what, as data. A row is only ever added to: what holds at an instant is, of each id, the version with the latest
-- `valid_from` not after it, unless that version ends it or its time is over.
create table routing_rule (
  district_code text not null,
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_until timestamptz,
  -- From then on there is no such rule.
  ended boolean not null default false,
  -- What it is about: one category, one group of them, or everything.
  group_code text collate "C",
  category_code text collate "C",
  path text collate "C" not null,
  -- Who gets it: one organisation, whoever goes by one of these names and serves the place, or the desk of a level.
  organisation_id uuid,
  functions text[],
  desk_level text,
  basis text not null check (char_length(basis) between 2 and 200),
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, id, version),
  check (category_code is null or group_code is null),
  check (valid_until > valid_from),
  check (num_nonnulls(organisation_id, functions, desk_level) = 1),
  check (functions is null or cardinality(functions) between 1 and 6),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, category_code) references category (district_code, code)
);
alter table routing_rule enable row level security;
create policy routing_rule_of_district on routing_rule using (district_code = (select app.district()));
grant select, insert on routing_rule to chuanmen_app;

-- What was chosen, what had been proposed, and why; written with the entry that dispatched it and never again. The place
-- is the community: a stairwell with a time would be a person (RQ15).
create table dispatch_choice (
  district_code text not null,
  entry_id uuid not null,
  request_id uuid not null,
  path text collate "C" not null,
  category_code text collate "C",
  at timestamptz not null,
  -- Which time of this request: the first dispatch is what the accuracy of the table is measured by.
  turn integer not null check (turn > 0),
  chosen_id uuid not null,
  proposed_id uuid,
  why text not null check (why in ('precedent', 'rule', 'answered_here', 'answered_near', 'named_by_category', 'nobody')),
  rule_id uuid,
  rule_version integer,
  -- The request whose second return was decided, where that decided this one too.
  precedent_id uuid,
  primary key (district_code, entry_id)
);
create index dispatch_choice_time on dispatch_choice (district_code, at, entry_id);
create index dispatch_choice_request on dispatch_choice (district_code, request_id, turn);
create index dispatch_choice_rule on dispatch_choice (district_code, rule_id, at) where rule_id is not null;

alter table dispatch_choice enable row level security;
create policy dispatch_choice_of_request on dispatch_choice using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from service_request r where r.district_code = dispatch_choice.district_code and r.id = dispatch_choice.request_id limit 1)));
grant select, insert on dispatch_choice to chuanmen_app;

-- Which step of order, dispatch and take an open request waits at, and since when: one row while it waits, none otherwise.
-- Whatever enters something into the story moves it, so it stands beside the table that says how the story stands.
create table dispatch_step (
  district_code text not null,
  request_id uuid not null,
  step text not null check (step in ('dispatch', 'take')),
  organisation_id uuid not null,
  urgent boolean not null,
  since timestamptz not null,
  -- Worked out by the clock's next round, from the working-day calendar.
  due_at timestamptz,
  -- Told once that it is late.
  told_at timestamptz,
  primary key (district_code, request_id)
);
create index dispatch_step_new on dispatch_step (district_code, since, request_id) where due_at is null;
create index dispatch_step_due on dispatch_step (district_code, due_at, request_id) where told_at is null and due_at is not null;

alter table dispatch_step enable row level security;
create policy dispatch_step_of_request on dispatch_step using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from service_request r where r.district_code = dispatch_step.district_code and r.id = dispatch_step.request_id limit 1)));
grant select, update on dispatch_step to chuanmen_app;

create function app.note_dispatch_step() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state in ('accepted', 'assigned') then
    insert into dispatch_step as s (district_code, request_id, step, organisation_id, urgent, since)
    values (new.district_code, new.id, case new.state when 'accepted' then 'dispatch' else 'take' end,
      new.holder_organisation_id, coalesce(new.urgency = 'now', false), new.last_entry_at)
    on conflict (district_code, request_id) do update
      set step = excluded.step, organisation_id = excluded.organisation_id, urgent = excluded.urgent, since = excluded.since,
        due_at = null, told_at = null;
  else
    delete from dispatch_step s where s.district_code = new.district_code and s.request_id = new.id;
  end if;
  return null;
end $$;
revoke all on function app.note_dispatch_step from public;

create trigger service_request_waits after insert on service_request
  for each row when (new.state in ('accepted', 'assigned')) execute function app.note_dispatch_step();
create trigger service_request_moves after update of state, holder_organisation_id on service_request
  for each row when ((old.state, old.holder_organisation_id) is distinct from (new.state, new.holder_organisation_id)
    and (old.state in ('accepted', 'assigned') or new.state in ('accepted', 'assigned')))
  execute function app.note_dispatch_step();

-- What waits already.
insert into dispatch_step (district_code, request_id, step, organisation_id, urgent, since)
select district_code, id, case state when 'accepted' then 'dispatch' else 'take' end, holder_organisation_id,
  coalesce(urgency = 'now', false), last_entry_at
from service_request where state in ('accepted', 'assigned') and holder_organisation_id is not null;
