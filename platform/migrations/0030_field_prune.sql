-- A mark may go once no cursor in use can be older than it: a phone that was away for 14 days begins anew. Before that, none
-- may: of two transactions that ran side by side a cursor can know the later number and not the earlier one.
alter table field_mark add column marked_at timestamptz not null default now();

drop function app.prune_field;
create function app.prune_field(gone_before timestamptz) returns void language sql volatile security definer
  set search_path = public, pg_temp
begin atomic
  delete from field_mark where district_code = app.district() and marked_at < now() - interval '15 days';
  delete from field_holding where district_code = app.district() and gone_at < gone_before;
end;
revoke all on function app.prune_field from public;
grant execute on function app.prune_field to chuanmen_app;
