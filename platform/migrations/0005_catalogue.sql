-- Categories of requests with their limits, and the days and hours a district works otherwise than the country.

create table category (
  district_code text not null,
  code text collate "C" not null check (code ~ '^[A-Z][0-9]{2}$'),
  name_zh text not null,
  name_en text not null,
  group_zh text not null,
  group_en text not null,
  -- Departments that lead, in order, and those that help; short names, as the list of categories gives them.
  leads text[] not null,
  helpers text[] not null default '{}',
  active boolean not null default true,
  version integer not null default 1,
  primary key (district_code, code)
);

-- What limit a category has from when on; of several set for the same moment the last one set. Only ever added to.
-- Requests carry their own copy; a later row never touches them (RQ16).
create table category_limit (
  district_code text not null,
  category_code text collate "C" not null,
  valid_from timestamptz not null,
  -- Version of the category that this made.
  version integer not null default 1,
  set_at timestamptz not null,
  steps jsonb not null check (jsonb_typeof(steps) = 'array'),
  set_by uuid,
  primary key (district_code, category_code, valid_from, version),
  foreign key (district_code, category_code) references category (district_code, code)
);

-- Days on which a district works or rests otherwise than its calendar says.
create table holiday (
  district_code text not null,
  day date not null,
  working boolean not null,
  -- On whose word: the number of a notice.
  name text not null,
  primary key (district_code, day)
);

-- Hours of a working day, when not the usual ones, and the years whose notice was entered by hand.
create table district_calendar (
  district_code text not null,
  hours jsonb check (jsonb_typeof(hours) = 'array'),
  published integer[] not null default '{}',
  version integer not null default 1,
  set_by uuid,
  set_at timestamptz not null,
  primary key (district_code)
);

alter table category enable row level security;
create policy category_of_district on category using (district_code = (select app.district()));
alter table category_limit enable row level security;
create policy category_limit_of_district on category_limit using (district_code = (select app.district()));
alter table holiday enable row level security;
create policy holiday_of_district on holiday using (district_code = (select app.district()));
alter table district_calendar enable row level security;
create policy district_calendar_of_district on district_calendar using (district_code = (select app.district()));
grant select, insert, update on category, district_calendar to chuanmen_app;
grant select, insert on category_limit to chuanmen_app;
grant select, insert, delete on holiday to chuanmen_app;
