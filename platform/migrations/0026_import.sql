-- Registers that come as files: what was brought, what each row would do, what is wrong with it, and what became of it.

create table import (
  district_code text not null,
  -- Made by the page, so that the same file begun twice is one import.
  id uuid not null,
  kind text not null check (kind in ('households', 'people')),
  -- The area it is brought for: every row lies in it.
  path text collate "C" not null,
  by_person_id uuid not null,
  file_name text not null,
  bytes bigint not null check (bytes between 1 and 400000000),
  state text not null check (state in ('uploading', 'reading', 'mapping', 'checking', 'checked', 'applying', 'applied',
    'undoing', 'undone', 'failed', 'cancelled')),
  -- What the file is: format, encoding and delimiter, or the sheets of a workbook.
  shape jsonb,
  sheet text,
  header_row integer,
  header text[],
  -- The first rows, sensitive cells masked.
  sample jsonb,
  -- By column: the field it holds, null for one that is left out.
  mapping text[],
  mode text check (mode in ('all', 'good')),
  rows_done integer not null default 0,
  rows_total integer,
  counts jsonb not null default '{}',
  error_kinds jsonb not null default '{}',
  -- Why the file as a whole could not be read, or why nothing was written.
  fault jsonb,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  applied_at timestamptz,
  undone_at timestamptz,
  undone_by_person_id uuid,
  -- When the file and the staged rows went; what was done stays.
  purged_at timestamptz,
  version integer not null default 1,
  primary key (district_code, id),
  foreign key (district_code, path) references area (district_code, path),
  foreign key (district_code, by_person_id) references person (district_code, id)
);
create index import_time on import (district_code, created_at, id);

-- What each good row would do. Unlogged: after a crash of the database the file is simply checked again.
create unlogged table import_row (
  district_code text not null,
  import_id uuid not null,
  row integer not null,
  -- Of the door that the row is about.
  path text collate "C" not null,
  dwelling_id uuid,
  household_id uuid not null,
  -- The household is new with this file.
  is_new boolean not null,
  resident_id uuid not null,
  fate text not null check (fate in ('add', 'change', 'same')),
  moved_in date,
  name text,
  relation text,
  birth_year smallint,
  phone_sealed bytea,
  phone_index text,
  identity_sealed bytea,
  identity_index text,
  away_kind text,
  away_until date,
  care jsonb,
  -- Fields of an edit of what the register has already, sealed as a whole.
  edit_sealed bytea,
  primary key (district_code, import_id, row)
);
create index import_row_household on import_row (district_code, import_id, household_id);

create table import_error (
  district_code text not null,
  import_id uuid not null,
  -- The area of the import, for row security.
  path text collate "C" not null,
  row integer not null,
  -- From 0; -1 when the row as a whole is wrong.
  col smallint not null,
  code text not null,
  params jsonb not null default '{}',
  -- The cell as it is shown, sensitive ones masked.
  shown text not null,
  primary key (district_code, import_id, row, col, code)
);
create index import_error_code on import_error (district_code, import_id, code, row, col);

-- What was written: by household or person, the version that came of it. It is what an undo goes by.
create table import_effect (
  district_code text not null,
  import_id uuid not null,
  record_id uuid not null,
  path text collate "C" not null,
  entry_id uuid,
  made boolean not null,
  version integer not null,
  -- Null until an undo: taken back, or kept because it was changed since.
  undone text check (undone in ('taken_back', 'kept')),
  primary key (district_code, import_id, record_id)
);
create index import_effect_kept on import_effect (district_code, import_id, undone, record_id);

-- How a district's own forms are read, by their headers; offered again when the same form comes.
create table import_mapping (
  district_code text not null,
  kind text not null,
  fingerprint text not null,
  mapping text[] not null,
  by_person_id uuid not null,
  used_at timestamptz not null,
  primary key (district_code, kind, fingerprint)
);

alter table import enable row level security;
create policy import_in_reach on import using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table import_row enable row level security;
create policy import_row_in_reach on import_row using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table import_error enable row level security;
create policy import_error_in_reach on import_error using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table import_effect enable row level security;
create policy import_effect_in_reach on import_effect using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table import_mapping enable row level security;
create policy import_mapping_of_district on import_mapping using (district_code = (select app.district()));
grant select, insert, update on import, import_effect, import_mapping to chuanmen_app;
grant select, insert, update, delete on import_row, import_error to chuanmen_app;

-- Which of these identity numbers the register has somewhere in the district: somebody who lives elsewhere is not entered a
-- second time, and whoever asks learns no more than that.
create function app.identities_known(given text[]) returns setof text
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.identity_index from resident r
  join household h on h.district_code = r.district_code and h.id = r.household_id
    and h.moved_out is null and h.merged_into_id is null
  where r.district_code = app.district() and r.identity_index = any (given) and r.left_on is null and r.merged_into_id is null;
end;
revoke all on function app.identities_known from public;
grant execute on function app.identities_known to chuanmen_app;

-- Which of these households something was recorded of beside the register itself: a visit, a promise, a conflict. Tables that
-- name a household are found by their foreign keys, so that a later one counts from its first day; tasks that rules make of
-- their own accord do not count.
create function app.households_used(given uuid[]) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  link record;
begin
  for link in
    select c.conrelid::regclass::text as name, a.attname as column_name
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[array_position(c.confkey,
      (select attnum from pg_attribute where attrelid = 'household'::regclass and attname = 'id'))]
    where c.contype = 'f' and c.confrelid = 'household'::regclass
      and c.conrelid::regclass::text not in ('resident', 'care', 'household_entry', 'visit_task')
  loop
    return query execute format('select distinct %I from %s where district_code = app.district() and %I = any ($1)',
      link.column_name, link.name, link.column_name) using given;
  end loop;
end $$;
revoke all on function app.households_used from public;
grant execute on function app.households_used to chuanmen_app;
