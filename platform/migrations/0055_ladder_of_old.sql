-- RQ14: what was overdue before there was a ladder (0041) had told the level above and stood still from then on. It gets the
-- step that today's clock would have given it: the desk that was told has it next, or, where a department works on it, the desk
-- over that one is told. A step later than it was due (a day, two hours where it is urgent), and not before now: nobody could
-- have seen that a step was running, and a district is not to find all of them at its highest desk in one minute.
with levels (named) as (
  values (array['building', 'compound', 'grid', 'village_group', 'community', 'subdistrict', 'district'])),
told as (
  -- An alarm from before says whom it told, and not at which level; that was added with the ladder.
  select r.district_code, r.id, r.level, e.id as entry, o.id as above, o.desk_level as told_level,
    date_trunc('milliseconds', greatest(now(), (r.standing -> 'term' ->> 'dueAt')::timestamptz
      + case when r.urgency = 'now' then interval '2 hours' else interval '1 day' end)) as at
  from service_request r
  cross join lateral (
    select s.id, s.data from request_entry s
    where s.district_code = r.district_code and s.request_id = r.id and s.kind = 'supervise'
      and s.data ->> 'clock' in ('triage', 'solve', 'appeal')
    order by s.seq desc limit 1) e
  join organisation o on o.district_code = r.district_code and o.id = (e.data ->> 'above')::uuid
  cross join levels l
  where r.overdue and r.holder_organisation_id is not null and r.state <> 'answered' and not e.data ? 'level'
    and o.desk_level is not null and (
      (r.state in ('submitted', 'accepted', 'appealed') and o.desk_level <> r.level)
      or exists (
        select 1 from organisation further
        where further.district_code = r.district_code and further.active and starts_with(r.path, further.path)
          and further.id <> all (r.complained_of)
          and array_position(l.named, further.desk_level) > array_position(l.named, o.desk_level))))
update service_request r set
  standing = r.standing || jsonb_build_object(
    'rung', jsonb_build_object(
      'at', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'level', t.told_level),
    'supervisions', coalesce(r.standing -> 'supervisions', '[]') || jsonb_build_object(
      'id', t.entry, 'organisation', t.above, 'level', t.level, 'demanded', false, 'dueAt', null, 'repliedAt', null, 'late', false)),
  -- One that stands still climbs on once it goes on.
  next_alarm_at = coalesce(r.next_alarm_at, t.at)
from told t where r.district_code = t.district_code and r.id = t.id;
