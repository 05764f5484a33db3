-- Joint meetings: who sits in them, what is on the agenda and why, what was decided, what became of it (R6).

-- A joint meeting that stands: of a compound or grid, a community, a subdistrict, a district. The desk over the area calls it.
create table joint_meeting (
  district_code text not null,
  id uuid not null,
  path text collate "C" not null,
  level text not null check (level in ('grid', 'community', 'subdistrict', 'district')),
  organisation_id uuid not null,
  name text not null check (char_length(name) between 2 and 40),
  -- The characters before the number of its papers; empty where the office has none.
  mark text not null default '' check (char_length(mark) <= 8),
  -- The post of whoever presides.
  chair text not null check (char_length(chair) between 1 and 40),
  version integer not null default 1,
  made_at timestamptz not null,
  primary key (district_code, id),
  unique (district_code, path),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);

-- Standing members: an organisation, and the post that speaks for it.
create table meeting_seat (
  district_code text not null,
  joint_id uuid not null,
  organisation_id uuid not null,
  post text not null check (char_length(post) between 1 and 40),
  seat integer not null,
  primary key (district_code, joint_id, organisation_id),
  foreign key (district_code, joint_id) references joint_meeting (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index meeting_seat_organisation on meeting_seat (district_code, organisation_id, joint_id);

create table meeting (
  district_code text not null,
  -- Made by the page: the same id twice is one meeting.
  id uuid not null,
  joint_id uuid not null,
  path text collate "C" not null,
  at timestamptz not null,
  place text not null check (char_length(place) between 1 and 60),
  -- preparing: the agenda is being chosen. called: papers are out. open: in the room. held: its decisions count.
  state text not null check (state in ('preparing', 'called', 'open', 'held', 'cancelled')),
  year integer,
  number integer,
  called_at timestamptz,
  opened_at timestamptz,
  held_at timestamptz,
  made_by_person_id uuid not null,
  made_at timestamptz not null,
  version integer not null default 1,
  primary key (district_code, id),
  -- Numbered within the year when it is held, so that a number names one meeting that took place.
  unique (district_code, joint_id, year, number),
  check ((state = 'held') = (held_at is not null)),
  check ((held_at is null) = (number is null) and (number is null) = (year is null)),
  foreign key (district_code, joint_id) references joint_meeting (district_code, id)
);
create index meeting_joint on meeting (district_code, joint_id, at desc, id desc);
create index meeting_area on meeting (district_code, path, at desc, id desc);
create index meeting_recent on meeting (district_code, at desc, id desc);

-- Who is called to one meeting: the standing members as they are then, and whoever is invited besides.
create table meeting_member (
  district_code text not null,
  meeting_id uuid not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('standing', 'invited')),
  post text not null check (char_length(post) between 1 and 40),
  seat integer not null,
  attendance text check (attendance in ('here', 'excused', 'absent')),
  -- Who sat there, as the minutes name them.
  attended_by text check (char_length(attended_by) <= 40),
  primary key (district_code, meeting_id, organisation_id),
  check (attended_by is null or attendance = 'here'),
  foreign key (district_code, meeting_id) references meeting (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index meeting_member_organisation on meeting_member (district_code, organisation_id, meeting_id);

create table meeting_item (
  district_code text not null,
  id uuid not null,
  meeting_id uuid not null,
  path text collate "C" not null,
  seq integer not null,
  -- The request it is about; what that is called is read from the request, never copied (RQ10, RQ15).
  request_id uuid,
  -- Confidential, or about somebody: members who do not reach it by themselves get nothing of it (RQ10).
  guarded boolean not null default false,
  -- A matter that nobody has said yet, in the secretary's words.
  title text check (char_length(title) <= 60),
  words text check (char_length(words) <= 2000),
  -- Why it was proposed, as it was when it was chosen.
  reasons jsonb not null default '[]',
  -- When it was put on the meeting in the request's story.
  tabled_at timestamptz,
  outcome text check (outcome in ('task', 'precedent', 'next_time')),
  lead_organisation_id uuid,
  assisting uuid[] not null default '{}',
  demand text check (char_length(demand) <= 500),
  due_at timestamptz,
  -- What such matters are from now on given out by.
  category_code text collate "C",
  keeps_precedent boolean not null default false,
  decided_by_person_id uuid,
  decided_at timestamptz,
  -- What came of it when the meeting ended: entered in the request's story, kept as a rule only, put off, or the request had
  -- been settled before. Whether a decision is done or late stands in that story, and nowhere else (RQ2, RQ14).
  effect text check (effect in ('entered', 'kept', 'put_off', 'overtaken')),
  primary key (district_code, id),
  unique (district_code, meeting_id, request_id),
  check ((outcome is null) = (decided_at is null)),
  check (outcome <> 'task' or (lead_organisation_id is not null and due_at is not null)),
  check (outcome <> 'precedent' or (lead_organisation_id is not null and category_code is not null)),
  foreign key (district_code, meeting_id) references meeting (district_code, id),
  foreign key (district_code, lead_organisation_id) references organisation (district_code, id)
);
create index meeting_item_meeting on meeting_item (district_code, meeting_id, seq);
create index meeting_item_request on meeting_item (district_code, request_id) where request_id is not null;

-- A meeting is seen by the desks over its area and by whoever sits in it. `(select true ... limit 1)` as in 0007.
alter table joint_meeting enable row level security;
create policy joint_meeting_in_reach on joint_meeting using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district' or app.within_paths(path)
    or (
      select true from meeting_seat s
      where s.district_code = joint_meeting.district_code and s.joint_id = joint_meeting.id
        and s.organisation_id = any ((select app.organisations())::uuid[]) limit 1)
    or (
      select true from meeting_member m join meeting t on t.district_code = m.district_code and t.id = m.meeting_id
      where m.district_code = joint_meeting.district_code and t.joint_id = joint_meeting.id and t.state <> 'preparing'
        and m.organisation_id = any ((select app.organisations())::uuid[]) limit 1)));
alter table meeting_seat enable row level security;
create policy meeting_seat_of_district on meeting_seat using (district_code = (select app.district()));
-- What is being prepared is the secretary's; members see it once the papers are out.
alter table meeting enable row level security;
create policy meeting_in_reach on meeting using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district' or app.within_paths(path)
    or (state <> 'preparing' and (
      select true from meeting_member m
      where m.district_code = meeting.district_code and m.meeting_id = meeting.id
        and m.organisation_id = any ((select app.organisations())::uuid[]) limit 1))));
alter table meeting_member enable row level security;
create policy meeting_member_of_district on meeting_member using (
  district_code = (select app.district()) and (select app.reach()) <> 'none');
alter table meeting_item enable row level security;
create policy meeting_item_in_reach on meeting_item using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district' or app.within_paths(path)
    or (
      select true from meeting t
      where t.district_code = meeting_item.district_code and t.id = meeting_item.meeting_id limit 1)));
grant select, insert, update on joint_meeting, meeting, meeting_member, meeting_item to chuanmen_app;
grant select, insert, delete on meeting_seat to chuanmen_app;
grant delete on meeting_member, meeting_item to chuanmen_app;

-- RQ15: what a decision repeats of a request goes with it, by whatever way the request is erased.
create function app.erase_from_meetings() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update meeting_item i set title = null, words = null, demand = null
    where i.district_code = new.district_code and i.request_id = new.id;
  return null;
end $$;
revoke all on function app.erase_from_meetings from public;
create trigger service_request_erased_from_meetings after update of erased on service_request
  for each row when (new.erased = 'all' and old.erased is distinct from 'all') execute function app.erase_from_meetings();

-- What is stuck, for the agenda: overdue, or sent back twice. Few rows of the many, in the order in which they were due.
-- squawk-ignore require-concurrent-index-creation
create index service_request_stuck on service_request (district_code, level, path, due_at)
  where holder_organisation_id is not null and (overdue or (standing ->> 'returns')::integer >= 2);
