-- Messages out: an outbox with state, tries and reason (RQ17). In-app notices are messages on the channel in_app.

create table message (
  district_code text not null,
  id uuid not null,
  channel text not null check (channel in ('in_app', 'sms')),
  to_reporter_id uuid,
  to_organisation_id uuid,
  to_person_id uuid,
  template text not null,
  params jsonb not null,
  request_id uuid,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  tries smallint not null default 0,
  reason text,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  primary key (district_code, id),
  check (num_nonnulls(to_reporter_id, to_organisation_id, to_person_id) = 1)
);
create index message_reporter on message (district_code, to_reporter_id, created_at desc) where to_reporter_id is not null;
create index message_organisation on message (district_code, to_organisation_id, created_at desc) where to_organisation_id is not null;
create index message_request on message (district_code, request_id);
create index message_waiting on message (district_code, created_at) where state = 'waiting';

alter table message enable row level security;
create policy message_in_reach on message using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or to_reporter_id = (select app.reporter())
    or to_person_id = (select app.person())
    or to_organisation_id = any ((select app.organisations())::uuid[])
    or exists (select 1 from service_request r where r.district_code = message.district_code and r.id = message.request_id)));
grant select, insert, update on message to chuanmen_app;
