-- The whole lifecycle: suspension, appeal, what waits for a second person, what leaves the figures of satisfaction.

-- Not checked again by row: every state that was allowed still is.
alter table service_request drop constraint service_request_state_check;
alter table service_request add constraint service_request_state_check check (state in ('submitted', 'accepted', 'assigned',
  'in_progress', 'suspended', 'answered', 'closed', 'declined', 'appealed', 'merged', 'withdrawn')) not valid;
alter table service_request drop constraint service_request_check;
-- RQ1: one holder from submission to closure.
alter table service_request add constraint service_request_holder_check check (
  (state in ('closed', 'declined', 'merged', 'withdrawn')) = (holder_organisation_id is null)) not valid;

-- What waits for the word of a second person, and whether it counts in no figure of satisfaction (RQ9).
alter table service_request add column proposed text check (proposed in ('suspend', 'extend', 'exclude'));
alter table service_request add column excluded boolean not null default false;
-- Empty at first: nothing is proposed yet.
-- squawk-ignore require-concurrent-index-creation
create index service_request_proposed on service_request (district_code, path, due_at, id) where proposed is not null;

-- One-time notice: what the resident usually has to bring or do, told all at once.
alter table category add column needed jsonb not null default '[]' check (jsonb_typeof(needed) = 'array');

-- The follow-up by phone: what each desk answered the day before, and which of it was drawn. Seed and pools stay, so that
-- anybody can draw the same again.
create table call_draw (
  district_code text not null,
  day date not null,
  seed text not null,
  percent integer not null check (percent between 1 and 100),
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Request ids by desk.
  pools jsonb not null,
  made_at timestamptz not null,
  primary key (district_code, day)
);

-- The key sees to it that no request is drawn twice.
create table call_pick (
  district_code text not null,
  request_id uuid not null,
  day date not null,
  organisation_id uuid not null,
  done_at timestamptz,
  primary key (district_code, request_id),
  foreign key (district_code, day) references call_draw (district_code, day),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index call_pick_open on call_pick (district_code, organisation_id, day, request_id) where done_at is null;
create index call_pick_day on call_pick (district_code, day);

create table call_rate (
  district_code text not null,
  percent integer not null check (percent between 1 and 100),
  version integer not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code)
);

-- What was answered in a stretch of time.
-- squawk-ignore require-concurrent-index-creation
create index request_entry_answered on request_entry (district_code, at, request_id) where kind = 'answer';

alter table call_draw enable row level security;
create policy call_draw_of_district on call_draw using (district_code = (select app.district()));
alter table call_pick enable row level security;
-- Which were drawn is read by whoever audits the lot; it names nobody. Written by the job and by whoever reaches the request:
-- a desk above may have called as well.
create policy call_pick_read on call_pick for select using (district_code = (select app.district()));
create policy call_pick_added on call_pick for insert
  with check (district_code = (select app.district()) and (select app.reach()) = 'district');
create policy call_pick_called on call_pick for update
  using (district_code = (select app.district()) and app.reaches_request(request_id));
alter table call_rate enable row level security;
create policy call_rate_of_district on call_rate using (district_code = (select app.district()));
grant select, insert on call_draw to chuanmen_app;
grant select, insert on call_pick to chuanmen_app;
grant update (done_at) on call_pick to chuanmen_app;
grant select, insert, update on call_rate to chuanmen_app;
