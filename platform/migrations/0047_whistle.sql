-- Whistle and report in (RQ18): the five steps beside the requests they are about. Who holds a request stands in its own
-- ledger; here stands who judged, who was called, who came in time, and what whoever blew it thinks of it (docs/adr/0037).

create table whistle (
  district_code text not null,
  -- Made by whoever blows it: the same id twice is one whistle.
  id uuid not null,
  -- The smallest area that holds all of its requests.
  path text collate "C" not null,
  blower_organisation_id uuid not null,
  blower_person_id uuid,
  -- The desk that judges.
  town_organisation_id uuid not null,
  urgent boolean not null,
  -- The cache of the fold (whistle/standing.ts).
  state text not null check (state in ('formed', 'blown', 'handling', 'done', 'rated', 'unrated', 'sent_back', 'lapsed')),
  -- Whose turn it is; null once nothing is owed.
  turn_organisation_id uuid,
  -- When what is waited for now is due: while it is worked on, the first due time of its requests.
  due_at timestamptz,
  next_alarm_at timestamptz,
  late boolean not null default false,
  formed_at timestamptz not null,
  blown_at timestamptz,
  done_at timestamptz,
  over_at timestamptz,
  last_entry_at timestamptz not null,
  standing jsonb not null,
  seq integer not null,
  primary key (district_code, id),
  check ((state in ('rated', 'unrated', 'sent_back', 'lapsed')) = (turn_organisation_id is null)),
  check ((state in ('rated', 'unrated', 'sent_back', 'lapsed')) = (over_at is not null)),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, blower_organisation_id) references organisation (district_code, id),
  foreign key (district_code, town_organisation_id) references organisation (district_code, id)
);
create index whistle_alarm on whistle (district_code, next_alarm_at) where next_alarm_at is not null;
create index whistle_turn on whistle (district_code, turn_organisation_id, due_at, id) where turn_organisation_id is not null;
create index whistle_open on whistle (district_code, due_at, id) where over_at is null;
create index whistle_over on whistle (district_code, over_at desc, id desc) where over_at is not null;
create index whistle_path on whistle (district_code, path);

create table whistle_request (
  district_code text not null,
  whistle_id uuid not null,
  request_id uuid not null,
  -- In which order they were named; the first gives the whistle its name.
  place smallint not null,
  open boolean not null default true,
  primary key (district_code, whistle_id, request_id),
  foreign key (district_code, whistle_id) references whistle (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
-- A request is in one open whistle at most, and in any number that are over.
create unique index whistle_request_open on whistle_request (district_code, request_id) where open;
create index whistle_request_request on whistle_request (district_code, request_id);

-- A department that was called, and how it did: what figures count (cache of the fold).
create table whistle_part (
  district_code text not null,
  whistle_id uuid not null,
  organisation_id uuid not null,
  role text not null check (role in ('lead', 'assist')),
  -- Still to come: its clock runs.
  awaited boolean not null,
  blown_at timestamptz not null,
  due_at timestamptz not null,
  reported_at timestamptz,
  person_id uuid,
  released_at timestamptz,
  done_at timestamptz,
  rating text check (rating in ('satisfied', 'fair', 'dissatisfied')),
  primary key (district_code, whistle_id, organisation_id),
  foreign key (district_code, whistle_id) references whistle (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index whistle_part_awaited on whistle_part (district_code, organisation_id, due_at) where awaited;
create index whistle_part_organisation on whistle_part (district_code, organisation_id, blown_at, whistle_id);
create index whistle_part_blown on whistle_part (district_code, blown_at, whistle_id);

-- What happened; only ever added to.
create table whistle_entry (
  district_code text not null,
  whistle_id uuid not null,
  seq integer not null,
  id uuid not null,
  kind text not null check (kind in ('form', 'here', 'send_back', 'blow', 'report_in', 'join', 'object', 'release', 'insist',
    'note', 'done', 'again', 'rate', 'unrated', 'lapse', 'remind', 'supervise')),
  at timestamptz not null,
  by_person_id uuid,
  by_organisation_id uuid,
  words text,
  data jsonb not null,
  primary key (district_code, whistle_id, seq),
  unique (district_code, id),
  foreign key (district_code, whistle_id) references whistle (district_code, id)
);

-- Whoever reads one of the requests reads of the whistle, as far as none of them is withheld (RQ10): row security of the
-- requests answers for both, and what is confided stays so without another rule.
alter table whistle_request enable row level security;
create policy whistle_request_of_district on whistle_request using (district_code = (select app.district()));

alter table whistle enable row level security;
create policy whistle_of_requests on whistle using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or not exists (
      select 1 from whistle_request w
      where w.district_code = whistle.district_code and w.whistle_id = whistle.id
        and not exists (
          select 1 from service_request r where r.district_code = w.district_code and r.id = w.request_id))));

alter table whistle_part enable row level security;
create policy whistle_part_of_whistle on whistle_part using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from whistle w where w.district_code = whistle_part.district_code and w.id = whistle_part.whistle_id limit 1)));

alter table whistle_entry enable row level security;
create policy whistle_entry_of_whistle on whistle_entry using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from whistle w where w.district_code = whistle_entry.district_code and w.id = whistle_entry.whistle_id limit 1)));

grant select, insert, update on whistle, whistle_part, whistle_request to chuanmen_app;
grant select, insert on whistle_entry to chuanmen_app;

-- RQ15: all words of the story go with the request's, those of staff too, because they repeat what was asked.
create function app.erase_whistle_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update whistle_entry e set words = null from whistle_request w
  where w.district_code = new.district_code and w.request_id = new.id
    and e.district_code = w.district_code and e.whistle_id = w.whistle_id and e.words is not null;
  return null;
end $$;
revoke all on function app.erase_whistle_words from public;
create trigger whistle_words_erased after update of erased on service_request
  for each row when (new.erased = 'all' and old.erased is distinct from 'all') execute function app.erase_whistle_words();
