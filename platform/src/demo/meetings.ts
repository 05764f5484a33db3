import type pg from 'pg'
import { derivedId } from '#kernel/ids.ts'
import meetings from './data/meetings.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import { copyRows } from './copy.ts'
import type { Row } from './copy.ts'
import { communitiesOf } from './geography.ts'
import type { Organisation } from './organisations.ts'
import type { DemoRequest } from './demo-request.ts'
import type { Responders } from './responders.ts'
import type { ShowcaseStep } from './script.ts'
import { iso } from './simulation.ts'
import type { Joining } from './simulation.ts'
import type { World } from './world.ts'

/**
 * Joint meetings of three levels. The community of the pictures met last week: of its decisions one is done, one runs, one is
 * late, one matter was put off. The next meetings are called for next week.
 */

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ids = {
  joint: (key: string) => derivedId('demo joint meeting', key),
  last: derivedId('demo meeting', 'last'),
  next: (key: string) => derivedId('demo meeting', 'next', key),
  item: (title: string) => derivedId('demo meeting item', title),
}

/** A step of a meeting in a request's story; null where the step is none. */
export function meetingStep(
  step: ShowcaseStep,
  title: string,
  who: Responders,
  end: number,
): (Joining & { id: string }) | null {
  const item = ids.item(title)
  if (step.do === 'table') return { id: derivedId('meeting tables', item), kind: 'table', meeting: ids.last }
  if (step.do !== 'decide') return null
  const idOf = (key: string) => {
    const found = who.lead(key)
    if (!found) throw new Error(`nobody called ${key} for ${title}`)
    return found.id
  }
  return {
    id: derivedId('meeting decides', item),
    kind: 'decide',
    meeting: ids.last,
    level: 'community',
    lead: { organisation: idOf(step.lead ?? '') },
    assisting: (step.helpers ?? []).map(idOf),
    demand: step.words ?? '',
    due: iso(officeEnd(end, step.due ?? 0)),
  }
}

/** The end of office hours, so many days from now. */
function officeEnd(now: number, days: number): number {
  return startOfDay(now) + days * DAY + 17.5 * HOUR
}
/** The nearest working weekday at or before (or after) a day so many days from now, at an hour of it. */
function weekday(now: number, days: number, clock: number, by: 1 | -1): number {
  let day = Math.floor((now + 8 * HOUR) / DAY) + days
  // Day 0 was a Thursday.
  while ((day + 4) % 7 === 0 || (day + 4) % 7 === 6) day += by
  return day * DAY - 8 * HOUR + clock * HOUR
}

/** When a step happened that keeps office hours, whatever the hour is now; null for all others. */
export function officeMoment({ day, clock }: ShowcaseStep, now: number): number | null {
  return day === undefined || clock === undefined ? null : weekday(now, day, clock, -1)
}

/** Midnight in Shanghai. */
const startOfDay = (now: number) => Math.floor((now + 8 * HOUR) / DAY) * DAY - 8 * HOUR

const columns = {
  joint_meeting: [
    'district_code',
    'id',
    'path',
    'level',
    'organisation_id',
    'name',
    'mark',
    'chair',
    'made_at',
  ],
  meeting_seat: ['district_code', 'joint_id', 'organisation_id', 'post', 'seat'],
  meeting: [
    'district_code',
    'id',
    'joint_id',
    'path',
    'at',
    'place',
    'state',
    'year',
    'number',
    'called_at',
    'opened_at',
    'held_at',
    'made_by_person_id',
    'made_at',
  ],
  meeting_member: [
    'district_code',
    'meeting_id',
    'organisation_id',
    'kind',
    'post',
    'seat',
    'attendance',
    'attended_by',
  ],
  meeting_item: [
    'district_code',
    'id',
    'meeting_id',
    'path',
    'seq',
    'request_id',
    'reasons',
    'tabled_at',
    'outcome',
    'lead_organisation_id',
    'assisting',
    'demand',
    'due_at',
    'category_code',
    'keeps_precedent',
    'decided_by_person_id',
    'decided_at',
    'effect',
  ],
} as const

/** @param tabled requests that were on the meeting last week. */
export async function fillMeetings(
  client: pg.ClientBase,
  world: World,
  tabled: readonly DemoRequest[],
): Promise<void> {
  const rows: Record<keyof typeof columns, Row[]> = {
    joint_meeting: [],
    meeting_seat: [],
    meeting: [],
    meeting_member: [],
    meeting_item: [],
  }
  const district = world.geography.district.code
  const now = world.now.epochMilliseconds
  const desks = desksOf(world)
  const find = (key: string) => organisationOf(world, key)
  for (const { key, name, mark, chair, seats } of meetings.joints) {
    const desk = desks[key as keyof typeof desks]
    const joint = ids.joint(key)
    const secretary = world.staff.desks.get(desk.id)?.[0]?.id ?? ''
    rows.joint_meeting.push([district, joint, desk.path, key, desk.id, name, mark, chair, iso(world.since)])
    const called: Called[] = []
    for (const [at, [member = '', post = '']] of seats.entries()) {
      rows.meeting_seat.push([district, joint, find(member).id, post, at + 1])
      called.push([find(member).id, 'standing', post, at + 1])
    }
    const room = meetings.rooms[key as keyof typeof meetings.rooms]
    const next = ids.next(key)
    const begins = iso(weekday(now, 7, key === 'community' ? 9 : 14.5, 1))
    const made = iso(now - DAY)
    const ahead = [begins, room, 'preparing', null, null, null, null, null, secretary, made]
    rows.meeting.push([district, next, joint, desk.path, ...ahead])
    for (const row of called) rows.meeting_member.push([district, next, ...row, null, null])
    if (key === 'community') lastWeek(rows, { world, joint, desk, room, secretary, called, tabled, find })
  }
  for (const table of Object.keys(columns) as (keyof typeof columns)[])
    await copyRows(client, table, columns[table], rows[table])
}

/** Organisation, standing or invited, post, seat. */
type Called = [string, 'standing' | 'invited', string, number]

type Last = {
  world: World
  joint: string
  desk: Organisation
  room: string
  secretary: string
  called: readonly Called[]
  tabled: readonly DemoRequest[]
  find: (key: string) => Organisation
}

function lastWeek(rows: Record<keyof typeof columns, Row[]>, last: Last): void {
  const { world, joint, desk, room, secretary, called, tabled, find } = last
  const district = world.geography.district.code
  const decided = tabled.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'decide'))
  const papers = tabled.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'table'))
  const heldAt = Math.max(...decided.map(({ at }) => Date.parse(at))) + 60_000
  const begins = Math.floor((heldAt - 75 * 60_000) / (15 * 60_000)) * 15 * 60_000
  const calledAt = papers[0]?.at ?? iso(begins - DAY)
  const year = world.now.toZonedDateTimeISO('Asia/Shanghai').year
  const times = [calledAt, iso(begins), iso(heldAt)]
  const state = [iso(begins), room, 'held', year, 11, ...times, secretary, iso(begins - 10 * DAY)]
  rows.meeting.push([district, ids.last, joint, desk.path, ...state])
  const came = new Map(meetings.attended.map(([key, person]) => [find(key ?? '').id, person]))
  const excused = new Set(meetings.excused.map((key) => find(key).id))
  const invited = meetings.invited.map(([key = '', post = ''], at): Called => [
    find(key).id,
    'invited',
    post,
    at + 1,
  ])
  for (const row of [...called, ...invited]) {
    const [organisation] = row
    const attendance = came.has(organisation) ? 'here' : excused.has(organisation) ? 'excused' : 'absent'
    rows.meeting_member.push([district, ids.last, ...row, attendance, came.get(organisation) ?? null])
  }
  const plans = new Map(meetings.items.map((item) => [item.title, item]))
  for (const [at, request] of tabled.entries()) {
    const decision = request.entries.find((entry) => entry.kind === 'decide')
    const data = decision?.kind === 'decide' ? decision.data : undefined
    const accepted = request.entries.find((entry) => entry.kind === 'accept')
    const since = accepted?.kind === 'accept' ? accepted.data.term.dueAt : null
    const reasons = [{ kind: 'overdue', since, count: null }]
    const keeps = plans.get(request.title)?.steps.some((step) => 'precedent' in step) ?? false
    const said = data
      ? ['task', data.holder.organisation, arrayOf(data.assisting), data.demand ?? '', data.due ?? null]
      : ['next_time', null, '{}', meetings.putOff, null]
    rows.meeting_item.push([
      district,
      ids.item(request.title),
      ids.last,
      desk.path,
      at + 1,
      request.id,
      JSON.stringify(reasons),
      calledAt,
      ...said,
      request.standing.category,
      keeps,
      secretary,
      decision?.at ?? iso(heldAt - 60_000),
      data ? 'entered' : 'put_off',
    ])
  }
  // What was put off stands on the next agenda; what else belongs there the rule proposes.
  const left = tabled.find(({ entries }) => !entries.some(({ kind }) => kind === 'decide'))
  if (!left) return
  const why = [{ kind: 'put_off', since: iso(heldAt), count: null }]
  const undecided = [null, null, '{}', null, null, null, false, null, null, null]
  const item = [derivedId('demo meeting item', 'next'), ids.next('community'), desk.path, 1, left.id]
  rows.meeting_item.push([district, ...item, JSON.stringify(why), null, ...undecided])
}

/** As COPY writes a list of ids. */
const arrayOf = (list: readonly string[]) => `{${list.join(',')}}`

/** The desks of the place that the pictures show. */
function desksOf({ geography, organisations }: World) {
  const community = communitiesOf(geography).find(({ area }) => area.code === places.showcase.community)
  const committee = community && organisations.committees.get(community)
  const office = community && organisations.offices.get(community.subdistrict)
  if (!committee || !office) throw new Error('no desk where the pictures are')
  return { community: committee, subdistrict: office, district: organisations.desk }
}

/** An organisation by the demo's name for it; the firm is that of the compound in the pictures. */
function organisationOf(world: World, key: string): Organisation {
  const { organisations } = world
  const firm = [...organisations.firms].find(
    ([compound]) =>
      compound.area.name === places.showcase.compound &&
      compound.area.path.includes(`/${places.showcase.community}/`),
  )?.[1]
  const found = key === 'firm' ? firm : organisations.departments.get(key)
  if (!found) throw new Error(`no organisation called ${key}`)
  return found
}
