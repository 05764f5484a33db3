-- Work that phones coming back by the hundred ask for, in fewer and shorter steps (docs/adr/0042).

-- Asked of every row that row security looks at, so it must be an expression that the planner puts in the place of the call; one
-- with a query inside is a call a row. `paths` are prefixes, so a place is within one exactly if it starts with it.
create or replace function app.within_paths(path text) returns boolean language sql stable
  return coalesce(path collate "C" ^@ any (app.paths()), false);

-- Several lines of one deed: the lane is taken once, whatever there is to tell. The same chain as app.audit_append makes.
create function app.audit_append_all(at timestamptz, actor_kind text, actor_id uuid, organisation_id uuid, action text, purpose text,
  lines jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  own_lane constant smallint := pg_backend_pid() % 16;
  head audit_head;
  entry audit_entry;
  line record;
begin
  select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  if not found then
    insert into audit_head values (app.district(), own_lane, 0, '\x00') on conflict do nothing;
    select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  end if;
  for line in
    select n.kind, n.subject, n.path, n.reason, n.detail, coalesce(q.reporter_id, b.reporter_id) as about
    from jsonb_to_recordset(lines) as n (kind text, subject uuid, path text, reason text, detail jsonb)
    left join service_request q on n.kind = 'request' and q.district_code = app.district() and q.id = n.subject
    left join attachment a on n.kind = 'attachment' and a.district_code = app.district() and a.id = n.subject
    left join service_request b on b.district_code = a.district_code and b.id = a.request_id
  loop
    entry := row(head.district_code, head.lane, head.seq + 1, at, actor_kind, actor_id, organisation_id, action, purpose,
      line.kind, line.subject, line.about, line.path, line.reason, line.detail, ''::bytea);
    entry.hash := app.audit_hash(head.hash, entry);
    insert into audit_entry select entry.*;
    head.seq := entry.seq;
    head.hash := entry.hash;
  end loop;
  update audit_head h set seq = head.seq, hash = head.hash where h.district_code = head.district_code and h.lane = head.lane;
end $$;
revoke all on function app.audit_append_all from public;
grant execute on function app.audit_append_all to chuanmen_app;
