-- Notices live, by e-mail, in words of the district's own, and repeatable (RQ17).

-- Which transaction wrote a message. A reader that continues from a cursor gets the messages of transactions that ended
-- before the oldest one still running, in this order: nothing that commits late is passed over, nothing comes twice.
alter table message
  add column written_in bigint not null default 0,
  -- Erased at the reporter's wish (RQ15): the row still says that somebody was told, not what.
  add column erased_at timestamptz;
alter table message alter column written_in set default (pg_current_xact_id()::text::bigint);

-- The runner puts a migration into one transaction, and the outbox is short: what is sent is cleared away after a year.
alter table message drop constraint message_channel_check;
-- squawk-ignore constraint-missing-not-valid
alter table message add constraint message_channel_check check (channel in ('in_app', 'sms', 'email'));
alter table message drop constraint message_reason_check;
-- squawk-ignore constraint-missing-not-valid
alter table message add constraint message_reason_check check (reason in
  ('no_phone', 'no_email', 'no_provider', 'interrupted', 'provider', 'refused', 'erased'));

-- squawk-ignore require-concurrent-index-creation
create index message_reporter_since on message (district_code, to_reporter_id, written_in, id)
  where to_reporter_id is not null and channel = 'in_app';
-- squawk-ignore require-concurrent-index-creation
create index message_organisation_since on message (district_code, to_organisation_id, written_in, id)
  where to_organisation_id is not null and channel = 'in_app';
-- squawk-ignore require-concurrent-index-creation
create index message_person_since on message (district_code, to_person_id, written_in, id)
  where to_person_id is not null and channel = 'in_app';
-- One message at a time is claimed for each way, so that a crash cuts off one and not a batch.
-- squawk-ignore require-concurrent-index-deletion
drop index message_due;
-- squawk-ignore require-concurrent-index-creation
create index message_waiting on message (district_code, channel, try_at) where state = 'waiting';
-- squawk-ignore require-concurrent-index-creation
create index message_sending on message (district_code, try_at) where state = 'sending';
-- squawk-ignore require-concurrent-index-creation
create index message_failed_reason on message (district_code, reason, channel, created_at, id) where state = 'failed';

-- How somebody wants to be told, beside the app. The address is proven by a code sent to it before anything else is.
create table contact_way (
  district_code text not null,
  -- A reporter or a person.
  owner_id uuid not null,
  owner_kind text not null check (owner_kind in ('reporter', 'person')),
  by_sms boolean not null default true,
  by_email boolean not null default false,
  email_sealed bytea,
  -- One that waits for its code.
  pending_sealed bytea,
  code_hash text,
  code_tries smallint not null default 0,
  code_sent_at timestamptz,
  code_expires_at timestamptz,
  code_count smallint not null default 0,
  language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
  changed_at timestamptz not null,
  primary key (district_code, owner_id),
  check (not by_email or email_sealed is not null)
);
alter table contact_way enable row level security;
create policy contact_way_own on contact_way using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or owner_id = (select app.reporter())
    or owner_id = (select app.person())));
-- Taken away with the reporter (0019), never alone.
grant select, insert, update on contact_way to chuanmen_app;

-- By which ways those addressed want to be told, beside the app: which, never where. Text messages unless they were
-- declined; e-mail where an address was proven and chosen. Of an organisation: those who serve there now.
create function app.ways_of(reporters uuid[], people uuid[], organisations uuid[], at timestamptz)
  returns table (addressed uuid, owner uuid, by_sms boolean, by_email boolean)
  language sql stable security definer rows 10 set search_path = public, pg_temp
begin atomic
  select w.owner_id, w.owner_id, w.by_sms, w.by_email from contact_way w
  where w.district_code = app.district() and w.owner_id = any (reporters || people)
  union all
  select p.organisation_id, w.owner_id, false, true
  from unnest(organisations) as o (id)
  join post p on p.district_code = app.district() and p.organisation_id = o.id
    and p.valid_from <= at and (p.valid_until is null or p.valid_until > at)
  join contact_way w on w.district_code = p.district_code and w.owner_id = p.person_id and w.by_email
  where p.role in ('community_desk', 'subdistrict_desk', 'district_desk', 'handler', 'grid_worker')
  group by p.organisation_id, w.owner_id;
end;
revoke all on function app.ways_of from public;
grant execute on function app.ways_of to chuanmen_app;

-- The IT desk: why, how many, since when; neither to whom nor what.
drop function app.failed_messages;
create function app.failed_messages(
  of_reason text, of_channel text, before_at timestamptz, before_id uuid, most integer
) returns table (id uuid, channel text, addressee text, template text, request_id uuid, tries smallint, reason text, detail text,
    created_at timestamptz)
  language sql stable security definer rows 30 set search_path = public, pg_temp
begin atomic
  select m.id, m.channel,
    case when m.to_reporter_id is not null then 'reporter' when m.to_person_id is not null then 'person' else 'organisation' end,
    m.template, m.request_id, m.tries, m.reason, m.detail, m.created_at from message m
  where m.district_code = app.district() and m.state = 'failed' and m.erased_at is null
    and (of_reason is null or m.reason = of_reason) and (of_channel is null or m.channel = of_channel)
    and (before_at is null or (m.created_at, m.id) < (before_at, before_id))
  order by m.created_at desc, m.id desc limit most;
end;

create function app.failed_counts(most integer) returns table (channel text, reason text, count integer, oldest timestamptz)
  language sql stable security definer rows 10 set search_path = public, pg_temp
begin atomic
  select f.channel, f.reason, count(*)::integer, min(f.created_at)
  from (select m.channel, m.reason, m.created_at from message m
    where m.district_code = app.district() and m.state = 'failed' and m.erased_at is null
    order by m.created_at desc limit most) as f
  group by f.channel, f.reason order by 3 desc, 1, 2;
end;

-- Puts failed messages of a reason back into the outbox, the oldest first; not those whose words were erased.
create function app.repeat_messages(of_reason text, of_channel text, at timestamptz, most integer) returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with repeated as (
    update message m set state = 'waiting', tries = 0, try_at = at, reason = null, detail = null
    where m.district_code = app.district() and m.erased_at is null and m.state = 'failed' and m.id in (
      select f.id from message f
      where f.district_code = app.district() and f.state = 'failed' and f.erased_at is null
        and f.reason = of_reason and f.channel = of_channel
      order by f.created_at, f.id limit most)
    returning 1)
  select count(*)::integer from repeated;
end;

create or replace function app.repeat_message(message_id uuid, at timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with repeated as (
    update message m set state = 'waiting', tries = 0, try_at = at, reason = null, detail = null
    where m.district_code = app.district() and m.id = message_id and m.state = 'failed' and m.erased_at is null returning 1)
  select exists (select 1 from repeated);
end;

-- RQ15: takes the words out of every message about these requests, whoever got it; what was not sent yet never goes out.
-- The code stays, it names no one. The ids are the caller's to vouch for.
create function app.erase_messages(requests uuid[], at timestamptz) returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with erased as (
    update message m set
      params = coalesce(jsonb_build_object('code', m.params -> 'code'), '{}'), detail = null, erased_at = at,
      state = case when m.state in ('waiting', 'sending') then 'failed' else m.state end,
      reason = case when m.state in ('waiting', 'sending') then 'erased' else m.reason end,
      try_at = null
    where m.district_code = app.district() and m.request_id = any (requests) and m.erased_at is null
    returning 1)
  select count(*)::integer from erased;
end;
revoke all on function app.failed_messages, app.failed_counts, app.repeat_messages, app.erase_messages from public;
grant execute on function app.failed_messages, app.failed_counts, app.repeat_messages, app.erase_messages to chuanmen_app;

-- Words of the district's own, over those that come with the product. Nothing is written over: a change is a further row,
-- in force from its day on for what is told then; one without words goes back to the product's.
create table message_template (
  district_code text not null,
  template text not null,
  channel text not null check (channel in ('in_app', 'sms', 'email')),
  audience text not null check (audience in ('reporter', 'serving')),
  language text not null check (language in ('zh-CN', 'en')),
  version integer not null,
  valid_from timestamptz not null,
  words text,
  subject text,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, template, channel, audience, language, version)
);
alter table message_template enable row level security;
create policy message_template_of_district on message_template using (district_code = (select app.district()));
grant select, insert on message_template to chuanmen_app;
