-- Categories of requests with their limits, and the days a district works or rests otherwise than the country.

create table category (
  district_code text not null,
  code text collate "C" not null check (code ~ '^[A-Z][0-9]{2}$'),
  name_zh text not null,
  name_en text not null,
  group_zh text not null,
  group_en text not null,
  -- Departments that lead, in order; short names, as the list of categories gives them.
  leads text[] not null,
  active boolean not null default true,
  version integer not null default 1,
  primary key (district_code, code)
);

-- What limit a category has from when on. Requests carry their own copy; a later row never touches them (RQ16).
create table category_limit (
  district_code text not null,
  category_code text collate "C" not null,
  valid_from timestamptz not null,
  steps jsonb not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code, category_code, valid_from),
  foreign key (district_code, category_code) references category (district_code, code)
);

create table holiday (
  district_code text not null,
  day date not null,
  working boolean not null,
  name text not null,
  primary key (district_code, day)
);

alter table category enable row level security;
create policy category_of_district on category using (district_code = (select app.district()));
alter table category_limit enable row level security;
create policy category_limit_of_district on category_limit using (district_code = (select app.district()));
alter table holiday enable row level security;
create policy holiday_of_district on holiday using (district_code = (select app.district()));
grant select, insert, update on category, category_limit, holiday to chuanmen_app;
grant delete on holiday to chuanmen_app;
