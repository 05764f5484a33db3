import type pg from 'pg'
import cast from './data/cast.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import type words from './data/visits.json'
import { seededRule } from '#visits/rule-service.ts'

/** What the pictures show of rounds: what was promised to whom, who asked, what residents said, what came of it. */

type Rounds = { client: pg.ClientBase; district: string; today: string; now: string }

/** Doors of the building in the pictures, by stairwell and number. */
const doorsOfBuilding = `
  from dwelling w join household h on h.district_code = w.district_code and h.dwelling_id = w.id and h.moved_out is null
  join duty d on d.district_code = w.district_code and d.dwelling_id = w.id and d.valid_until is null`

/** Promises of the liaison in the pictures, and a household that asked for a visit. */
export async function homeInShowcase(
  { client, district, today, now }: Rounds,
  community: string,
  { promises, asked }: typeof words,
): Promise<void> {
  const unit = (number: number) => {
    const compound = `${places.showcase.community}001`
    const building = `${compound}${String(cast.building).padStart(3, '0')}`
    return `${community}${compound}/${building}/${building}${String(number).padStart(2, '0')}/`
  }
  for (const { unit: stair, number, inDays, at, words: what } of promises)
    await client.query(
      `insert into promise (district_code, id, household_id, path, person_id, on_day, at_time, words, made_by_person_id, made_at)
       select $1, app.derived_id('promise ' || h.id), h.id, h.path, d.person_id, $2::date + $3::integer, $4::time, $5, d.person_id,
         $6::timestamptz - interval '6 days' ${doorsOfBuilding}
       where w.district_code = $1 and w.path = $7 and w.number = $8`,
      [district, today, inDays, at, what, now, unit(stair), number],
    )
  const rule = seededRule(district, 'on_request')
  await client.query(
    `with event as (
       insert into visit_event (district_code, id, household_id, path, kind, on_day, words, at)
       select $1, app.derived_id('event ' || h.id), h.id, h.path, 'on_request', $2::date, $3, $4::timestamptz ${doorsOfBuilding}
       where w.district_code = $1 and w.path = $5 and w.number = $6 returning id, household_id, path)
     insert into visit_task (district_code, id, rule_id, rule_version, household_id, path, period, visitor, person_id, state, opens_on,
       due_on, closes_on, made_at)
     select $1, app.derived_id($7::uuid::text || ' ' || e.household_id || ' event:' || e.id), $7::uuid, 1, e.household_id, e.path, 'event:' || e.id,
       'liaison', r.person_id, 'open', $2::date, $2::date + 2, $2::date + 32, $4::timestamptz
     from event e join round r on r.household_id = e.household_id`,
    [district, today, asked.words, now, unit(asked.unit), asked.number, rule],
  )
}

/** What residents said when they were asked: most yes, a few no, some nothing. */
export async function noteConfirmations(
  { client, district }: Rounds,
  area: string,
  { said, denied }: typeof words,
): Promise<void> {
  await client.query(
    `insert into visit_confirmation (district_code, visit_id, household_id, path, token_digest, way, asked_at, expires_at, answer, words,
       answered_at)
     select $1, v.id, v.household_id, v.path, sha256(convert_to('demo ' || v.id, 'UTF8')), case when l.lot % 3 = 0 then 'sms' else 'qr' end,
       v.at, v.at + interval '14 days', case when l.lot < 4 then 'no' when l.lot < 130 then 'yes' end,
       case when l.lot < 4 then ($3::text[])[1 + l.lot % cardinality($3::text[])] when l.lot < 20 then ($4::text[])[1 + l.lot % cardinality($4::text[])] end,
       case when l.lot < 130 then v.at + interval '5 minutes' end
     from visit v cross join lateral (select pg_temp.lot(v.id::text || 'word') % 1000 as lot) l
     where v.district_code = $1 and v.path >= $2 collate "C" and v.path < ($2 || chr(1114111)) collate "C" and v.outcome = 'met'
       and l.lot < 160`,
    [district, area, denied, said],
  )
}

/** Requests that were told at a door belong to a visit in that stairwell, if there was one that day. */
export async function noteNeeds({ client, district }: Rounds): Promise<void> {
  await client.query(
    `insert into visit_need (district_code, visit_id, request_id, household_id, path)
     select distinct on (r.id) $1, v.id, r.id, v.household_id, v.path
     from service_request r join visit v on v.district_code = r.district_code and v.path = r.path and v.outcome = 'met'
       and v.on_day between (r.submitted_at at time zone 'Asia/Shanghai')::date - 1 and (r.submitted_at at time zone 'Asia/Shanghai')::date
     where r.district_code = $1 and r.channel = 'visit' and r.reporter_id is not null
     order by r.id, v.on_day desc, v.id`,
    [district],
  )
}
