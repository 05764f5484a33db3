-- Lists that leave the product (boundary 8): what was asked for, why, who let it. The file itself is never kept: it is written
-- when it is fetched, from what its maker may read at that moment, and is over after some days.
create table export (
  district_code text not null,
  -- Made by the page: the same id asked for twice is one export.
  id uuid not null,
  list text not null check (list in ('requests')),
  query jsonb not null,
  format text not null check (format in ('csv', 'xlsx')),
  reason text not null check (char_length(reason) between 4 and 200),
  -- The area of the post of whoever asks: desks over it decide.
  path text collate "C" not null,
  by_person_id uuid not null,
  -- So many it was when it was asked for; more never leave.
  rows integer not null check (rows >= 0),
  state text not null check (state in ('waiting', 'ready', 'refused')),
  decided_by_person_id uuid check (decided_by_person_id <> by_person_id),
  decided_at timestamptz,
  fetched integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, by_person_id) references person (district_code, id)
);
create index export_maker on export (district_code, by_person_id, created_at, id);
create index export_waiting on export (district_code, created_at, id) where state = 'waiting';

alter table export enable row level security;
create policy export_in_reach on export using (
  district_code = (select app.district()) and (by_person_id = (select app.person()) or (select app.reach()) = 'district'
    or app.within_paths(path)));
grant select, insert, update on export to chuanmen_app;
