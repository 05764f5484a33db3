import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { doorsUnder } from '#households/building.ts'
import type { DoorLine } from '#households/building.ts'
import { liaisonsAt } from '#households/duties.ts'
import type { Area } from '#org/contract.ts'
import { areaLine, areasUnder } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { BuildingView, Door } from './contract.ts'
import { acquainted } from '#visits/acquaintance.ts'
import { standingOf } from '#visits/tasks.ts'
import type { Standing } from '#visits/tasks.ts'
import { doorState, familyName } from './rules.ts'

/** A building drawn as it stands (L3): its doors, and behind them as much as whoever looks may know. */

const named = ({ path, name }: Area) => ({ path, name })

export async function buildingView(trx: Trx, path: string, now: Temporal.Instant): Promise<BuildingView> {
  const line = await areaLine(trx, path)
  const self = line.at(-1) ?? refuse('record.not_found')
  if (self.kind !== 'building') refuse('input.invalid', { field: 'query.path' })
  const parent = line.at(-2)
  const siblings = parent
    ? (await areasUnder(trx, parent.path)).filter(({ kind }) => kind === 'building')
    : [self]
  const at = siblings.findIndex((one) => one.path === path)
  const doors = await doorsUnder(trx, path, civilDay(now))
  const drawn = await drawnDoors(trx, doors, now)
  const units = (await areasUnder(trx, path)).filter(({ kind }) => kind === 'unit')
  // A house without stairwells: its doors hang on the building itself.
  const stairs = units.length > 0 ? units : [self]
  const duties = await liaisonsAt(trx, path)
  const names = await personNames(
    trx,
    duties.map(({ person }) => person),
  )
  const [before, after] = [siblings[at - 1], siblings[at + 1]]
  return {
    ...named(self),
    place: self.place,
    line: line.map(named),
    floors: Math.max(1, ...doors.map(({ floor }) => floor)),
    previous: before ? named(before) : null,
    next: after ? named(after) : null,
    units: stairs.map((unit) => ({
      ...named(unit),
      liaisons: duties
        .filter((duty) => duty.path === unit.path)
        .map(({ person }) => ({ id: person, name: names.get(person)?.name ?? '' })),
      doors: drawn.filter((door) => door.path === unit.path).map(({ path: _, ...door }) => door),
    })),
    people: doors.reduce((sum, { members }) => sum + members, 0),
  }
}

/** The doors as they look today, each with the stairwell it lies in. */
async function drawnDoors(
  trx: Trx,
  doors: readonly DoorLine[],
  now: Temporal.Instant,
): Promise<(Door & { path: string })[]> {
  const lived = doors.flatMap(({ household }) => household ?? [])
  const standing = await standingOf(trx, lived, now)
  const pairs = doors.flatMap(({ household, liaison }) =>
    household && liaison ? [{ household, person: liaison }] : [],
  )
  const known = await acquainted(trx, pairs)
  return doors.map((door) => {
    const { dwelling, path, floor, number, household } = door
    const reached = door.reached || household !== null
    const of = household === null ? undefined : standing.get(household)
    return {
      id: dwelling,
      path,
      floor,
      number,
      reached,
      state: household === null ? 'unknown' : doorState(of?.due ?? 'unknown', door.care > 0),
      household:
        household === null ? null : { ...householdOn(door, household, of), known: known.has(household) },
      emptySince: reached ? door.emptySince : null,
    }
  })
}

function householdOn(
  door: DoorLine,
  id: string,
  of: Standing | undefined,
): Omit<NonNullable<Door['household']>, 'known'> {
  return {
    id,
    family: familyName(door.head ?? ''),
    tenants: door.relation === 'tenant',
    members: door.members,
    care: door.care > 0,
    metOn: of?.lastMetOn ?? null,
    dueOn: of?.dueOn ?? null,
    promise: of?.promise
      ? { onDay: of.promise.onDay, atTime: of.promise.atTime, words: of.promise.words }
      : null,
  }
}
