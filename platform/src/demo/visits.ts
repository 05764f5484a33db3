import type pg from 'pg'
import { drawn } from '#requests/calls/sampling.ts'
import { holidaysAround } from '#visits/holidays.ts'
import { addDays } from '#visits/lifecycle.ts'
import { periodsOf } from '#visits/periods.ts'
import type { Period } from '#visits/periods.ts'
import { defaultRules, seededRule } from '#visits/rule-service.ts'
import words from './data/visits.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import { iso } from './simulation.ts'
import { homeInShowcase, noteConfirmations, noteNeeds } from './visit-scenes.ts'
import type { World } from './world.ts'

/**
 * A year of rounds, in sets: whatever happened at a door follows from its id and the period, so that the same district has
 * the same rounds. Everything stands as the live rules would have left it (lifecycle of a visit task).
 */

/** Months of rounds in the showcase community; everywhere else this month is enough. */
const showcaseMonths = 12
const weeksOfCare = 8
/** Monday draws of the weeks before this one. */
const pastDraws = 4

type Rounds = { client: pg.ClientBase; district: string; today: string; now: string }

export async function fillVisits(client: pg.ClientBase, world: World): Promise<void> {
  const district = world.geography.district.code
  const today = world.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const rounds = { client, district, today, now: world.now.toString() }
  // The functions of the migrations ask which district it is, as in any transaction of the product.
  await client.query(`select set_config('app.district', $1, true)`, [district])
  // The same number for the same words on every PostgreSQL; gone with the connection.
  await client.query(
    `create function pg_temp.lot(words text) returns integer language sql immutable
       return ('x' || substr(md5(words), 1, 7))::bit(28)::integer`,
  )
  await addRules(rounds, iso(world.since))
  await client.query('analyze household, dwelling, duty, care, service_request')
  await client.query(
    `create temp table round on commit drop as
     select h.id as household_id, h.path, d.person_id,
       exists (select from care c where c.district_code = h.district_code and c.household_id = h.id and c.ended_on is null
         and c.kind in ('lives_alone', 'bedridden', 'serious_illness')) as cared
     from household h left join duty d on d.district_code = h.district_code and d.dwelling_id = h.dwelling_id and d.valid_until is null
     where h.district_code = $1 and h.moved_out is null`,
    [district],
  )
  await client.query('analyze round')
  const community = world.geography.subdistricts
    .flatMap(({ communities }) => communities)
    .find(({ area }) => area.code === places.showcase.community)
  const shown = community?.area.path ?? ''
  const monthly = { rhythm: 'monthly', event: null, days: 10 } as const
  const months = periodsOf(monthly, addDays(today, -31 * showcaseMonths), addDays(today, 1))
  for (const [index, month] of months.entries())
    await addPeriod(rounds, 'monthly', month, index === months.length - 1 ? '' : shown)
  const weekly = { rhythm: 'weekly', event: null, days: null } as const
  for (const week of periodsOf(weekly, addDays(today, -7 * weeksOfCare), addDays(today, 1)))
    await addPeriod(rounds, 'weekly_care', week, shown)
  await addVisits(rounds)
  await homeInShowcase(rounds, shown, words)
  await noteConfirmations(rounds, shown, words)
  await noteNeeds(rounds)
  await addDraws(rounds, shown)
}

async function addRules({ client, district }: Rounds, since: string): Promise<void> {
  for (const { key, ...rule } of defaultRules()) {
    await client.query(
      `insert into visit_rule (district_code, id, version, valid_from, name, who, care_kinds, rhythm, event, days, visitor, basis, set_at)
       values ($1, $2, 1, $3::timestamptz::date, $4, $5, $6, $7, $8, $9, $10, $11, $3::timestamptz)`,
      [
        district,
        seededRule(district, key),
        since,
        rule.name,
        rule.who,
        rule.careKinds,
        rule.rhythm,
        rule.event,
        rule.days,
        rule.visitor,
        rule.basis,
      ],
    )
  }
}

/**
 * The tasks of one period under an area: of a thousand 800 done in time, 60 late, 50 not reached on three days, 20 declined,
 * the others missed; of this period only what lies behind today.
 */
async function addPeriod(
  { client, district, today, now }: Rounds,
  key: string,
  period: Period,
  area: string,
): Promise<void> {
  const rule = seededRule(district, key)
  const span = Math.round((Date.parse(period.dueOn) - Date.parse(period.opensOn)) / 86_400_000) + 1
  await client.query(
    `insert into visit_task (district_code, id, rule_id, rule_version, household_id, path, period, visitor, person_id, state, opens_on,
       due_on, closes_on, tries, next_try_on, ended_as, ended_on, visit_id, made_at)
     select $1, f.id, $2::uuid, 1, f.household_id, f.path, $3::text, 'liaison', f.person_id,
       case f.fate when 'met' then 'done' when 'met_late' then 'done' when 'not_reached' then 'excused' when 'declined' then 'excused'
         when 'window' then 'missed' else 'open' end,
       $4::date, $5::date, $6::date,
       case when f.fate = 'not_reached' then 3 when f.fate = 'trying' then 1 else 0 end,
       case when f.fate = 'trying' then f.day + 2 end,
       case when f.fate in ('open', 'trying') then null else f.fate end,
       case when f.fate in ('open', 'trying') then null when f.fate = 'window' then $6::date else f.day end,
       case when f.fate in ('open', 'trying', 'window') then null else app.derived_id('visit ' || f.id) end, $4::date
     from (
       select d.id, d.household_id, d.path, d.person_id, d.day,
         case when d.fate = 'not_reached' and d.day > $7::date and d.day - 6 <= $7::date and d.day - 4 < $6::date then 'trying'
           when d.fate <> 'window' and d.day < $6::date and d.day <= $7::date then d.fate
           when $6::date > $7::date then 'open' else 'window' end as fate
       from (
         select r.id, r.household_id, r.path, r.person_id,
           case when r.lot < 800 then 'met' when r.lot < 860 then 'met_late' when r.lot < 910 then 'not_reached'
             when r.lot < 930 then 'declined' else 'window' end as fate,
           case when r.lot >= 800 and r.lot < 860 then $5::date + 1 + r.lot2 % 5
             when r.lot >= 860 and r.lot < 910 then $4::date + 6 + r.lot2 % 3
             else $4::date + r.lot2 % $8::integer end as day
         from (
           select o.*, app.derived_id($2::uuid::text || ' ' || o.household_id || ' ' || $3::text) as id,
             pg_temp.lot(o.household_id || $3::text) % 1000 as lot, pg_temp.lot($3::text || o.household_id) % 1000 as lot2
           from round o where ($9::text = '' or (o.path >= $9 collate "C" and o.path < ($9 || chr(1114111)) collate "C"))
             and ($10::text <> 'weekly_care' or o.cared)) r) d) f
     order by f.path, f.household_id`,
    [district, rule, period.key, period.opensOn, period.dueOn, period.closesOn, today, span, area, key],
  )
  await client.query(
    `insert into visit_run (district_code, rule_id, period, rule_version, ran_at, tasks)
     select $1, $2::uuid, $3::text, 1, $4::timestamptz, count(*) from visit_task
     where district_code = $1 and rule_id = $2::uuid and period = $3::text`,
    [district, rule, period.key, now],
  )
}

/** The visits behind the tasks, and what they entered. */
async function addVisits({ client, district }: Rounds): Promise<void> {
  const chosen = (list: readonly string[], column: string) =>
    `(array[${list.map((one) => client.escapeLiteral(one)).join(', ')}])[1 + pg_temp.lot(${column} || 'words') % ${list.length}]`
  await client.query(
    `insert into visit (district_code, id, household_id, path, person_id, visitor, outcome, how, words, opinion, on_day, device_at, at)
     select $1, t.visit_id, t.household_id, t.path, t.person_id, 'liaison', case when t.ended_as like 'met%' then 'met' else 'declined' end,
       case when t.ended_as not like 'met%' then null when l.lot < 880 then 'fine' when l.lot < 960 then 'difficulty' else 'come_more_often' end,
       case when t.ended_as like 'met%' and l.lot % 3 = 0 then ${chosen(words.words, 't.id::text')} end,
       case when t.ended_as like 'met%' and l.lot % 120 = 0 then ${chosen(words.opinions, 't.id::text')} end,
       t.ended_on, l.at, l.at + interval '3 minutes'
     from visit_task t cross join lateral (select pg_temp.lot(t.id::text) % 1000 as lot,
       t.ended_on + interval '1 hour' + pg_temp.lot(t.id::text || 'hour') % 660 * interval '1 minute' as at) l
     where t.district_code = $1 and t.visit_id is not null and t.ended_as <> 'not_reached' and t.person_id is not null`,
    [district],
  )
  // Nobody at home: each day of trying is a visit of its own; the last bears the id that the task names.
  await client.query(
    `insert into visit (district_code, id, household_id, path, person_id, visitor, outcome, on_day, device_at, at)
     select $1, case when n.nth = 3 then t.visit_id else app.derived_id('try ' || n.nth || ' ' || t.id) end, t.household_id, t.path,
       t.person_id, 'liaison', 'not_at_home', l.day, l.day + interval '10 hours', l.day + interval '10 hours'
     from visit_task t cross join generate_series(1, 3) as n (nth)
     cross join lateral (select case when t.state = 'excused' then t.ended_on - 2 * (3 - n.nth) else t.next_try_on - 2 end as day) l
     where t.district_code = $1 and t.person_id is not null
       and (t.ended_as = 'not_reached' or (t.state = 'open' and t.tries = 1 and n.nth = 1))`,
    [district],
  )
  await client.query('analyze visit, visit_task')
  await client.query(
    `insert into visit_task_entry (district_code, id, task_id, household_id, path, kind, on_day, visit_id, by_person_id, at)
     select $1, app.derived_id(t.id || ' ' || v.id), t.id, t.household_id, t.path, v.outcome, v.on_day, v.id, v.person_id, v.at
     from (select id, household_id, path, visit_id from visit_task where district_code = $1 and visit_id is not null
       union all
       select t.id, t.household_id, t.path, app.derived_id('try ' || n.nth || ' ' || t.id) from visit_task t, generate_series(1, 2) as n (nth)
       where t.district_code = $1 and t.tries > 0) t
     join visit v on v.district_code = $1 and v.id = t.visit_id`,
    [district],
  )
  await client.query(
    `insert into visit_task_entry (district_code, id, task_id, household_id, path, kind, on_day, at)
     select $1, app.derived_id('miss ' || id), id, household_id, path, 'miss', closes_on, closes_on
     from visit_task where district_code = $1 and state = 'missed'`,
    [district],
  )
}

/** Spot checks of the weeks before, drawn by the product's own lot, so that they can be drawn again. */
async function addDraws({ client, district, today }: Rounds, area: string): Promise<void> {
  const { rows: desks } = await client.query<{ id: string }>(
    `select id from organisation where district_code = $1 and desk_level = 'subdistrict' and starts_with($2, path)`,
    [district, area],
  )
  const desk = desks[0]?.id
  if (!desk) return
  const mondays = periodsOf(
    { rhythm: 'weekly', event: null, days: null },
    addDays(today, -7 * pastDraws),
    addDays(today, -6),
    holidaysAround(today),
  ).map(({ opensOn }) => opensOn)
  for (const day of mondays) {
    const { rows } = await client.query<{ id: string }>(
      `select id from visit where district_code = $1 and path >= $2 collate "C" and path < ($2 || chr(1114111)) collate "C"
         and on_day >= $3::date - 7 and on_day < $3::date and outcome = 'met' order by id`,
      [district, area, day],
    )
    const pool = rows.map(({ id }) => id)
    const seed = `${district}-${day}`
    await client.query(
      `insert into spot_draw (district_code, day, seed, percent, from_day, until_day, pools, made_at)
       values ($1, $2::date, $3::text, 2, $2::date - 7, $2::date, $4::jsonb, $2::date)`,
      [district, day, seed, JSON.stringify(pool.length > 0 ? { [desk]: pool } : {})],
    )
    await client.query(
      `insert into spot_pick (district_code, visit_id, household_id, path, day, organisation_id, tries, result, done_at)
       select $1, v.id, v.household_id, v.path, $2::date, $3::uuid, case when l.lot >= 90 then 3 else 0 end,
         case when l.lot < 87 then 'visited' when l.lot < 90 then 'not_visited' else 'not_reached' end, $2::date + interval '2 days'
       from unnest($4::uuid[]) as p (id) join visit v on v.district_code = $1 and v.id = p.id
       cross join lateral (select pg_temp.lot(v.id::text) % 100 as lot) l`,
      [district, day, desk, drawn(seed, day, pool, 2)],
    )
  }
}
