-- Dwellings, households and residents. Only what boundaries.md allows; each personal column is declared in access/fields.

create table dwelling (
  district_code text not null,
  id uuid not null,
  path text collate "C" not null,
  floor smallint not null,
  number text not null,
  primary key (district_code, id),
  unique (district_code, path, number),
  foreign key (district_code, path) references area (district_code, path)
);

create table household (
  district_code text not null,
  id uuid not null,
  dwelling_id uuid not null,
  path text collate "C" not null,
  moved_in date,
  moved_out date,
  primary key (district_code, id),
  foreign key (district_code, dwelling_id) references dwelling (district_code, id)
);
create index household_dwelling on household (district_code, dwelling_id);
create index household_path on household (district_code, path);

create table resident (
  district_code text not null,
  id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  name text not null,
  relation text not null check (relation in ('head', 'spouse', 'child', 'parent', 'grandparent', 'tenant', 'other')),
  birth_year smallint check (birth_year between 1900 and 2100),
  phone_sealed bytea,
  phone_index text,
  identity_sealed bytea,
  identity_index text,
  primary key (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id)
);
create index resident_household on resident (district_code, household_id);
create index resident_path on resident (district_code, path);
create index resident_phone on resident (district_code, phone_index) where phone_index is not null;
create index resident_identity on resident (district_code, identity_index) where identity_index is not null;

alter table dwelling enable row level security;
create policy dwelling_of_district on dwelling using (district_code = (select app.district()));
alter table household enable row level security;
create policy household_in_reach on household using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
alter table resident enable row level security;
create policy resident_in_reach on resident using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)));
grant select, insert, update on dwelling, household, resident to chuanmen_app;
