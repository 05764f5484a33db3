-- RQ13: who else said the same, and follows the request that stands for it.

create table request_follower (
  district_code text not null,
  -- Of one who chose to follow: made by their phone. Of the reporter of a merged request: that request's own.
  id uuid not null,
  request_id uuid not null,
  reporter_id uuid not null,
  -- What opens it together with the phone's last four digits; a merged request keeps its own.
  code text collate "C" not null,
  -- What it is called in messages: place and kind, never the words of the one that is followed. A merged request has its own.
  title text,
  since timestamptz not null,
  until timestamptz,
  -- The merged request whose reporter this is.
  from_request_id uuid,
  -- The merged request that this one followed until then, and goes back to with it.
  came_with_id uuid,
  primary key (district_code, id),
  unique (district_code, code),
  check (from_request_id is null or from_request_id = id),
  check ((title is null) = (from_request_id is not null)),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, from_request_id) references service_request (district_code, id),
  foreign key (district_code, reporter_id) references reporter (district_code, id)
);
create index request_follower_request on request_follower (district_code, request_id) where until is null;
create index request_follower_reporter on request_follower (district_code, reporter_id, since desc) where until is null;

-- A follower reaches their own row and through it what the service shows of the request; never the request itself, whose
-- policy knows nothing of followers. Staff see them with the requests they reach.
alter table request_follower enable row level security;
create policy request_follower_read on request_follower for select using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or reporter_id = (select app.reporter())
    or id = any ((select app.requests())::uuid[])
    or (select true from service_request r where r.district_code = request_follower.district_code and r.id = request_follower.request_id limit 1)));
create policy request_follower_added on request_follower for insert with check (
  district_code = (select app.district()) and app.reaches_request(request_id));
create policy request_follower_changed on request_follower for update using (
  district_code = (select app.district()) and app.reaches_request(request_id));
grant select, insert, update on request_follower to chuanmen_app;

-- Which follower made an entry; null for the reporter's own and for everybody else.
alter table request_entry add column by_follower_id uuid;

-- Looks a request or a following up by its code before the phone tail is proven; says nothing but which it is.
create or replace function app.request_by_code(of_code text) returns table (id uuid, reporter uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select r.id, r.reporter_id from service_request r
    where r.district_code = app.district() and r.code = of_code and not r.confidential
    union all
    select f.id, f.reporter_id from request_follower f
    where f.district_code = app.district() and f.code = of_code and f.from_request_id is null and f.until is null $$;

-- Who is told with the reporter: by whatever they opened it with, under the name they know it by. Whoever enters something
-- reaches the request, but not always those that were merged into it.
create function app.followers_of(requests uuid[])
  returns table (id uuid, request uuid, reporter uuid, code text, title text, is_direct boolean)
  language sql stable security definer rows 5 set search_path = public, pg_temp
begin atomic
  select f.id, f.request_id, f.reporter_id, f.code, coalesce(f.title, m.title), f.from_request_id is null
  from request_follower f
  left join service_request m on m.district_code = f.district_code and m.id = f.from_request_id
  where f.district_code = app.district() and f.request_id = any (requests) and f.until is null
  order by f.since, f.id;
end;
revoke all on function app.followers_of from public;
grant execute on function app.followers_of to chuanmen_app;

-- What was said lately around a place, for finding the same. The community of a path is its first three codes, always of
-- 6, 9 and 12 digits; a position is found by the squares of 1/200 degree around it.
-- Beside the rows that are there: what a district has by then is indexed in seconds.
-- squawk-ignore require-concurrent-index-creation
create index service_request_near on service_request (district_code, left(path, 30), submitted_at desc);
-- squawk-ignore require-concurrent-index-creation
create index service_request_square on service_request (district_code, floor(lon * 200), floor(lat * 200), submitted_at desc)
  where lon is not null;

-- What is confidential or complains of somebody is left out: nobody is told that it is there (RQ10).
-- Runs as the owner, because a resident who is still writing reaches no request. What it gives back stays in the server:
-- the service shows place, kind, time, state and how many, never words (boundary 7).
create function app.said_around(community text, at_lon double precision, at_lat double precision, since timestamptz, most integer)
  returns table (id uuid, path text, place text, lon double precision, lat double precision, category text, state text,
    submitted_at timestamptz, title text, words text, reporter uuid, followers integer)
  language sql stable security definer rows 50 set search_path = public, pg_temp
begin atomic
  select r.id, r.path, r.place, coalesce(r.lon, a.lon), coalesce(r.lat, a.lat), r.category_code, r.state,
    r.submitted_at, r.title, r.words, r.reporter_id, (r.standing ->> 'followers')::integer
  from (
    (select s.* from service_request s
      where s.district_code = app.district() and left(s.path, 30) = left(community, 30) and s.submitted_at >= since
      order by s.submitted_at desc limit most)
    union
    (select s.* from service_request s
      where s.district_code = app.district() and s.lon is not null and s.submitted_at >= since
        and floor(s.lon * 200) in (floor(at_lon * 200 - 0.5), floor(at_lon * 200 + 0.5))
        and floor(s.lat * 200) in (floor(at_lat * 200 - 0.5), floor(at_lat * 200 + 0.5))
      order by s.submitted_at desc limit most)) r
  left join area a on a.district_code = r.district_code and a.path = r.path and a.kind in ('compound', 'building', 'unit')
  where r.state not in ('declined', 'merged', 'withdrawn') and not r.confidential and r.complained_of = '{}';
end;
revoke all on function app.said_around from public;
grant execute on function app.said_around to chuanmen_app;
