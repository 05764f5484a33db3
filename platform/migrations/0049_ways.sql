-- Web push and robots beside text messages and letters; quiet hours, one message a day, and what each person wants to be
-- told by which way (docs/adr/0039).

-- The runner puts a migration into one transaction, and the outbox is short: what is sent is cleared away after a year.
alter table message drop constraint message_channel_check;
-- squawk-ignore constraint-missing-not-valid
alter table message add constraint message_channel_check
  check (channel in ('in_app', 'sms', 'email', 'push', 'robot'));
alter table message drop constraint message_reason_check;
-- squawk-ignore constraint-missing-not-valid
alter table message add constraint message_reason_check check (reason in
  ('no_phone', 'no_email', 'no_provider', 'interrupted', 'provider', 'refused', 'erased', 'gone'));
alter table message
  -- It does not leave before this moment: quiet hours, or the hour of the day's one message. Null: at once.
  add column not_before timestamptz,
  -- Of something that has to be done now: no quiet hours and no waiting for the day's one message.
  add column urgent boolean not null default false,
  -- Goes out together with the others of the day.
  add column digest boolean not null default false,
  -- Once it was tried together with others it is tried again with the same ones, so that it stays the same message.
  add column bundle_id uuid,
  -- The browser it is pushed to, or the robot.
  add column device_id uuid;
-- What waits for the morning.
-- squawk-ignore require-concurrent-index-creation
create index message_held on message (district_code, channel, not_before)
  where state = 'waiting' and not_before is not null;
-- What goes out together with it.
-- squawk-ignore require-concurrent-index-creation
create index message_digest_person on message (district_code, to_person_id, channel, try_at)
  where state = 'waiting' and digest;
-- squawk-ignore require-concurrent-index-creation
create index message_digest_reporter on message (district_code, to_reporter_id, channel, try_at)
  where state = 'waiting' and digest;
-- squawk-ignore require-concurrent-index-creation
create index message_device on message (district_code, device_id, created_at desc) where device_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index message_sent on message (district_code, channel, sent_at) where state = 'sent' and channel <> 'in_app';

-- Quiet hours in minutes of the wall clock's day; both null: those of the district. The same minute twice: none.
alter table contact_way
  add column quiet_from smallint check (quiet_from between 0 and 1439),
  add column quiet_until smallint check (quiet_until between 0 and 1439),
  -- One message a day at this minute instead of many; null: each by itself.
  add column digest_at smallint check (digest_at between 0 and 1439),
  -- What is not wanted by which way: `progress:sms`.
  add column declined text[] not null default '{}';
-- squawk-ignore constraint-missing-not-valid
alter table contact_way add constraint contact_way_quiet_check check ((quiet_from is null) = (quiet_until is null));

-- The district's own quiet hours; a change is a further row.
create table notify_setting (
  district_code text not null,
  version integer not null,
  quiet_from smallint not null check (quiet_from between 0 and 1439),
  quiet_until smallint not null check (quiet_until between 0 and 1439),
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, version)
);
alter table notify_setting enable row level security;
create policy notify_setting_of_district on notify_setting using (district_code = (select app.district()));
grant select, insert on notify_setting to chuanmen_app;

-- Browsers that are told by web push. Where to is sealed with its keys; it goes with whoever it belongs to.
create table push_subscription (
  district_code text not null,
  id uuid not null,
  owner_id uuid not null,
  door text not null check (door in ('phone', 'field', 'console')),
  -- JSON: endpoint, p256dh, auth.
  target_sealed bytea not null,
  endpoint_index text not null,
  label text,
  created_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, owner_id) references contact_way (district_code, owner_id) on delete cascade
);
create unique index push_subscription_endpoint on push_subscription (district_code, endpoint_index);
create index push_subscription_owner on push_subscription (district_code, owner_id, created_at);
alter table push_subscription enable row level security;
create policy push_subscription_own on push_subscription using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or owner_id = (select app.reporter())
    or owner_id = (select app.person())));
grant select, insert, delete on push_subscription to chuanmen_app;

-- A browser belongs to who subscribed in it last. Whoever names the endpoint holds that browser.
create function app.release_endpoint(released text) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from push_subscription p where p.district_code = app.district() and p.endpoint_index = released;
end;
revoke all on function app.release_endpoint from public;
grant execute on function app.release_endpoint to chuanmen_app;

-- Erased with contact_way; its old versions are cleared away as 0019 does.
do $$
begin
  if current_setting('server_version_num')::integer >= 170000 then
    execute 'grant maintain on push_subscription to chuanmen_app';
  end if;
end $$;

-- Robots in the chat groups of organisations. The address carries the key, so it is sealed as a whole.
create table robot (
  district_code text not null,
  id uuid not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('wecom', 'dingtalk', 'http')),
  name text not null,
  origin text not null,
  -- JSON: url, secret.
  target_sealed bytea not null,
  -- Of the kind http: the JSON to send and a text by which it is accepted.
  shape text,
  accepted text,
  language text not null check (language in ('zh-CN', 'en')),
  declined text[] not null,
  active boolean not null,
  version integer not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, id),
  check ((kind = 'http') = (shape is not null))
);
create index robot_organisation on robot (district_code, organisation_id) where active;
alter table robot enable row level security;
create policy robot_of_district on robot using (district_code = (select app.district()));
grant select, insert, update on robot to chuanmen_app;

-- By which ways those addressed are told, beside the app: which, never where. Of a person also when and what not; of an
-- organisation its robots, and those who serve there now and asked for it.
drop function app.ways_of(uuid[], uuid[], uuid[], timestamptz);
create function app.ways_of(reporters uuid[], people uuid[], organisations uuid[], at timestamptz)
  returns table (addressed uuid, owner uuid, robot boolean, by_sms boolean, by_email boolean, devices uuid[], declined text[],
    quiet_from smallint, quiet_until smallint, digest_at smallint, district_from smallint, district_until smallint)
  language sql stable security definer rows 10 set search_path = public, pg_temp
begin atomic
  with district as (
    select s.quiet_from, s.quiet_until from notify_setting s where s.district_code = app.district()
    order by s.version desc limit 1)
  select o.id, o.id, false, coalesce(w.by_sms, true), coalesce(w.by_email, false),
    array(select p.id from push_subscription p where p.district_code = w.district_code and p.owner_id = w.owner_id),
    coalesce(w.declined, '{}'), w.quiet_from, w.quiet_until, w.digest_at,
    (select d.quiet_from from district d), (select d.quiet_until from district d)
  from unnest(reporters || people) as o (id)
  left join contact_way w on w.district_code = app.district() and w.owner_id = o.id
  union all
  select s.organisation_id, w.owner_id, false, false, w.by_email,
    array(select p.id from push_subscription p where p.district_code = w.district_code and p.owner_id = w.owner_id),
    w.declined, w.quiet_from, w.quiet_until, w.digest_at,
    (select d.quiet_from from district d), (select d.quiet_until from district d)
  from (select distinct p.district_code, p.organisation_id, p.person_id
    from unnest(organisations) as o (id)
    join post p on p.district_code = app.district() and p.organisation_id = o.id
      and p.valid_from <= at and (p.valid_until is null or p.valid_until > at)
    where p.role in ('community_desk', 'subdistrict_desk', 'district_desk', 'handler', 'grid_worker')) as s
  join contact_way w on w.district_code = s.district_code and w.owner_id = s.person_id
  union all
  select r.organisation_id, r.id, true, false, false, '{}', r.declined, null, null, null,
    (select d.quiet_from from district d), (select d.quiet_until from district d)
  from robot r
  where r.district_code = app.district() and r.organisation_id = any (organisations) and r.active;
end;
revoke all on function app.ways_of from public;
grant execute on function app.ways_of to chuanmen_app;

-- The IT desk: how much waits, how much of it for the morning, and what went out since; no names, no words.
create function app.outbox_counts(since timestamptz, most integer)
  returns table (channel text, waiting integer, held integer, sent integer, failed integer)
  language sql stable security definer rows 5 set search_path = public, pg_temp
begin atomic
  select c.channel,
    (select count(*)::integer from (select 1 from message m where m.district_code = app.district()
      and m.channel = c.channel and m.state = 'waiting' limit most) as few),
    (select count(*)::integer from (select 1 from message m where m.district_code = app.district()
      and m.channel = c.channel and m.state = 'waiting' and m.not_before is not null limit most) as few),
    (select count(*)::integer from (select 1 from message m where m.district_code = app.district()
      and m.channel = c.channel and m.channel <> 'in_app' and m.state = 'sent' and m.sent_at >= since limit most) as few),
    (select count(*)::integer from (select 1 from message m where m.district_code = app.district()
      and m.channel = c.channel and m.state = 'failed' and m.erased_at is null and m.created_at >= since limit most) as few)
  from unnest(array['sms', 'email', 'push', 'robot']) as c (channel);
end;

-- What became of the last message to each robot.
create function app.robots_last()
  returns table (robot_id uuid, state text, reason text, detail text, at timestamptz)
  language sql stable security definer rows 10 set search_path = public, pg_temp
begin atomic
  select r.id, l.state, l.reason, l.detail, coalesce(l.sent_at, l.created_at)
  from robot r
  cross join lateral (
    select m.state, m.reason, m.detail, m.sent_at, m.created_at from message m
    where m.district_code = r.district_code and m.device_id = r.id
    order by m.created_at desc limit 1) as l
  where r.district_code = app.district();
end;
revoke all on function app.outbox_counts, app.robots_last from public;
grant execute on function app.outbox_counts, app.robots_last to chuanmen_app;

-- What is repeated by hand stands for itself again.
create or replace function app.repeat_messages(of_reason text, of_channel text, at timestamptz, most integer) returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with repeated as (
    update message m set state = 'waiting', tries = 0, try_at = at, reason = null, detail = null, bundle_id = null
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
    update message m set state = 'waiting', tries = 0, try_at = at, reason = null, detail = null, bundle_id = null
    where m.district_code = app.district() and m.id = message_id and m.state = 'failed' and m.erased_at is null returning 1)
  select exists (select 1 from repeated);
end;

-- The words of messages by the new ways.
alter table message_template drop constraint message_template_channel_check;
-- squawk-ignore constraint-missing-not-valid
alter table message_template add constraint message_template_channel_check
  check (channel in ('in_app', 'sms', 'email', 'push', 'robot'));
