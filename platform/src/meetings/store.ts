import { sql } from 'kysely'
import type { Scope, Trx } from '#kernel/db.ts'
import { under } from '#kernel/under.ts'
import type { MeetingLevel, MeetingState } from './lists.ts'

/** SQL of joint_meeting, meeting_seat, meeting and meeting_member. Private to this folder; items stand in `item-store.ts`. */

export type Joint = {
  id: string
  path: string
  level: MeetingLevel
  organisation: string
  name: string
  mark: string
  chair: string
  version: number
}
export type Seat = { organisation: string; post: string }

const jointColumns = sql.raw(
  `j.id, j.path, j.level, j.organisation_id as organisation, j.name, j.mark, j.chair, j.version`,
)

type Reach = Pick<Scope, 'reach' | 'paths' | 'organisations'>

/** Meetings to which one of the organisations was called. */
const calledTo = ({ organisations }: Reach) => sql`array(
  select m.meeting_id from meeting_member m
  where m.district_code = app.district() and m.organisation_id = any (${sql.val(organisations)}::uuid[]))`

/** Few in number: one an area, and only those of the caller's reach, by each of the ways in which they are in it. */
export async function joints(trx: Trx, reach: Reach, most: number): Promise<Joint[]> {
  const ways =
    reach.reach === 'district'
      ? [sql`true`]
      : [
          under(sql`j.path`, reach.paths),
          sql`j.id in (
            select s.joint_id from meeting_seat s
            where s.district_code = app.district() and s.organisation_id = any (${sql.val(reach.organisations)}::uuid[]))`,
          sql`j.id = any (array(
            select t.joint_id from meeting t
            where t.district_code = app.district() and t.id = any (${calledTo(reach)}) and t.state <> 'preparing'))`,
        ]
  const found = ways.map(
    (way) => sql`(
      select ${jointColumns} from joint_meeting j where j.district_code = app.district() and ${way} order by j.path limit ${most})`,
  )
  const { rows } = await sql<Joint>`
    select * from (${sql.join(found, sql` union `)}) j order by path limit ${most}`.execute(trx)
  return rows
}

export async function jointsOf(trx: Trx, ids: readonly string[]): Promise<Joint[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Joint>`
    select ${jointColumns} from joint_meeting j
    where j.district_code = app.district() and j.id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return rows
}

export async function joint(trx: Trx, id: string, lock = false): Promise<Joint | undefined> {
  const { rows } = await sql<Joint>`
    select ${jointColumns} from joint_meeting j where j.district_code = app.district() and j.id = ${id}
    ${lock ? sql`for update of j` : sql``}`.execute(trx)
  return rows[0]
}

/** @returns false when the area has one already, or the id is taken. */
export async function addJoint(trx: Trx, made: Omit<Joint, 'version'>, at: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into joint_meeting (district_code, id, path, level, organisation_id, name, mark, chair, made_at)
    values (app.district(), ${made.id}, ${made.path}, ${made.level}, ${made.organisation}, ${made.name}, ${made.mark}, ${made.chair}, ${at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function changeJoint(
  trx: Trx,
  id: string,
  { name, mark, chair }: Pick<Joint, 'name' | 'mark' | 'chair'>,
): Promise<void> {
  await sql`
    update joint_meeting set name = ${name}, mark = ${mark}, chair = ${chair}, version = version + 1
    where district_code = app.district() and id = ${id}`.execute(trx)
}

export async function seatsOf(trx: Trx, of: readonly string[]): Promise<(Seat & { joint: string })[]> {
  if (of.length === 0) return []
  const { rows } = await sql<Seat & { joint: string }>`
    select joint_id as joint, organisation_id as organisation, post from meeting_seat
    where district_code = app.district() and joint_id = any (${sql.val(of)}::uuid[]) order by joint_id, seat`.execute(
    trx,
  )
  return rows
}

export async function replaceSeats(trx: Trx, id: string, seats: readonly Seat[]): Promise<void> {
  await sql`delete from meeting_seat where district_code = app.district() and joint_id = ${id}`.execute(trx)
  await sql`
    insert into meeting_seat (district_code, joint_id, organisation_id, post, seat)
    select app.district(), ${id}, s.organisation, s.post, s.seat
    from jsonb_to_recordset(${JSON.stringify(numbered(seats))}::jsonb) as s (organisation uuid, post text, seat integer)`.execute(
    trx,
  )
}

const numbered = <T extends object>(rows: readonly T[]) =>
  rows.map((row, index) => ({ ...row, seat: index + 1 }))

export type Meeting = {
  id: string
  joint: string
  path: string
  at: string
  place: string
  state: MeetingState
  year: number | null
  number: number | null
  heldAt: string | null
  madeBy: string
  version: number
}

const columns = sql.raw(
  `t.id, t.joint_id as joint, t.path, t.at, t.place, t.state, t.year, t.number, t.held_at as "heldAt",
  t.made_by_person_id as "madeBy", t.version`,
)

export async function meeting(trx: Trx, id: string, lock = false): Promise<Meeting | undefined> {
  const { rows } = await sql<Meeting>`
    select ${columns} from meeting t where t.district_code = app.district() and t.id = ${id}
    ${lock ? sql`for update of t` : sql``}`.execute(trx)
  return rows[0]
}

/** @returns whether it was added; not when the id is there already. */
export async function addMeeting(
  trx: Trx,
  made: Pick<Meeting, 'id' | 'joint' | 'path' | 'at' | 'place' | 'madeBy'>,
  at: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into meeting (district_code, id, joint_id, path, at, place, state, made_by_person_id, made_at)
    values (app.district(), ${made.id}, ${made.joint}, ${made.path}, ${made.at}, ${made.place}, 'preparing', ${made.madeBy}, ${at})
    on conflict (district_code, id) do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function changeMeeting(
  trx: Trx,
  id: string,
  change: { at?: string | undefined; place?: string | undefined },
): Promise<void> {
  await sql`
    update meeting set at = coalesce(${change.at ?? null}::timestamptz, at), place = coalesce(${change.place ?? null}, place),
      version = version + 1
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** The next state, with the moment it began. */
export async function step(
  trx: Trx,
  id: string,
  state: 'called' | 'open' | 'cancelled',
  at: string,
): Promise<void> {
  await sql`
    update meeting set state = ${state}, version = version + 1,
      called_at = case when ${state} = 'called' then ${at}::timestamptz else called_at end,
      opened_at = case when ${state} = 'open' then ${at}::timestamptz else opened_at end
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** Ends it, with the next number of the year. The joint meeting is locked by the caller: numbers follow one another. */
export async function hold(trx: Trx, { id, joint: of }: Meeting, year: number, at: string): Promise<void> {
  await sql`
    update meeting set state = 'held', held_at = ${at}, year = ${year}, version = version + 1,
      number = 1 + coalesce((select max(number) from meeting m
        where m.district_code = app.district() and m.joint_id = ${of} and m.year = ${year}), 0)
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** The meeting that was held before this one. */
export async function heldBefore(trx: Trx, { joint: of, at, id }: Meeting): Promise<Meeting | undefined> {
  const { rows } = await sql<Meeting>`
    select ${columns} from meeting t
    where t.district_code = app.district() and t.joint_id = ${of} and t.state = 'held' and t.at < ${at} and t.id <> ${id}
    order by t.at desc, t.id desc limit 1`.execute(trx)
  return rows[0]
}

/** One row too many, so that the caller sees whether there is another page. */
export async function meetings(
  trx: Trx,
  query: { isPast: boolean; joint: string | null; after: { at: string; id: string } | null; limit: number },
  reach: Reach,
): Promise<Meeting[]> {
  const { isPast, joint: of, after, limit } = query
  const order = isPast ? sql`t.at desc, t.id desc` : sql`t.at, t.id`
  const beyond =
    after === null
      ? sql``
      : isPast
        ? sql`and (t.at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
        : sql`and (t.at, t.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
  const ways =
    of !== null
      ? [sql`t.joint_id = ${of}`]
      : reach.reach === 'district'
        ? [sql`true`]
        : [under(sql`t.path`, reach.paths), sql`t.id = any (${calledTo(reach)})`]
  const found = ways.map(
    (way) => sql`(
    select ${columns} from meeting t
    where t.district_code = app.district() and ${way}
      and ${isPast ? sql`t.state in ('held', 'cancelled')` : sql`t.state in ('preparing', 'called', 'open')`}
      ${beyond}
    order by ${order} limit ${limit + 1})`,
  )
  const { rows } = await sql<Meeting>`
    select * from (${sql.join(found, sql` union `)}) t order by ${order} limit ${limit + 1}`.execute(trx)
  return rows
}

export type Member = Seat & {
  kind: 'standing' | 'invited'
  attendance: 'here' | 'excused' | 'absent' | null
  person: string | null
}

export async function members(trx: Trx, id: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select organisation_id as organisation, post, kind, attendance, attended_by as person from meeting_member
    where district_code = app.district() and meeting_id = ${id} order by kind desc, seat`.execute(trx)
  return rows
}

export async function callSeats(trx: Trx, id: string, of: string): Promise<void> {
  await sql`
    insert into meeting_member (district_code, meeting_id, organisation_id, kind, post, seat)
    select s.district_code, ${id}::uuid, s.organisation_id, 'standing', s.post, s.seat from meeting_seat s
    where s.district_code = app.district() and s.joint_id = ${of}`.execute(trx)
}

export async function replaceInvited(trx: Trx, id: string, seats: readonly Seat[]): Promise<void> {
  await sql`
    delete from meeting_member where district_code = app.district() and meeting_id = ${id} and kind = 'invited'
      and organisation_id <> all (${sql.val(seats.map(({ organisation }) => organisation))}::uuid[])`.execute(
    trx,
  )
  await sql`
    insert into meeting_member (district_code, meeting_id, organisation_id, kind, post, seat)
    select app.district(), ${id}::uuid, s.organisation, 'invited', s.post, s.seat
    from jsonb_to_recordset(${JSON.stringify(numbered(seats))}::jsonb) as s (organisation uuid, post text, seat integer)
    on conflict (district_code, meeting_id, organisation_id) do update set post = excluded.post
      where meeting_member.kind = 'invited'`.execute(trx)
}

/** @returns false when the organisation was not called. */
export async function attend(
  trx: Trx,
  id: string,
  organisation: string,
  said: { attendance: 'here' | 'excused' | 'absent'; person: string | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update meeting_member set attendance = ${said.attendance}, attended_by = ${said.person}
    where district_code = app.district() and meeting_id = ${id} and organisation_id = ${organisation}`.execute(
    trx,
  )
  return numAffectedRows === 1n
}

export async function touch(trx: Trx, id: string): Promise<void> {
  await sql`update meeting set version = version + 1 where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
}
