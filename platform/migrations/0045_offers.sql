-- Small wants offered to people, and wishes published without a name (R3, R11).

-- A request that its desk offers to those who are near, can and have time. The words that they read are those of the entry
-- `offer` in the request's own story, whose id this is: they are erased with it (RQ15), and nothing of a resident stands here.
create table offer (
  district_code text not null,
  id uuid not null,
  request_id uuid not null,
  -- Of the request's compound, never of a door.
  path text collate "C" not null,
  organisation_id uuid not null,
  by_person_id uuid not null,
  at timestamptz not null,
  skills text[] not null default '{}',
  slots text[] not null default '{}'
    check (slots <@ array['workday_day', 'workday_evening', 'weekend_day', 'weekend_evening']),
  -- Where it is; null where no map is known, and then no walk is counted.
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  -- Hours in which whoever is asked may answer.
  hours smallint not null check (hours between 1 and 72),
  state text not null default 'open' check (state in ('open', 'taken', 'done', 'over')),
  round smallint not null default 1,
  round_ends_at timestamptz,
  taken_by_person_id uuid,
  taken_at timestamptz,
  -- Of a request, what was asked for last; null while it goes on.
  over_at timestamptz,
  over_for text check (over_for in ('nobody_left', 'asked_enough', 'not_small', 'withdrawn', 'changed')),
  primary key (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, taken_by_person_id) references person (district_code, id),
  check ((state = 'open') = (round_ends_at is not null)),
  check ((state = 'over') = (over_for is not null)),
  check (state not in ('taken', 'done') or taken_by_person_id is not null)
);
-- One at a time of a request.
create unique index offer_request_live on offer (district_code, request_id) where state in ('open', 'taken');
create index offer_request on offer (district_code, request_id, at desc);
create index offer_round on offer (district_code, round_ends_at) where state = 'open';
create index offer_live on offer (district_code, id) where state in ('open', 'taken');
create index offer_area on offer (district_code, path, at desc);
create index offer_newest on offer (district_code, at desc, id desc);
create index offer_taken on offer (district_code, taken_by_person_id, taken_at desc) where taken_by_person_id is not null;

-- Who was asked, in which round, and what they said. Never a reason for "not now", and nothing is counted against anybody.
create table offer_ask (
  district_code text not null,
  offer_id uuid not null,
  person_id uuid not null,
  round smallint not null,
  rank smallint not null,
  -- The sum and its parts as the engine said (engines/offers): why this person.
  cost integer not null,
  parts jsonb not null,
  skills text[] not null default '{}',
  asked_at timestamptz not null,
  until_at timestamptz not null,
  answer text check (answer in ('taken', 'not_now', 'late', 'gone', 'given_back')),
  answered_at timestamptz,
  basis text check (basis in ('no_time', 'cannot', 'tools_missing', 'not_reached', 'unsafe', 'not_small')),
  primary key (district_code, offer_id, person_id),
  foreign key (district_code, offer_id) references offer (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  check ((answer is null) = (answered_at is null)),
  check ((answer is not distinct from 'given_back') = (basis is not null))
);
create index offer_ask_person on offer_ask (district_code, person_id, asked_at desc);
create index offer_ask_waiting on offer_ask (district_code, person_id) where answer is null;

alter table offer enable row level security;
alter table offer_ask enable row level security;
-- What was put before whoever asks. (A function, because two policies would ask each other without end.)
create function app.asked_about() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(a.offer_id), '{}') from offer_ask a
  where a.district_code = app.district() and a.person_id = app.person();
end;
-- Its desk and those above; whoever was asked, with those asked beside them: the last "not now" offers it on to others.
create policy offer_ask_in_reach on offer_ask using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district' or offer_id = any ((select app.asked_about())::uuid[])
    or (select true from offer o where o.district_code = offer_ask.district_code and o.id = offer_ask.offer_id
      and app.within_paths(o.path) limit 1)));
create policy offer_in_reach on offer using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district' or app.within_paths(path) or id = any ((select app.asked_about())::uuid[])));
grant select, insert, update on offer, offer_ask to chuanmen_app;

-- How much people hold, wait to answer and were asked lately, across all desks: nobody is asked twice over because two
-- communities do not see each other's offers. Figures of those who serve, for ranking alone.
create function app.offer_load(persons uuid[], since timestamptz) returns table (
    person_id uuid, holds integer, waiting integer, asked integer, last_asked timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id,
    (select count(*)::integer from offer o where o.district_code = app.district() and o.taken_by_person_id = p.id and o.state = 'taken'),
    (select count(*)::integer from offer_ask a where a.district_code = app.district() and a.person_id = p.id and a.answer is null),
    recent.asked, recent.last_asked
  from unnest(persons) as p (id),
    lateral (select count(*)::integer as asked, max(a.asked_at) as last_asked from offer_ask a
      where a.district_code = app.district() and a.person_id = p.id and a.asked_at >= since) recent;
end;

-- Everybody who was ever asked about a request, by whichever offer of it.
create function app.offered_before(of_request uuid) returns setof uuid language sql stable security definer rows 10
  set search_path = public, pg_temp
begin atomic
  select distinct a.person_id from offer o
  join offer_ask a on a.district_code = o.district_code and a.offer_id = o.id
  where o.district_code = app.district() and o.request_id = of_request;
end;

revoke all on function app.offer_load, app.asked_about, app.offered_before from public;
grant execute on function app.offer_load, app.asked_about, app.offered_before to chuanmen_app;

-- Photos of an answer that was made without a line arrive after its words; they belong to that entry (FD12).
alter table field_file drop constraint field_file_about_check;
alter table field_file add constraint field_file_about_check check (about in ('request', 'visit', 'entry')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table field_file validate constraint field_file_about_check;
create or replace function app.attach_late(of_person uuid) returns integer language sql volatile security definer
  set search_path = public, pg_temp
begin atomic
  with named as (
    select f.district_code, f.entry_id, f.attachment_id, a.kind,
      case f.about when 'request' then f.about_id else e.request_ids[1] end as request_id,
      case f.about when 'visit' then f.about_id end as visit_id,
      case f.about when 'entry' then f.about_id end as of_entry_id
    from field_file f
    join field_entry e on e.district_code = f.district_code and e.id = f.entry_id
    join attachment a on a.district_code = f.district_code and a.id = f.attachment_id
    where f.district_code = app.district() and f.state = 'awaited' and (of_person is null or f.person_id = of_person)
      and (e.fate in ('applied', 'merged', 'conflict') or e.decision = 'take')
      and a.request_id is null and a.visit_id is null and a.owner = 'staff:' || f.person_id),
  -- Of a visit a recording is kept with the visit, where it was spoken, and a photo with what was needed.
  placed as (
    select n.district_code, n.entry_id, n.attachment_id,
      case when n.visit_id is null or (n.kind = 'photo' and n.request_id is not null) then s.request_id end as request_id,
      case when n.visit_id is null or (n.kind = 'photo' and n.request_id is not null) then s.id end as first_entry_id,
      case when n.kind = 'voice' or n.request_id is null then v.id end as visit_id
    from named n
    left join request_entry s on s.district_code = n.district_code and s.request_id = n.request_id
      and case when n.of_entry_id is null then s.seq = 1 else s.id = n.of_entry_id end
    left join visit v on v.district_code = n.district_code and v.id = n.visit_id),
  attached as (
    update attachment a set request_id = p.request_id, entry_id = p.first_entry_id, visit_id = p.visit_id
    from placed p
    where a.district_code = p.district_code and a.id = p.attachment_id and (p.request_id is not null or p.visit_id is not null)
    returning p.district_code, p.entry_id, p.attachment_id),
  here as (
    update field_file f set state = 'here' from attached a
    where f.district_code = a.district_code and f.entry_id = a.entry_id and f.attachment_id = a.attachment_id
    returning f.entry_id),
  told as (
    update field_entry e set changed_in = pg_current_xact_id()::text::bigint
    where e.district_code = app.district() and e.id in (select entry_id from attached) returning 1)
  select count(*)::integer from here;
end;

-- A wish (R11): said by a resident, or by somebody who serves for a household; published in words that name nobody, once a desk
-- has cleared them. What everybody may read stands in `wish`; what was really said and by whom, in `wish_told` under a
-- policy of its own, so that whatever lists, counts or copies wishes has nothing to leak (as in docs/adr/0015).
create sequence wish_number;
grant usage on sequence wish_number to chuanmen_app;

-- Said first: a wish is nobody's to make who may not know what was said.
create table wish_told (
  district_code text not null,
  wish_id uuid not null,
  path text collate "C" not null,
  words text not null,
  -- Null once erased, and where somebody who serves told it for a household.
  reporter_id uuid,
  told_by_person_id uuid,
  told_by_organisation_id uuid,
  primary key (district_code, wish_id),
  foreign key (district_code, reporter_id) references reporter (district_code, id)
);
create index wish_told_reporter on wish_told (district_code, reporter_id) where reporter_id is not null;
create index wish_told_person on wish_told (district_code, told_by_person_id) where told_by_person_id is not null;

create table wish (
  district_code text not null,
  id uuid not null,
  code text collate "C" not null,
  kind text not null check (kind in ('thing', 'repair', 'company', 'learning', 'errand', 'other')),
  -- The community: nobody is to be found by it.
  path text collate "C" not null,
  state text not null check (state in ('told', 'published', 'claimed', 'fulfilled', 'thanked', 'declined', 'withdrawn', 'expired')),
  -- Cleared by a desk; null until then and of what never was.
  title text,
  words text,
  -- What kind of helper has it; not who.
  claimed_by text check (claimed_by in ('person', 'organisation', 'resident')),
  told_at timestamptz not null,
  published_at timestamptz,
  -- When the clock does the next step by itself; null when it has, or none is waited for.
  due_at timestamptz,
  changed_at timestamptz not null,
  seq integer not null default 1,
  primary key (district_code, id),
  unique (district_code, code),
  foreign key (district_code, id) references wish_told (district_code, wish_id),
  foreign key (district_code, path) references area (district_code, path),
  check (state not in ('published', 'claimed', 'fulfilled', 'thanked') or (published_at is not null and title is not null)),
  check (state not in ('fulfilled', 'thanked', 'declined', 'withdrawn') or due_at is null)
);
create index wish_open on wish (district_code, published_at desc, id desc) where state = 'published';
create index wish_shown on wish (district_code, published_at desc, id desc) where published_at is not null;
create index wish_area on wish (district_code, path, changed_at desc);
create index wish_newest on wish (district_code, changed_at desc, id desc);
create index wish_due on wish (district_code, due_at) where due_at is not null;

-- Who has it: a person who serves, an organisation by one of its people, or a resident with a proven phone. One at a time.
create table wish_claim (
  district_code text not null,
  id uuid not null,
  wish_id uuid not null,
  path text collate "C" not null,
  by_kind text not null check (by_kind in ('person', 'organisation', 'resident')),
  person_id uuid,
  organisation_id uuid,
  reporter_id uuid,
  at timestamptz not null,
  ended_at timestamptz,
  ended_for text check (ended_for in ('fulfilled', 'given_back', 'late', 'withdrawn')),
  primary key (district_code, id),
  foreign key (district_code, wish_id) references wish (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  check ((by_kind = 'organisation') = (organisation_id is not null)),
  check (by_kind = 'resident' or person_id is not null),
  check ((ended_at is null) = (ended_for is null))
);
create unique index wish_claim_one on wish_claim (district_code, wish_id) where ended_at is null or ended_for = 'fulfilled';
create index wish_claim_wish on wish_claim (district_code, wish_id, at);
create index wish_claim_person on wish_claim (district_code, person_id, at desc) where person_id is not null;
create index wish_claim_reporter on wish_claim (district_code, reporter_id, at desc) where reporter_id is not null;

-- What happened to a wish, only ever added to. Words can be erased.
create table wish_entry (
  district_code text not null,
  wish_id uuid not null,
  seq integer not null,
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('resident', 'staff', 'system')),
  by_person_id uuid,
  by_reporter_id uuid,
  words text,
  basis text,
  primary key (district_code, wish_id, seq),
  unique (district_code, id),
  foreign key (district_code, wish_id) references wish (district_code, id)
);

alter table wish enable row level security;
alter table wish_told enable row level security;
alter table wish_claim enable row level security;
alter table wish_entry enable row level security;
create policy wish_told_in_reach on wish_told using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or reporter_id = (select app.reporter()) or told_by_person_id = (select app.person())));
create policy wish_claim_in_reach on wish_claim using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or person_id = (select app.person()) or reporter_id = (select app.reporter())));
-- What is published is everybody's; before and besides, its desk's and whoever told or claimed it.
create policy wish_in_reach on wish using (
  district_code = (select app.district()) and (
    published_at is not null or (select app.reach()) = 'district' or app.within_paths(path)
    or (select true from wish_told t where t.district_code = wish.district_code and t.wish_id = wish.id limit 1)));
create policy wish_entry_in_reach on wish_entry using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from wish_told t where t.district_code = wish_entry.district_code and t.wish_id = wish_entry.wish_id limit 1)
    or (select true from wish_claim c where c.district_code = wish_entry.district_code and c.wish_id = wish_entry.wish_id limit 1)));
grant select, insert, update on wish, wish_told, wish_claim to chuanmen_app;
grant select, insert on wish_entry to chuanmen_app;

-- Whom to tell of a step, beyond what whoever makes it may see: ids for the outbox, for nothing else.
create function app.wish_people(of_wish uuid) returns table (teller uuid, told_by uuid, claimant uuid, claimed_by uuid, organisation uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.reporter_id, t.told_by_person_id, c.reporter_id, c.person_id, c.organisation_id
  from wish_told t
  left join wish_claim c on c.district_code = t.district_code and c.wish_id = t.wish_id and (c.ended_at is null or c.ended_for = 'fulfilled')
  where t.district_code = app.district() and t.wish_id = of_wish;
end;

-- Who is behind a wish, for a desk over the place: it brings the two together (WI5).
create function app.wish_contacts(wishes uuid[]) returns table (id uuid, name text, sealed bytea)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.name, r.phone_sealed from reporter r
  where r.district_code = app.district() and r.id in (
    select t.reporter_id from wish_told t
    where t.district_code = app.district() and t.wish_id = any (wishes) and (app.reach() = 'district' or app.within_paths(t.path))
    union
    select c.reporter_id from wish_claim c
    where c.district_code = app.district() and c.wish_id = any (wishes) and (app.reach() = 'district' or app.within_paths(c.path)));
end;

-- RQ15, boundary 5: what somebody wished goes with their account: the words, what a desk made of them, and who it was.
create function app.erase_wishes(of_reporter uuid, at timestamptz) returns integer language sql volatile security definer
  set search_path = public, pg_temp
begin atomic
  with own as (
    update wish_told t set words = '', reporter_id = null, path = w.path from wish w
    where t.district_code = app.district() and t.reporter_id = of_reporter and w.district_code = t.district_code and w.id = t.wish_id
    returning t.wish_id),
  mine as (
    update wish_claim c set reporter_id = null where c.district_code = app.district() and c.reporter_id = of_reporter returning c.wish_id),
  said as (
    update wish_entry e set words = null, by_reporter_id = null
    where e.district_code = app.district() and (e.wish_id in (select wish_id from own) or e.by_reporter_id = of_reporter) returning 1),
  gone as (
    update wish w set state = 'withdrawn', title = null, words = null, published_at = null, due_at = null, changed_at = at
    where w.district_code = app.district() and w.id in (select wish_id from own) returning 1)
  select count(*)::integer from gone;
end;
revoke all on function app.wish_people, app.wish_contacts, app.erase_wishes from public;
grant execute on function app.wish_people, app.wish_contacts, app.erase_wishes to chuanmen_app;
