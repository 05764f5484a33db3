-- Files that come after the words that name them (FD12), whoever may read by then what they belong to: the duty may have
-- ended in between. What they belong to was vouched for when the entry was taken in.
create function app.attach_late(of_person uuid) returns integer language sql volatile security definer
  set search_path = public, pg_temp
begin atomic
  with named as (
    select f.district_code, f.entry_id, f.attachment_id, a.kind,
      case f.about when 'request' then f.about_id else e.request_ids[1] end as request_id,
      case f.about when 'visit' then f.about_id end as visit_id
    from field_file f
    join field_entry e on e.district_code = f.district_code and e.id = f.entry_id
    join attachment a on a.district_code = f.district_code and a.id = f.attachment_id
    where f.district_code = app.district() and f.state = 'awaited' and (of_person is null or f.person_id = of_person)
      and (e.fate in ('applied', 'merged', 'conflict') or e.decision = 'take')
      and a.request_id is null and a.visit_id is null and a.owner = 'staff:' || f.person_id),
  -- Of a visit a recording is kept with the visit, where it was spoken, and a photo with what was needed.
  placed as (
    select n.district_code, n.entry_id, n.attachment_id,
      case when n.visit_id is null or (n.kind = 'photo' and n.request_id is not null) then s.request_id end as request_id,
      case when n.visit_id is null or (n.kind = 'photo' and n.request_id is not null) then s.id end as first_entry_id,
      case when n.kind = 'voice' or n.request_id is null then v.id end as visit_id
    from named n
    left join request_entry s on s.district_code = n.district_code and s.request_id = n.request_id and s.seq = 1
    left join visit v on v.district_code = n.district_code and v.id = n.visit_id),
  attached as (
    update attachment a set request_id = p.request_id, entry_id = p.first_entry_id, visit_id = p.visit_id
    from placed p
    where a.district_code = p.district_code and a.id = p.attachment_id and (p.request_id is not null or p.visit_id is not null)
    returning p.district_code, p.entry_id, p.attachment_id),
  here as (
    update field_file f set state = 'here' from attached a
    where f.district_code = a.district_code and f.entry_id = a.entry_id and f.attachment_id = a.attachment_id
    returning f.entry_id),
  told as (
    update field_entry e set changed_in = pg_current_xact_id()::text::bigint
    where e.district_code = app.district() and e.id in (select entry_id from attached) returning 1)
  select count(*)::integer from here;
end;
revoke all on function app.attach_late from public;
grant execute on function app.attach_late to chuanmen_app;
-- squawk-ignore require-concurrent-index-creation
create index field_file_waiting on field_file (district_code, attachment_id) where state = 'awaited';
