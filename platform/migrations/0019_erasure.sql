-- Erasing personal data (RQ15).

-- What else somebody wrote in an entry than its words: points asked, where to go instead, what is demanded. It stands beside
-- the chain under the same salted digest as the words (docs/adr/0013); `data` keeps its shape, with every text in it empty.
alter table request_entry add column texts jsonb;

-- Entries from before: their texts stood in `data`, and in the hash. They are taken out and the stories that hold such ones
-- are chained anew, once, as requests/chain.ts does. Nothing else of them changes.
-- <old entries>
create function pg_temp.canonical(given jsonb) returns text language plpgsql immutable as $$
begin
  return case jsonb_typeof(given)
    when 'object' then '{' || coalesce((
      select string_agg(to_json(key)::text || ':' || pg_temp.canonical(value), ',' order by key collate "C") from jsonb_each(given)), '') || '}'
    when 'array' then '[' || coalesce((
      select string_agg(pg_temp.canonical(value), ',' order by at) from jsonb_array_elements(given) with ordinality as e (value, at)), '') || ']'
    else given::text end;
end $$;
do $$
declare
  story record;
  entry request_entry;
  before bytea;
  kept jsonb;
  salt bytea;
begin
  for story in
    select distinct e.district_code, e.request_id from request_entry e where e.texts is null and (
      e.kind = 'accept' and e.data -> 'points' <> '[]' or e.kind = 'decline' and e.data ->> 'instead' <> ''
      or e.kind = 'supervise' and e.data ->> 'demand' <> '')
  loop
    before := decode(repeat('00', 32), 'hex');
    for entry in
      select * from request_entry e where e.district_code = story.district_code and e.request_id = story.request_id order by e.seq
    loop
      kept := case entry.kind
        when 'accept' then case when entry.data -> 'points' <> '[]' then jsonb_build_object('points', entry.data -> 'points') end
        when 'decline' then jsonb_build_object('instead', entry.data -> 'instead')
        when 'supervise' then case when entry.data ->> 'demand' <> '' then jsonb_build_object('demand', entry.data -> 'demand') end
      end;
      if kept is not null and entry.texts is null then
        salt := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
        entry.texts := kept;
        entry.words_salt := salt;
        entry.words_digest := sha256(salt || convert_to(coalesce(entry.words, ''), 'UTF8') || '\x00'::bytea
          || convert_to(pg_temp.canonical(kept), 'UTF8'));
        entry.data := entry.data || case entry.kind
          when 'accept' then jsonb_build_object('points', (
            select jsonb_agg(''::text) from jsonb_array_elements(entry.data -> 'points')))
          when 'decline' then '{"instead": ""}' else '{"demand": ""}' end;
      end if;
      before := sha256(before || convert_to(pg_temp.canonical(jsonb_build_object(
        'request', entry.request_id, 'seq', entry.seq, 'id', entry.id, 'kind', entry.kind,
        'at', to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'channel', entry.channel,
        'by', jsonb_strip_nulls(jsonb_build_object(
          'kind', entry.by_kind, 'person', entry.by_person_id, 'organisation', entry.by_organisation_id)),
        'visible', entry.visible, 'data', entry.data, 'words', encode(entry.words_digest, 'hex'))), 'UTF8'));
      update request_entry e set texts = entry.texts, words_salt = entry.words_salt, words_digest = entry.words_digest,
          data = entry.data, hash = before
        where e.district_code = entry.district_code and e.request_id = entry.request_id and e.seq = entry.seq;
    end loop;
    update service_request r set hash = before where r.district_code = story.district_code and r.id = story.request_id;
  end loop;
end $$;
-- </old entries>

-- What was erased of a request: who said it, or everything that was said. Nobody is its reporter then.
-- squawk-ignore ban-drop-not-null
alter table service_request alter column reporter_id drop not null;
alter table service_request add column erased text;
alter table service_request add column erased_at timestamptz;
alter table service_request add constraint service_request_erased_check
  check (erased in ('person', 'all') and erased_at is not null and reporter_id is null or erased is null and erased_at is null) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table service_request validate constraint service_request_erased_check;
-- Those whose words stay until the matter is over.
-- Each migration is one transaction, in which nothing is made concurrently.
-- squawk-ignore require-concurrent-index-creation
create index service_request_half_erased on service_request (district_code, erased_at) where erased = 'person';

-- What somebody asked to have erased, what came of it, and by when it had to (boundary 5). It holds nothing of what was
-- erased, and stays as the proof that it was.
create table erasure (
  district_code text not null,
  id uuid not null,
  scope text not null check (scope in ('person', 'all', 'account')),
  request_id uuid,
  -- The request's code; it names no one.
  code text collate "C",
  -- Who asked; null once nothing is left of them.
  reporter_id uuid,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  -- `erased`: gone from the database; `done`: the files are gone as well, and the old versions of the rows.
  state text not null check (state in ('waiting', 'refused', 'erased', 'done')),
  -- The statutory exception that stands, or stood, against it, and the words of whoever decided.
  ground text check (ground in ('proceedings', 'inspection', 'retention')),
  words text,
  decided_by_person_id uuid,
  decided_at timestamptz,
  erased_at timestamptz,
  done_at timestamptz,
  counts jsonb not null default '{}',
  -- Files still to be removed; emptied when they are.
  files text[] not null default '{}',
  primary key (district_code, id),
  check ((scope = 'account') = (request_id is null)),
  check ((state in ('erased', 'done')) = (erased_at is not null)),
  check ((state = 'done') = (done_at is not null)),
  check (state <> 'refused' or (ground is not null and words is not null and decided_at is not null)),
  check (state <> 'done' or files = '{}'),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
create index erasure_waiting on erasure (district_code, due_at, id) where state = 'waiting';
create index erasure_unfinished on erasure (district_code, erased_at, id) where state = 'erased';
create index erasure_recent on erasure (district_code, asked_at desc, id desc);
create index erasure_reporter on erasure (district_code, reporter_id, asked_at desc) where reporter_id is not null;
create index erasure_request on erasure (district_code, request_id) where request_id is not null;

-- What stands against erasing a request: running proceedings and the like. Set and lifted by the security administrator.
create table erasure_hold (
  district_code text not null,
  id uuid not null,
  request_id uuid not null,
  code text collate "C" not null,
  ground text not null check (ground in ('proceedings', 'inspection', 'retention')),
  words text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  until timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  primary key (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
create unique index erasure_hold_request on erasure_hold (district_code, request_id) where ended_at is null;
create index erasure_hold_recent on erasure_hold (district_code, set_at desc, id desc) where ended_at is null;

alter table erasure enable row level security;
-- The reporter sees their own, whoever has the receipt that one; which of those who serve sees them is for the permission table.
create policy erasure_in_reach on erasure using (
  district_code = (select app.district()) and (
    (select app.reach()) <> 'none'
    or reporter_id = (select app.reporter())
    or id = any ((select app.requests())::uuid[])));
alter table erasure_hold enable row level security;
create policy erasure_hold_of_district on erasure_hold using (district_code = (select app.district()));
grant select, insert, update on erasure, erasure_hold to chuanmen_app;

-- Who may have a request erased: its reporter; this browser, when nobody else knows the reporter, who left no phone; whoever
-- decides about a wish that waits; the system.
create function app.may_erase(target service_request) returns boolean language sql stable
  return target.id is not null and (
    app.reach() = 'district'
    or coalesce(target.reporter_id = app.reporter(), false)
    or (target.id = any (coalesce(app.requests(), '{}')) and exists (
      select 1 from reporter p
      where p.district_code = target.district_code and p.id = target.reporter_id and p.phone_index is null))
    or exists (
      select 1 from erasure e
      where e.district_code = target.district_code and e.request_id = target.id and e.state = 'waiting'
        and e.decided_by_person_id = app.person()));
revoke all on function app.may_erase from public;

-- RQ15: erases who said it, or everything that was said, and gives back how much. What somebody wrote is beside the hash
-- chain, so the chain stays whole. `new_standing` is the fold of what is left.
create function app.erase_request(of_request uuid, wish text, new_standing jsonb, at timestamptz) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  target service_request;
  entries integer := 0;
  sessions integer;
  messages integer;
begin
  select r.* into target from service_request r where r.district_code = app.district() and r.id = of_request for update;
  if not coalesce(app.may_erase(target), false) then
    raise exception 'request % may not be erased here', of_request using errcode = 'insufficient_privilege';
  end if;
  if wish = 'all' then
    -- What others wrote who follow it is theirs.
    update request_entry e set words = null, texts = null, words_salt = null
      where e.district_code = target.district_code and e.request_id = of_request and e.words_salt is not null
        and e.by_follower_id is null;
    get diagnostics entries = row_count;
    delete from request_confidence c where c.district_code = target.district_code and c.request_id = of_request;
    update suggestion_offer o set path = substring(o.path from '^(?:[0-9]+/){1,3}')
      where o.district_code = target.district_code and o.request_id = of_request;
    delete from publication p where p.district_code = target.district_code and p.request_id = of_request;
    update service_request r set title = '', words = '', place = '', lon = null, lat = null, standing = new_standing,
        path = substring(r.path from '^(?:[0-9]+/){1,3}'), reporter_id = null, erased = 'all', erased_at = at
      where r.district_code = target.district_code and r.id = of_request;
  else
    update service_request r set reporter_id = null, erased = 'person', erased_at = at
      where r.district_code = target.district_code and r.id = of_request;
  end if;
  -- Merged into another, its reporter followed that one with it.
  delete from request_follower f
    where f.district_code = target.district_code and f.from_request_id = of_request and f.reporter_id = target.reporter_id;
  -- Whoever followed it by code and phone no longer does.
  update session s set request_ids = array_remove(s.request_ids, of_request)
    where s.district_code = target.district_code and s.request_ids <> '{}' and s.request_ids @> array[of_request];
  get diagnostics sessions = row_count;
  -- Those to the one who said it; what the others said of it is made empty by app.erase_messages.
  delete from message m
    where m.district_code = target.district_code and m.request_id = of_request and m.to_reporter_id is not null;
  get diagnostics messages = row_count;
  -- One who proved no number has no account: without a request nothing is kept of them but the browser's session.
  delete from contact_way w
    using reporter p
    where w.district_code = target.district_code and w.owner_id = target.reporter_id and p.district_code = w.district_code
      and p.id = w.owner_id and not p.proven
      and not exists (select 1 from service_request s where s.district_code = p.district_code and s.reporter_id = p.id);
  update reporter p set name = null, phone_sealed = null, phone_index = null, phone_tail_index = null, home_path = null,
      home_household_id = null
    where p.district_code = target.district_code and p.id = target.reporter_id and not p.proven
      and not exists (select 1 from service_request s where s.district_code = p.district_code and s.reporter_id = p.id)
      and not exists (
        select 1 from request_follower f
        where f.district_code = p.district_code and f.reporter_id = p.id and f.until is null);
  return jsonb_build_object('entries', entries, 'sessions', sessions, 'messages', messages);
end $$;
revoke all on function app.erase_request from public;
grant execute on function app.erase_request to chuanmen_app;
-- squawk-ignore require-concurrent-index-creation
create index session_follows on session using gin (request_ids) where request_ids <> '{}';

-- Everything that is known of a reporter beside their requests; nothing at all (null) unless none of those is left. Gives back
-- the attachments whose files are still to go.
create function app.erase_reporter(given uuid) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  target reporter;
  entries uuid[];
  files jsonb;
begin
  select r.* into target from reporter r where r.district_code = app.district() and r.id = given for update;
  if target.id is null or exists (
    select 1 from service_request s where s.district_code = target.district_code and s.reporter_id = given) then
    return null;
  end if;
  -- What they wrote and attached where they followed what others had said; the index reads those requests anew.
  select array_agg(e.id) into entries from request_entry e
    join request_follower f on f.district_code = e.district_code and f.id = e.by_follower_id
    where f.district_code = target.district_code and f.reporter_id = given;
  with gone as (
    delete from attachment a where a.district_code = target.district_code and a.entry_id = any (entries)
      and a.request_id in (select e.request_id from request_entry e where e.district_code = a.district_code and e.id = any (entries))
    returning a.id, a.sha256)
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'sha256', encode(g.sha256, 'hex'))), '[]') into files from gone g;
  with emptied as (
    update request_entry e set words = null, texts = null, words_salt = null
      where e.district_code = target.district_code and e.id = any (entries) returning e.request_id)
  insert into search_stale select distinct target.district_code, m.request_id from emptied m on conflict do nothing;
  -- By whatever they were told: about their own, what they followed, and what came of their wishes.
  delete from message m
    where m.district_code = target.district_code and m.to_reporter_id = given and m.request_id in (
      select f.id from request_follower f where f.district_code = target.district_code and f.reporter_id = given
      union all select e.request_id from erasure e where e.district_code = target.district_code and e.reporter_id = given);
  delete from message m
    where m.district_code = target.district_code and m.to_reporter_id = given and m.channel = 'in_app';
  delete from contact_way w where w.district_code = target.district_code and w.owner_id = given;
  delete from request_follower f where f.district_code = target.district_code and f.reporter_id = given;
  delete from phone_code c where c.district_code = target.district_code and c.phone_index = target.phone_index;
  delete from session s where s.district_code = target.district_code and s.reporter_id = given;
  update erasure e set reporter_id = null where e.district_code = target.district_code and e.reporter_id = given;
  delete from reporter r where r.district_code = target.district_code and r.id = given;
  return files;
end $$;
revoke all on function app.erase_reporter from public;
grant execute on function app.erase_reporter to chuanmen_app;

-- squawk-ignore require-concurrent-index-creation
create index request_entry_follower on request_entry (district_code, by_follower_id) where by_follower_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index request_follower_any on request_follower (district_code, reporter_id);
-- Reporters of whom nothing is known and nothing is left, not even a session.
-- squawk-ignore require-concurrent-index-creation
create index reporter_bare on reporter (district_code, created_at) where phone_index is null and name is null;
create function app.remove_bare_reporters(before timestamptz) returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with gone as (
    delete from reporter r
    where r.district_code = app.district() and r.phone_index is null and r.name is null and r.created_at < before
      and not exists (select 1 from service_request s where s.district_code = r.district_code and s.reporter_id = r.id)
      and not exists (select 1 from session s where s.district_code = r.district_code and s.reporter_id = r.id)
      and not exists (select 1 from request_follower f where f.district_code = r.district_code and f.reporter_id = r.id)
    returning 1)
  select count(*)::integer from gone;
end;
revoke all on function app.remove_bare_reporters from public;
grant execute on function app.remove_bare_reporters to chuanmen_app;

-- A reporter corrects their own name and number (boundary 5); what they said is found by the new ones from the next run of
-- the index on. False when the number is somebody else's.
create function app.correct_reporter(new_name text, sealed bytea, index text, tail text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if index is not null and exists (
    select 1 from reporter r where r.district_code = app.district() and r.phone_index = index and r.id <> app.reporter()) then
    return false;
  end if;
  delete from phone_code c using reporter r
    where index is not null and r.district_code = app.district() and r.id = app.reporter()
      and c.district_code = r.district_code and c.phone_index = r.phone_index and r.phone_index <> index;
  update reporter r set name = coalesce(new_name, r.name), phone_sealed = coalesce(sealed, r.phone_sealed),
      phone_index = coalesce(index, r.phone_index), phone_tail_index = coalesce(tail, r.phone_tail_index),
      proven = r.proven or index is not null
    where r.district_code = app.district() and r.id = app.reporter();
  insert into search_stale select s.district_code, s.id from service_request s
    where s.district_code = app.district() and s.reporter_id = app.reporter() on conflict do nothing;
  return true;
end $$;
revoke all on function app.correct_reporter from public;
grant execute on function app.correct_reporter to chuanmen_app;

-- Old versions of changed rows are cleared away by the job that finishes an erasure, where the server lets a role do so that
-- is not the owner (PostgreSQL 17 and later); otherwise autovacuum does.
do $$
begin
  if current_setting('server_version_num')::integer >= 170000 then
    execute 'grant maintain on service_request, request_entry, request_confidence, request_follower, search_document, publication, attachment, message, contact_way, reporter, session, phone_code to chuanmen_app';
  end if;
end $$;
