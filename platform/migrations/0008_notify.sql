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
  -- `sending` is claimed by a job; one that stays so was cut off in the act and is not sent again by itself,
  -- because it may have arrived.
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  tries smallint not null default 0,
  -- When a waiting one is tried next; when a sending one was claimed.
  try_at timestamptz,
  reason text check (reason in ('no_phone', 'interrupted', 'provider')),
  detail text,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  primary key (district_code, id),
  check (num_nonnulls(to_reporter_id, to_organisation_id, to_person_id) = 1),
  check ((state in ('waiting', 'sending')) = (try_at is not null)),
  check ((state = 'sent') = (sent_at is not null)),
  check (state <> 'failed' or reason is not null)
);
create index message_reporter on message (district_code, to_reporter_id, created_at desc, id desc)
  where to_reporter_id is not null and channel = 'in_app';
create index message_organisation on message (district_code, to_organisation_id, created_at desc, id desc)
  where to_organisation_id is not null and channel = 'in_app';
create index message_person on message (district_code, to_person_id, created_at desc, id desc)
  where to_person_id is not null and channel = 'in_app';
create index message_request on message (district_code, request_id, created_at desc, id desc) where request_id is not null;
create index message_due on message (district_code, state, try_at) where state in ('waiting', 'sending');
create index message_failed on message (district_code, created_at desc, id desc) where state = 'failed';

alter table message enable row level security;
-- Telling somebody is not reading: whoever acts may add.
create policy message_added on message for insert with check (district_code = (select app.district()));
-- Read by whom it is addressed to. Who may read a request also sees what became of the messages to its reporter,
-- never those to other organisations.
create policy message_read on message for select using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or to_reporter_id = (select app.reporter())
    or to_person_id = (select app.person())
    or to_organisation_id = any ((select app.organisations())::uuid[])
    or (to_reporter_id is not null and exists (
      select 1 from service_request r where r.district_code = message.district_code and r.id = message.request_id))));
create policy message_marked on message for update using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or to_reporter_id = (select app.reporter())
    or to_person_id = (select app.person())
    or to_organisation_id = any ((select app.organisations())::uuid[])
    or (to_reporter_id is not null and request_id = any ((select app.requests())::uuid[]))));
grant select, insert, update on message to chuanmen_app;

-- What the IT desk sees of messages that failed: neither to whom nor what they say.
create function app.failed_messages(before_at timestamptz, before_id uuid, most integer)
  returns table (id uuid, channel text, template text, request_id uuid, tries smallint, reason text, detail text, created_at timestamptz)
  language sql stable security definer rows 30 set search_path = public, pg_temp
begin atomic
  select m.id, m.channel, m.template, m.request_id, m.tries, m.reason, m.detail, m.created_at from message m
  where m.district_code = app.district() and m.state = 'failed'
    and (before_at is null or (m.created_at, m.id) < (before_at, before_id))
  order by m.created_at desc, m.id desc limit most;
end;

-- Puts a failed message back into the outbox. True when there was one to put back.
create function app.repeat_message(message_id uuid, at timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with repeated as (
    update message m set state = 'waiting', tries = 0, try_at = at, reason = null, detail = null
    where m.district_code = app.district() and m.id = message_id and m.state = 'failed' returning 1)
  select exists (select 1 from repeated);
end;
revoke all on function app.failed_messages, app.repeat_message from public;
grant execute on function app.failed_messages, app.repeat_message to chuanmen_app;
