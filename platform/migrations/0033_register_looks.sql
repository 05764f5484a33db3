-- What was looked at of one's own household stands in "who looked" like everything else (boundary 4).

-- The households and residents of the register that the reporter's proven phone belongs to.
create function app.own_home() returns uuid[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(distinct h.household_id) || array_agg(h.resident_id), '{}') from app.homes_of(app.reporter()) h;
end;
revoke all on function app.own_home from public;
grant execute on function app.own_home to chuanmen_app;

drop policy audit_entry_in_reach on audit_entry;
create policy audit_entry_in_reach on audit_entry for select using (
  district_code = (select app.district())
  and ((select app.reach()) <> 'none' or reporter_id = (select app.reporter())
    or subject_id = any ((select app.own_home())::uuid[])));
