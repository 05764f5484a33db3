-- Erasing changes these, too; their old versions are cleared away as 0019 does. Without the grant VACUUM passes them by with no more than
-- a warning.
do $$
begin
  if current_setting('server_version_num')::integer >= 170000 then
    execute 'grant maintain on erasure, meeting_item, precedent, whistle_entry, wish, wish_claim, wish_entry, wish_told to chuanmen_app';
  end if;
end $$;
