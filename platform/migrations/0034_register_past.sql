-- Where residents belonged before: households split and come together, and who lived where on a day stays right (HH12). Where
-- somebody belongs now stands in `resident`. Half-open; a stay that was entered wrongly becomes an empty span.
create table resident_past (
  district_code text not null,
  id uuid not null,
  resident_id uuid not null,
  household_id uuid not null,
  path text collate "C" not null,
  -- Null: as long as is known.
  from_on date,
  until_on date not null,
  -- The entry that ended the stay.
  entry_id uuid not null,
  primary key (district_code, id),
  foreign key (district_code, resident_id) references resident (district_code, id),
  foreign key (district_code, household_id) references household (district_code, id),
  check (from_on is null or from_on <= until_on)
);
create index resident_past_household on resident_past (district_code, household_id, until_on);
create index resident_past_resident on resident_past (district_code, resident_id);
create index resident_past_entry on resident_past (district_code, entry_id);
alter table resident_past enable row level security;
create policy resident_past_in_reach on resident_past using (
  district_code = (select app.district()) and ((select app.reach()) = 'district' or app.within_paths(path)
    or household_id = any ((select app.own_households_lately())::uuid[])));
grant select, insert, update on resident_past to chuanmen_app;
