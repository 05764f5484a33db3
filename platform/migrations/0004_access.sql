-- Who is at the door: passwords, second factors, sessions, phone codes, reporters.

create table credential (
  district_code text not null,
  person_id uuid not null,
  password_hash text not null,
  must_change boolean not null default false,
  totp_sealed bytea,
  -- The last time step a code was accepted for, so that the same code is never accepted twice (RFC 6238, 5.2).
  totp_last_step bigint,
  failures smallint not null default 0,
  locked_until timestamptz,
  changed_at timestamptz not null,
  primary key (district_code, person_id),
  foreign key (district_code, person_id) references person (district_code, id)
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
create index session_expiry on session (district_code, expires_at);

create table phone_code (
  district_code text not null,
  phone_index text not null,
  code_hash text not null,
  tries smallint not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
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
alter table reporter enable row level security;
-- A reporter's row is reached by the reporter, or through a request one may read; see 0007.
alter table session enable row level security;
create policy session_of_district on session using (district_code = (select app.district()));
alter table phone_code enable row level security;
create policy phone_code_of_district on phone_code using (district_code = (select app.district()));
alter table follow_failure enable row level security;
create policy follow_failure_of_district on follow_failure using (district_code = (select app.district()));
grant select, insert, update on credential, reporter to chuanmen_app;
grant select, insert, update, delete on session, phone_code, follow_failure to chuanmen_app;
