import { createHash } from 'node:crypto'
import pg from 'pg'
import { district, ids, paths, personOf } from './fixture.ts'

/**
 * Everything that keeps requests from getting stuck, six thousand of each, written as the owner and set-based: nearly all of
 * it lies in a hundred and twenty communities where nobody of the fixture serves and is over, as in a real district; as much
 * as in each of those, fifty, lies in theirs.
 */

export const many = 6_000
const communities = 120

/** The id of a copy, as `app.derived_id` makes it; this one is one of the fifty that lie in the community of the fixture. */
export function theirs(kind: string, n = communities): string {
  const hex = createHash('md5').update(`${kind}${n}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

/** Copies of requests must be there (`multiply`), and one whistle of each kind that is copied. */
export async function growMany(
  ownerUrl: string,
  { called, over }: { called: string; over: string },
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`set app.district = '${district}'`)
    for (const statement of [
      ...places,
      ...whistles(called, over),
      ...meetings,
      ...offers,
      ...wishes,
      ...rotas,
      ...pushes,
      ...mediations,
      ...outbox,
      ...others,
    ])
      await client.query(statement)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

const at = `timestamptz '2026-11-19T02:00:00Z'`
const d = `'${district}'`
const one = (kind: string, n = 'n') => `app.derived_id('${kind}' || ${n})`
/** Who serves somewhere else: five of them a community. */
const person = one('person of many', `(c.n % 600)`)

const places = [
  `create temp table place as select i as n,
     case when i = 0 then '${paths.inside.community}' else '${paths.outside.subdistrict}' || (131003002100 + i) || '/' end collate "C" as path,
     case when i = 0 then '${ids.community}'::uuid else ${one('desk', 'i')} end as organisation
   from generate_series(0, ${communities - 1}) i`,
  `insert into area (district_code, path, code, kind, parent_path, name)
   select ${d}, path, (131003002100 + n)::text, 'community', '${paths.outside.subdistrict}', '社区' || n from place where n > 0`,
  `insert into organisation (district_code, id, kind, name, short_name, path, desk_level)
   select ${d}, organisation, 'committee', '社区' || n, '社区' || n, path, 'community' from place where n > 0`,
  `insert into person (district_code, id, name, created_at) select ${d}, ${one('person of many', 'i')}, '某人', ${at} from generate_series(0, 599) i`,
  `insert into post (district_code, id, person_id, organisation_id, role, path, valid_from)
   select ${d}, ${one('post of many', 'i')}, ${one('person of many', 'i')}, p.organisation, 'grid_worker', p.path, '2026-01-01'
   from generate_series(0, 599) i join place p on p.n = 1 + i % ${communities - 1}`,
  `insert into absence (district_code, id, person_id, backup_person_id, from_on, until_on)
   select ${d}, ${one('absence', 'i')}, ${one('person of many', '(i % 600)')}, ${one('person of many', '((i + 1) % 600)')},
     date '2010-01-01' + i, date '2010-01-02' + i from generate_series(1, ${many}) i where i < 6000`,
  // The last quarter waits for a department that was called.
  `create temp table copy as select row_number() over (order by state = 'whistled', code)::integer as n, id as request
   from service_request where code like 'GY-2501-%'`,
  `alter table service_request disable trigger user`,
  `create temp table c as select copy.n, copy.request, p.path, p.organisation from copy join place p on p.n = copy.n % ${communities}`,
  `update service_request r set path = c.path, holder_organisation_id = case when holder_organisation_id is null then null else c.organisation end
   from c where r.id = c.request`,
  `update request_party p set organisation_id = c.organisation from c
   where p.request_id = c.request and p.organisation_id = '${ids.community}'`,
  `alter table service_request enable trigger user`,
]

/** One in twenty is open; each called its community, and one in fifty the bureau. */
const open = `c.n > ${(many * 3) / 4} and c.n % 5 = 0`
const whistles = (called: string, over: string) => [
  `insert into whistle select x.* from c
   join whistle w on w.id = case when ${open} then '${called}'::uuid else '${over}'::uuid end,
   lateral jsonb_populate_record(w, jsonb_build_object('id', ${one('whistle', 'c.n')}, 'path', c.path,
     'blower_organisation_id', c.organisation, 'town_organisation_id', '${ids.otherSubdistrict}',
     'turn_organisation_id', case when w.over_at is null then c.organisation end,
     'due_at', w.due_at + c.n * interval '1 minute', 'next_alarm_at', w.next_alarm_at + c.n * interval '1 minute',
     'over_at', w.over_at - c.n * interval '1 minute', 'blown_at', w.blown_at - c.n * interval '1 minute',
     'standing', jsonb_set(w.standing, '{requests}', jsonb_build_array(c.request)))) x`,
  `insert into whistle_request (district_code, whistle_id, request_id, place, open)
   select ${d}, ${one('whistle', 'c.n')}, c.request, 1, ${open} from c`,
  `insert into whistle_part (district_code, whistle_id, organisation_id, role, awaited, blown_at, due_at, reported_at)
   select ${d}, ${one('whistle', 'c.n')}, case when c.n % 50 = 0 then '${ids.bureau}' else c.organisation end, 'lead', ${open},
     ${at} - c.n * interval '1 hour', ${at} - c.n * interval '50 minutes', case when not (${open}) then ${at} - c.n * interval '55 minutes' end
   from c`,
  `insert into whistle_entry (district_code, whistle_id, seq, id, kind, at, data)
   select ${d}, ${one('whistle', 'c.n')}, e.seq, app.derived_id('entry' || e.seq || 'of' || c.n), e.kind, e.at, e.data
   from c join whistle_entry e on e.whistle_id = case when ${open} then '${called}'::uuid else '${over}'::uuid end
   where e.seq <= 2`,
]

/** Fifty meetings of each community, of which one is to come; the bureau is invited to one in a hundred. */
const meetings = [
  `insert into joint_meeting (district_code, id, path, level, organisation_id, name, chair, made_at)
   select ${d}, ${one('joint')}, path, 'community', organisation, '联席会议', '书记', ${at} from place`,
  `insert into meeting_seat (district_code, joint_id, organisation_id, post, seat) select ${d}, ${one('joint')}, organisation, '书记', 1 from place`,
  `insert into meeting (district_code, id, joint_id, path, at, place, state, year, number, held_at, made_by_person_id, made_at)
   select ${d}, ${one('meeting', 'c.n')}, ${one('joint', `(c.n % ${communities})`)}, c.path, ${at} + m.days * interval '1 day', '会议室',
     case when m.days > 0 then 'called' else 'held' end,
     case when m.days <= 0 then 2026 end, case when m.days <= 0 then c.n / ${communities} end,
     case when m.days <= 0 then ${at} + m.days * interval '1 day' end, ${person}, ${at}
   from c, lateral (select case when c.n > ${many - communities} then 3 else -7 - c.n end as days) m`,
  `insert into meeting_member (district_code, meeting_id, organisation_id, kind, post, seat)
   select ${d}, ${one('meeting', 'c.n')}, c.organisation, 'standing', '书记', 1 from c`,
  `insert into meeting_member (district_code, meeting_id, organisation_id, kind, post, seat)
   select ${d}, ${one('meeting', 'c.n')}, '${ids.bureau}', 'invited', '副局长', 1 from c where c.n % 100 = 0`,
  `insert into meeting_item (district_code, id, meeting_id, path, seq, request_id, outcome, lead_organisation_id, due_at, decided_at, effect)
   select ${d}, ${one('item', 'c.n')}, ${one('meeting', 'c.n')}, c.path, 1, c.request, case when h.held then 'task' end,
     case when h.held then c.organisation end, case when h.held then ${at} end, case when h.held then ${at} end, case when h.held then 'entered' end
   from c, lateral (select c.n <= ${many - communities} as held) h`,
]

/** One in twenty is asked, one in twenty taken, the rest is done. */
const offers = [
  `insert into offer (district_code, id, request_id, path, organisation_id, by_person_id, at, hours, state, round_ends_at,
     taken_by_person_id, taken_at)
   select ${d}, ${one('offer', 'c.n')}, c.request, c.path, c.organisation, ${person}, ${at} - c.n * interval '1 hour', 4, s.state,
     case s.state when 'open' then ${at} + interval '2 days' + c.n * interval '1 minute' end,
     case s.state when 'open' then null else ${person} end, case s.state when 'open' then null else ${at} - c.n * interval '1 hour' end
   from c, lateral (select case c.n % 20 when 0 then 'open' when 1 then 'taken' else 'done' end as state) s`,
  `insert into offer_ask (district_code, offer_id, person_id, round, rank, cost, parts, asked_at, until_at, answer, answered_at)
   select ${d}, ${one('offer', 'c.n')}, ${person}, 1, 1, 0, '{"walk": 0, "held": 0, "asked": 0, "slotsUnsaid": 0}',
     ${at} - c.n * interval '1 hour', ${at} + interval '2 days',
     case when c.n % 20 > 0 then 'taken' end, case when c.n % 20 > 0 then ${at} - c.n * interval '1 hour' end
   from c`,
  `insert into offer_ask (district_code, offer_id, person_id, round, rank, cost, parts, asked_at, until_at)
   select ${d}, ${one('offer', 'c.n')}, '${personOf('grid_worker')}', 1, 2, 0, '{"walk": 0, "held": 0, "asked": 0, "slotsUnsaid": 0}', ${at}, ${at} + interval '2 days'
   from c where c.n = ${communities}`,
]

const wishes = [
  `insert into wish_told (district_code, wish_id, path, words, told_by_person_id)
   select ${d}, ${one('wish', 'c.n')}, c.path, '想学用手机', ${person} from c`,
  `insert into wish (district_code, id, code, kind, path, state, title, words, claimed_by, told_at, published_at, due_at, changed_at)
   select ${d}, ${one('wish', 'c.n')}, 'GY-W' || c.n, 'learning', c.path, s.state, '学手机', '想学用手机',
     case when s.state in ('told', 'published') then null else 'person' end, ${at} - c.n * interval '1 hour',
     case when s.state <> 'told' then ${at} - c.n * interval '1 hour' end,
     case when s.state in ('told', 'published', 'claimed') then ${at} + interval '2 days' + c.n * interval '1 minute' end,
     ${at} - c.n * interval '1 hour'
   from c, lateral (select case (c.n / ${communities}) % 10 when 0 then 'told' when 1 then 'published' when 2 then 'claimed' else 'thanked' end as state) s`,
  `insert into wish_claim (district_code, id, wish_id, path, by_kind, person_id, at, ended_at, ended_for)
   select ${d}, ${one('claim', 'c.n')}, ${one('wish', 'c.n')}, c.path, 'person', ${person}, ${at},
     case when w.state = 'thanked' then ${at} end, case when w.state = 'thanked' then 'fulfilled' end
   from c join wish w on w.id = ${one('wish', 'c.n')} where w.claimed_by is not null`,
  `insert into wish_entry (district_code, wish_id, seq, id, kind, at, by_kind)
   select ${d}, ${one('wish', 'c.n')}, 1, ${one('wish entry', 'c.n')}, 'tell', ${at}, 'system' from c`,
]

/** Years of lines that are over, one of each community that holds; and swaps of them. */
const rotas = [
  `insert into rota (district_code, organisation_id, path, phone, version, set_by, set_at)
   select ${d}, organisation, path, '0316-0000', 1, '${personOf('district_desk')}', ${at} from place`,
  `insert into rota_line (district_code, id, organisation_id, path, name, weekdays, days, from_minute, minutes, person_id, valid_from,
     valid_until, set_by, set_at)
   select ${d}, ${one('line', 'c.n')}, c.organisation, c.path, '夜班', '{1,2,3,4,5,6,7}', 'every', 1050, 720, ${person},
     date '2026-11-01' - c.n / ${communities}, case when c.n > ${communities} then date '2026-11-01' - c.n / ${communities} + 1 end,
     '${personOf('district_desk')}', ${at} from c`,
  `insert into rota_swap (district_code, id, organisation_id, path, line_id, on_day, person_id, set_by, set_at)
   select ${d}, ${one('swap', 'c.n')}, c.organisation, c.path, ${one('line', 'c.n')}, date '2026-11-21' - c.n / ${communities}, ${person},
     '${personOf('district_desk')}', ${at} from c`,
]

/** The newest are asked for still. */
const pushes = [
  `insert into grid_push (district_code, id, organisation_id, path, matter_code, title, words, starts_on, ends_on, state, made_by, made_at)
   select ${d}, ${one('push', 'c.n')}, c.organisation, c.path, 'A01', '登记', '登记一次', '2026-01-01',
     case when c.n > 300 then date '2026-02-01' end, 'in_force', ${person}, ${at} - c.n * interval '1 hour' from c`,
]

const mediations = [
  `insert into mediation (district_code, id, organisation_id, path, title, state, version, opened_by, opened_at)
   select ${d}, ${one('file', 'c.n')}, c.organisation, c.path, '楼上漏水', case when c.n % 20 = 0 then 'open' else 'ended' end, 1, ${person},
     ${at} - c.n * interval '1 hour' from c`,
  `insert into mediation_party (district_code, mediation_id, id, organisation_id, name)
   select ${d}, ${one('file', 'c.n')}, ${one('party', 'c.n')}, c.organisation, '某人' from c`,
  `insert into mediation_mediator (district_code, mediation_id, person_id, organisation_id, since)
   select ${d}, ${one('file', 'c.n')}, ${person}, c.organisation, ${at} from c`,
  `insert into mediation_entry (district_code, mediation_id, seq, id, organisation_id, kind, at, by_person_id, on_day)
   select ${d}, ${one('file', 'c.n')}, 1, ${one('file entry', 'c.n')}, c.organisation, 'open', ${at}, ${person}, '2026-11-01' from c`,
]

/** What waits for the morning, alone and together; what is due; what was sent; and the browsers of as many people. */
const outbox = [
  `insert into contact_way (district_code, owner_id, owner_kind, changed_at, quiet_from, quiet_until, digest_at)
   select ${d}, ${one('owner', 'c.n')}, 'person', ${at}, 1320, 420, 1080 from c`,
  `insert into push_subscription (district_code, id, owner_id, door, target_sealed, endpoint_index, created_at)
   select ${d}, ${one('browser', 'c.n')}, ${one('owner', 'c.n')}, 'phone', '\\x00', 'index ' || c.n, ${at} from c`,
  `insert into message (district_code, id, channel, to_person_id, template, params, state, try_at, created_at, sent_at, not_before, digest, device_id)
   select ${d}, ${one('message', 'c.n')}, k.channel, ${one('owner', 'c.n')}, 'request.answer', '{"code": "x", "title": "x"}',
     case when k.kind < 2 then 'waiting' else 'sent' end,
     case when k.kind < 2 then ${at} + interval '2 days' end, ${at} - c.n * interval '1 minute', case when k.kind >= 2 then ${at} end,
     case when k.kind < 2 then ${at} + interval '2 days' end, k.kind = 1, case k.channel when 'push' then ${one('browser', 'c.n')} end
   from c, lateral (select c.n % 10 as kind, (array['sms', 'email', 'push'])[1 + c.n % 3] as channel) k`,
]

/** What hangs on a request, and what a district keeps for all. */
const others = [
  `insert into request_part (district_code, request_id, id, state, organisation_id, due_at, overdue)
   select ${d}, c.request, ${one('part', 'c.n')}, 'given', c.organisation, ${at}, false from c`,
  `insert into precedent (district_code, id, category_code, path, organisation_id, request_id, basis, at)
   select ${d}, ${one('precedent', 'c.n')}, 'B03', c.path, c.organisation, c.request, 'not_our_duty', ${at} from c`,
  `insert into dispatch_choice (district_code, entry_id, request_id, path, at, turn, chosen_id, why)
   select ${d}, ${one('choice', 'c.n')}, c.request, c.path, ${at}, 1, c.organisation, 'nobody' from c`,
  `insert into routing_rule (district_code, id, version, valid_from, path, organisation_id, basis, set_at)
   select ${d}, ${one('rule')}, 1, ${at}, path, organisation, '三定方案', ${at} from place`,
  `insert into notify_setting (district_code, version, quiet_from, quiet_until, set_at) values (${d}, 1, 1320, 420, ${at})`,
  `insert into robot (district_code, id, organisation_id, kind, name, origin, target_sealed, language, declined, active, version, set_at)
   select ${d}, ${one('robot')}, organisation, 'wecom', '值班群', 'https://robot.example.org', '\\x00', 'zh-CN', '{}', false, 1, ${at} from place`,
  `insert into grid_matter_list (district_code, version, groups, set_by, set_at) values (${d}, 1, '[]', '${personOf('district_desk')}', ${at})`,
]
