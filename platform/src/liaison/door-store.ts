import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Piece } from './compare.ts'
import type { PlannedDoor } from './rules.ts'

/** SQL of liaison_door and liaison_adjustment. Private to this folder. */

const at = (scenario: string) => sql`district_code = app.district() and scenario_id = ${scenario}`
const under = (path: string) =>
  sql`path >= ${path} collate "C" and path < (${path} || chr(1114111)) collate "C"`

/** Doors are sent to the database in pieces of this many. */
const atOnce = 20_000

/** Puts the doors of a plan in the place of what was there. */
export async function putDoors(trx: Trx, scenario: string, doors: readonly PlannedDoor[]): Promise<void> {
  await sql`delete from liaison_door where ${at(scenario)}`.execute(trx)
  for (let from = 0; from < doors.length; from += atOnce) {
    const some = doors.slice(from, from + atOnce)
    const column = <T>(of: (door: PlannedDoor) => T) => sql.val(some.map(of))
    await sql`
      insert into liaison_door (district_code, scenario_id, dwelling_id, path, floor, number, lived_in, was_person_id,
        solved_person_id, person_id)
      select app.district(), ${scenario}, n.* from unnest(${column((d) => d.id)}::uuid[], ${column((d) => d.unit)}::text[],
        ${column((d) => d.floor)}::smallint[], ${column((d) => d.number)}::text[], ${column((d) => d.livedIn)}::boolean[],
        ${column((d) => d.was)}::uuid[], ${column((d) => d.solved)}::uuid[], ${column((d) => d.person)}::uuid[]) as n`.execute(
      trx,
    )
  }
}

/** Households by stairwell and by who has, would have and gets them; all of an area, or a part of it. */
export async function piecesOf(trx: Trx, scenario: string, part?: string): Promise<Piece[]> {
  const { rows } = await sql<Piece>`
    select path as unit, was_person_id as was, solved_person_id as solved, person_id as planned, count(*)::integer as households
    from liaison_door where ${at(scenario)} and lived_in ${part === undefined ? sql`` : sql`and ${under(part)}`}
    group by path, was_person_id, solved_person_id, person_id
    order by path, was_person_id, solved_person_id, person_id`.execute(trx)
  return rows
}

const doorColumns =
  sql.raw(`dwelling_id as id, path as unit, floor, number, lived_in as "livedIn", was_person_id as was,
  solved_person_id as solved, person_id as person`)

export async function doorsOfUnit(trx: Trx, scenario: string, unit: string): Promise<PlannedDoor[]> {
  const { rows } = await sql<PlannedDoor>`
    select ${doorColumns} from liaison_door where ${at(scenario)} and path = ${unit} order by floor, number`.execute(
    trx,
  )
  return rows
}

/** All doors with whom the plan gives them to, for its publication. */
export async function doorsOf(trx: Trx, scenario: string): Promise<PlannedDoor[]> {
  const { rows } = await sql<PlannedDoor>`
    select ${doorColumns} from liaison_door where ${at(scenario)} order by path, floor, number`.execute(trx)
  return rows
}

export type DoorPage = {
  of: 'unserved' | 'changed' | 'all'
  side: 'now' | 'solved' | 'planned'
  unit?: string | undefined
  person?: string | undefined
  /** Who takes part; whoever does not has nothing as it is now. */
  takingPart: readonly string[]
  after: { key: string; id: string } | null
  limit: number
}

/** One page of lived-in doors by stairwell and door. */
export async function doorPage(trx: Trx, scenario: string, page: DoorPage): Promise<PlannedDoor[]> {
  const { of, side, unit, person, takingPart, after, limit } = page
  const column = sql.raw({ now: 'was_person_id', solved: 'solved_person_id', planned: 'person_id' }[side])
  const where = [at(scenario), sql`lived_in`]
  if (of === 'unserved')
    where.push(sql`(${column} is null or not ${column} = any (${sql.val(takingPart)}::uuid[]))`)
  if (of === 'changed') where.push(sql`${column} is distinct from was_person_id`)
  if (unit !== undefined) where.push(under(unit))
  if (person !== undefined) where.push(sql`${column} = ${person}`)
  if (after) where.push(sql`(path, dwelling_id) > (${after.key} collate "C", ${after.id}::uuid)`)
  const { rows } = await sql<PlannedDoor>`
    select ${doorColumns} from liaison_door where ${sql.join(where, sql` and `)}
    order by path, dwelling_id limit ${limit + 1}`.execute(trx)
  return rows
}

/** Says of some doors whose they are; all others stay. */
export async function giveDoors(
  trx: Trx,
  scenario: string,
  doors: ReadonlyMap<string, string | null>,
): Promise<void> {
  await sql`
    update liaison_door d set person_id = n.person
    from unnest(${sql.val([...doors.keys()])}::uuid[], ${sql.val([...doors.values()])}::uuid[]) as n (id, person)
    where d.district_code = app.district() and d.scenario_id = ${scenario} and d.dwelling_id = n.id`.execute(
    trx,
  )
}

export type AdjustmentRow = {
  id: string
  seq: number
  run: number
  undoes: string | null
  unit: string
  from: string | null
  to: string | null
  dwellings: string[]
  metresMore: number
  reason: string
  by: string
  at: string
}

const adjustmentColumns =
  sql.raw(`id, seq, run, undoes_id as undoes, unit_path as unit, from_person_id as "from",
  to_person_id as "to", dwelling_ids as dwellings, more_metres as "metresMore", reason, by_person_id as by, at`)

/** Everything hands did, oldest first, what was taken back too. */
export async function adjustmentsOf(trx: Trx, scenario: string): Promise<AdjustmentRow[]> {
  const { rows } = await sql<AdjustmentRow>`
    select ${adjustmentColumns} from liaison_adjustment where ${at(scenario)} order by seq`.execute(trx)
  return rows
}

export async function adjustmentById(
  trx: Trx,
  id: string,
): Promise<(AdjustmentRow & { scenario: string }) | undefined> {
  const { rows } = await sql<AdjustmentRow & { scenario: string }>`
    select scenario_id as scenario, ${adjustmentColumns} from liaison_adjustment
    where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

/** Adds an entry behind the last; the scenario is locked by the caller. */
export async function addAdjustment(
  trx: Trx,
  scenario: string,
  one: Omit<AdjustmentRow, 'seq'>,
): Promise<void> {
  await sql`
    insert into liaison_adjustment (district_code, id, scenario_id, seq, run, undoes_id, unit_path, from_person_id, to_person_id,
      dwelling_ids, more_metres, reason, by_person_id, at)
    select app.district(), ${one.id}, ${scenario}, coalesce(max(seq), 0) + 1, ${one.run}::integer, ${one.undoes}::uuid, ${one.unit}, ${one.from}::uuid,
      ${one.to}::uuid, ${sql.val(one.dwellings)}::uuid[], ${one.metresMore}::integer, ${one.reason}, ${one.by}::uuid, ${one.at}::timestamptz
    from liaison_adjustment where ${at(scenario)}`.execute(trx)
}
