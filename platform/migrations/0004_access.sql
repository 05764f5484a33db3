-- Who is at the door: passwords, second factors, sessions, phone codes, reporters.

create table credential (
  district_code text not null,
  person_id uuid not null,
  password_hash text not null,
  must_change boolean not null default false,
  totp_sealed bytea,
  -- An authenticator that was offered and not yet confirmed by a code.
  totp_pending_sealed bytea,
  -- The last time step a code was accepted for, so that the same code is never accepted twice (RFC 6238, 5.2).
  totp_last_step bigint,
  changed_at timestamptz not null,
  primary key (district_code, person_id),
  foreign key (district_code, person_id) references person (district_code, id)
);

-- Failures count per login that was tried, known or not, so that a lock does not tell which logins exist; and never
-- per address, because a whole office shares one. The login itself is not kept, only its blind index.
create table login_failure (
  district_code text not null,
  login_index text not null,
  failures smallint not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  primary key (district_code, login_index)
);

-- Someone who says something: known by phone (sealed), by name if given, or by neither.
create table reporter (
  district_code text not null,
  id uuid not null,
  name text,
  phone_sealed bytea,
  phone_index text,
  phone_tail_index text,
  -- Where "my home" is, once the phone has been proven and the register knows it, or the reporter chose it.
  home_path text collate "C",
  home_household_id uuid,
  proven boolean not null default false,
  created_at timestamptz not null,
  primary key (district_code, id)
);
-- One phone is one reporter, from its first mention on; whoever proves the phone later finds what was said with it.
create unique index reporter_phone on reporter (district_code, phone_index) where phone_index is not null;

create table session (
  district_code text not null,
  token_hash text not null,
  kind text not null check (kind in ('staff', 'reporter', 'follower', 'second_factor')),
  person_id uuid,
  reporter_id uuid,
  -- What a browser without an account follows.
  request_ids uuid[] not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (district_code, token_hash)
);
create index session_person on session (district_code, person_id) where person_id is not null;
create index session_reporter on session (district_code, reporter_id) where reporter_id is not null;
create index session_expiry on session (district_code, expires_at);

create table phone_code (
  district_code text not null,
  phone_index text not null,
  -- Null once used up: by a right code, or by too many wrong ones.
  code_hash text,
  tries smallint not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  -- How many went out since `day_since`, which starts anew after 24 hours.
  day_count smallint not null,
  day_since timestamptz not null,
  primary key (district_code, phone_index)
);

-- Wrong guesses at code + phone tail, counted per request code, so that ten thousand tails cannot be tried.
create table follow_failure (
  district_code text not null,
  code text not null,
  failures smallint not null,
  since timestamptz not null,
  primary key (district_code, code)
);

alter table credential enable row level security;
create policy credential_of_district on credential using (district_code = (select app.district()));
alter table login_failure enable row level security;
create policy login_failure_of_district on login_failure using (district_code = (select app.district()));
alter table reporter enable row level security;
-- A reporter's row is reached by the reporter, or through a request one may read; see 0007.
alter table session enable row level security;
create policy session_of_district on session using (district_code = (select app.district()));
alter table phone_code enable row level security;
create policy phone_code_of_district on phone_code using (district_code = (select app.district()));
alter table follow_failure enable row level security;
create policy follow_failure_of_district on follow_failure using (district_code = (select app.district()));
grant select, insert, update on credential to chuanmen_app;
-- Reporters are made and changed by the functions below alone.
grant select on reporter to chuanmen_app;
grant select, insert, update, delete on session, phone_code, follow_failure, login_failure to chuanmen_app;

-- Who stands at the door, in one round trip and before the transaction has a scope. Posts that ended, organisations and
-- people that are no longer active count for nothing, from that moment on. `deskLevel` only where the post covers just
-- the area whose desk the organisation is.
create function app.find_session(district text, token text, at timestamptz) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'kind', s.kind, 'reporter', s.reporter_id, 'requests', to_jsonb(s.request_ids),
    'person', (
      select jsonb_build_object(
        'id', p.id, 'name', p.name, 'secondFactor', c.totp_sealed is not null, 'mustChange', coalesce(c.must_change, false),
        'posts', coalesce((
          select jsonb_agg(jsonb_build_object('role', o.role, 'organisation', o.organisation_id, 'path', o.path,
            'deskLevel', case when g.path = o.path then g.desk_level end) order by o.valid_from, o.id)
          from post o
          join organisation g on g.district_code = o.district_code and g.id = o.organisation_id and g.active
          where o.district_code = p.district_code and o.person_id = p.id
            and o.valid_from <= at and (o.valid_until is null or o.valid_until > at)), '[]'))
      from person p
      left join credential c on c.district_code = p.district_code and c.person_id = p.id
      where p.district_code = s.district_code and p.id = s.person_id and p.active))
  from session s
  where s.district_code = district and s.token_hash = token and s.ended_at is null and s.expires_at > at
$$;
revoke all on function app.find_session from public;
grant execute on function app.find_session to chuanmen_app;

-- The reporter of a phone, or of an id where there is none; made when nobody knew it. A mention never overwrites what a
-- proven phone says about itself. Null when the id stands for somebody with another phone. Whoever proves a phone ends
-- what browsers held in its name before.
create function app.reporter_for(
  given uuid, given_name text, sealed bytea, index text, tail text, proves boolean, at timestamptz
) returns table (reporter uuid, is_new boolean)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known reporter;
begin
  insert into reporter (district_code, id, name, phone_sealed, phone_index, phone_tail_index, proven, created_at)
    values (app.district(), given, given_name, sealed, index, tail, proves, at)
    on conflict do nothing;
  if found then
    return query select given, true;
    return;
  end if;
  select r.* into known from reporter r
    where r.district_code = app.district()
      and case when index is null then r.id = given and r.phone_index is null else r.phone_index = index end
    for update;
  if known.id is null then return; end if;
  if proves and not known.proven then
    update session s set ended_at = at
      where s.district_code = app.district() and s.reporter_id = known.id and s.ended_at is null;
  end if;
  update reporter r set name = coalesce(r.name, given_name), proven = r.proven or proves
    where r.district_code = app.district() and r.id = known.id
      and ((r.name is null and given_name is not null) or (proves and not r.proven));
  return query select known.id, false;
end $$;
revoke all on function app.reporter_for from public;
grant execute on function app.reporter_for to chuanmen_app;

-- "My home", out of the register: only for a proven phone that stands at exactly one door.
create function app.settle_home(given uuid, at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update reporter r set home_path = h.path, home_household_id = h.household_id
  from (
    select min(s.path) as path, (array_agg(distinct s.household_id))[1] as household_id
    from resident s
    join reporter me on me.district_code = s.district_code and me.id = given and me.phone_index = s.phone_index
    join household d on d.district_code = s.district_code and d.id = s.household_id
    where s.district_code = app.district()
      and (d.moved_out is null or d.moved_out > (at at time zone 'Asia/Shanghai')::date)
    having count(distinct s.household_id) = 1) h
  where r.district_code = app.district() and r.id = given and r.proven and r.home_path is null
$$;
revoke all on function app.settle_home from public;
grant execute on function app.settle_home to chuanmen_app;

-- What a reporter without a phone said so far, to be carried along when this browser proves a phone.
create function app.said_by(given uuid) returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(q.id), '{}') from (
    select s.id from service_request s
    join reporter r on r.district_code = s.district_code and r.id = s.reporter_id and r.phone_index is null
    where s.district_code = app.district() and s.reporter_id = given
    order by s.submitted_at desc limit 50) q);
end $$;
revoke all on function app.said_by from public;
grant execute on function app.said_by to chuanmen_app;

-- The blind index of a phone's last four digits, to be compared with by whoever follows a request without an account.
create function app.tail_of(given uuid) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.phone_tail_index from reporter r where r.district_code = app.district() and r.id = given
$$;
revoke all on function app.tail_of from public;
grant execute on function app.tail_of to chuanmen_app;
