-- Open311: programs that speak for residents, what they sent, and the words that a desk cleared for everybody.

-- A program with a key of its own. Only the key's digest is kept; the key is shown once, when it is made.
create table api_client (
  district_code text not null,
  id uuid not null,
  name text not null,
  key_digest text not null,
  -- Abilities of the permission table that the key carries.
  abilities text[] not null,
  -- Whether a new request is answered with its id, or with a token that the id is asked for with later.
  answers text not null default 'id' check (answers in ('id', 'token')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (district_code, id)
);
create unique index api_client_key on api_client (district_code, key_digest);
alter table api_client enable row level security;
create policy api_client_of_district on api_client using (district_code = (select app.district()));
grant select, insert on api_client to chuanmen_app;
grant update (ended_at) on api_client to chuanmen_app;

-- Who a key stands for, before the transaction has a scope.
create function app.find_api_client(district text, digest text) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('id', c.id, 'name', c.name, 'abilities', to_jsonb(c.abilities), 'answers', c.answers)
  from api_client c where c.district_code = district and c.key_digest = digest and c.ended_at is null
$$;
revoke all on function app.find_api_client from public;
grant execute on function app.find_api_client to chuanmen_app;

-- The ledger names programs too. Not valid only in name: whatever stands there passed the narrower list.
alter table audit_entry drop constraint audit_entry_actor_kind_check;
alter table audit_entry add constraint audit_entry_actor_kind_check
  check (actor_kind in ('anyone', 'follower', 'reporter', 'staff', 'client', 'system')) not valid;

-- Which program sent a request: it alone may add to it later. Nothing about a person.
create table open311_request (
  district_code text not null,
  request_id uuid not null,
  client_id uuid not null,
  received_at timestamptz not null,
  primary key (district_code, request_id),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, client_id) references api_client (district_code, id)
);
alter table open311_request enable row level security;
create policy open311_request_of_district on open311_request using (district_code = (select app.district()));
grant select, insert on open311_request to chuanmen_app;

-- Words that a desk read, freed of whatever is personal, and cleared for everybody. Of a request (entry_id is null) or of
-- one answer. Never changed: clearing anew withdraws the one before and adds another.
create table publication (
  district_code text not null,
  id uuid not null,
  request_id uuid not null,
  entry_id uuid,
  title text,
  description text not null,
  cleared_by uuid not null,
  cleared_for uuid not null,
  cleared_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index publication_of_request on publication (district_code, request_id)
  where entry_id is null and withdrawn_at is null;
create unique index publication_of_entry on publication (district_code, request_id, entry_id)
  where entry_id is not null and withdrawn_at is null;
create index publication_cleared on publication (district_code, cleared_at) where withdrawn_at is null;
alter table publication enable row level security;
create policy publication_of_request on publication using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from service_request r where r.district_code = publication.district_code and r.id = publication.request_id limit 1)));
grant select, insert on publication to chuanmen_app;
grant update (withdrawn_by, withdrawn_at) on publication to chuanmen_app;

-- What happened lately, for programs that fetch updates by time. Each migration is one transaction, in which nothing is
-- made concurrently.
-- squawk-ignore require-concurrent-index-creation
create index request_entry_at on request_entry (district_code, at);
-- The nearest building, compound or community of a point, and those whose name stands in an address.
-- squawk-ignore require-concurrent-index-creation
create index area_point on area (district_code, kind, lat);

-- What everybody may know of a request (boundary 7): its service, the compound or whatever lies above it, times, state,
-- and words only when cleared. No person, no dwelling, nothing of a confidential one or one that complains of somebody
-- (RQ10). A request that was merged stands as the one it follows does (RQ13). Nobody reads the view itself; the functions
-- below do, for the caller's district.
create view app.public_request as
  select r.district_code, r.id, r.code, r.category_code as service, substring(r.path from '^(?:[0-9]+/){1,4}') as area,
    it.state, it.holder_organisation_id is null as closed, r.submitted_at,
    case when it.holder_organisation_id is null
      then coalesce((it.standing ->> 'closedAt')::timestamptz, last.at) else greatest(last.at, p.cleared_at) end as updated_at,
    case when it.state in ('accepted', 'assigned', 'in_progress', 'suspended') then it.due_at end as expected_at,
    coalesce(it.holder_organisation_id, (it.standing -> 'answerer' ->> 'organisation')::uuid) as agency,
    case when it.id <> r.id then it.code end as merged_into, p.title, p.description
  from service_request r
  left join request_follower f on r.state = 'merged' and f.district_code = r.district_code and f.id = r.id and f.until is null
  left join service_request m on m.district_code = f.district_code and m.id = f.request_id and not m.confidential
  join service_request it on it.district_code = r.district_code and it.id = coalesce(m.id, r.id)
  left join publication p on p.district_code = r.district_code and p.request_id = r.id and p.entry_id is null and p.withdrawn_at is null
  cross join lateral (
    select e.at from request_entry e where e.district_code = it.district_code and e.request_id = it.id and e.visible
    order by e.seq desc limit 1) last
  where not r.confidential and r.complained_of = '{}' and r.category_code is not null;

-- Newest first. `guarded`: services whose requests are public only once their words are cleared.
create function app.public_requests(
  since timestamptz, until timestamptz, services text[], is_closed boolean, guarded text[], most integer, skip integer
) returns setof app.public_request language sql stable security definer set search_path = public, pg_temp as $$
  select v.* from app.public_request v
  where v.district_code = app.district() and v.submitted_at >= since and v.submitted_at < until
    and (services is null or v.service = any (services)) and (is_closed is null or v.closed = is_closed)
    and (v.description is not null or v.service <> all (guarded))
  order by v.submitted_at desc, v.id desc limit most offset skip
$$;

-- The next of all, oldest first, behind the one before.
create function app.public_requests_after(since timestamptz, after_id uuid, until timestamptz, guarded text[], most integer)
  returns setof app.public_request language sql stable security definer set search_path = public, pg_temp as $$
  select v.* from app.public_request v
  where v.district_code = app.district() and (v.submitted_at, v.id) > (since, after_id) and v.submitted_at < until
    and (v.description is not null or v.service <> all (guarded))
  order by v.submitted_at, v.id limit most
$$;

create function app.public_requests_by_code(codes text[], guarded text[])
  returns setof app.public_request language sql stable security definer set search_path = public, pg_temp as $$
  select v.* from app.public_request v
  where v.district_code = app.district() and v.code = any (codes)
    and (v.description is not null or v.service <> all (guarded))
  order by v.submitted_at desc, v.id desc
$$;

-- What happened to public requests, oldest first: entries of the kinds given, and answers at the moment they were cleared.
-- What happens to a request is told of each that was merged into it, too, under an id of its own (RQ13).
create function app.public_updates(
  since timestamptz, until timestamptz, kinds text[], guarded text[], most integer, skip integer
) returns table (id uuid, code text, kind text, at timestamptz, state text, words text)
  language sql stable security definer set search_path = public, pg_temp as $$
  with happened as (
    select e.id, e.request_id, e.kind, e.at, e.seq, null as words from request_entry e
    where e.district_code = app.district() and e.at >= since and e.at < until and e.visible and e.kind = any (kinds)
    union all
    select p.id, p.request_id, 'cleared', p.cleared_at, 0, p.description from publication p
    where p.district_code = app.district() and p.cleared_at >= since and p.cleared_at < until
      and p.entry_id is not null and p.withdrawn_at is null)
  select u.id, v.code, u.kind, u.at, v.state, u.words
  from (
    select h.id, h.request_id, h.kind, h.at, h.seq, h.words from happened h
    union all
    select md5(h.id::text || f.id::text)::uuid, f.id, h.kind, h.at, h.seq, h.words
    from happened h
    join request_follower f on f.district_code = app.district() and f.request_id = h.request_id
      and f.from_request_id is not null and f.until is null and f.since < h.at) u
  join app.public_request v on v.district_code = app.district() and v.id = u.request_id
  where v.description is not null or v.service <> all (guarded)
  order by u.at, u.seq, v.code, u.id limit most offset skip
$$;
revoke all on function app.public_requests, app.public_requests_after, app.public_requests_by_code, app.public_updates from public;
grant execute on function app.public_requests, app.public_requests_after, app.public_requests_by_code, app.public_updates
  to chuanmen_app;
