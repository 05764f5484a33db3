import { pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { groundAt } from '#org/ground.ts'
import { lineOf } from '#org/rules.ts'
import { placeOf } from '#org/service.ts'
import { holderOf, loadsOf } from './compare.ts'
import type { Load } from './compare.ts'
import { doorPage } from './door-store.ts'
import type { PlanDoors, PlanPeople, PlanPerson, PlanUnits, Side } from './lists-contract.ts'
import type { Picture } from './picture.ts'
import { namesFor, seen } from './service.ts'

/** What a figure opens onto: people, stairwells, doors (boundary 19). One page each, in an order that is the same every time. */

type Page = { after?: string | undefined; limit: number }

/** One page of what was computed; the place of a row is its number in the order. */
function sliceOf<T>(rows: readonly T[], { after, limit }: Page): { rows: T[]; next: string | null } {
  const from = after === undefined ? 0 : Number(after)
  if (!Number.isSafeInteger(from) || from < 0) refuse('input.invalid', { field: 'query.after' })
  const end = from + limit
  return { rows: rows.slice(from, end), next: end < rows.length ? String(end) : null }
}

/** What of somebody's lot changes. */
type Lot = { id: string; now: Load; planned: Load; given: number; taken: number }

const none: Load = { households: 0, metres: 0, far: 0 }

/** The lots of everybody who has or gets something, or takes part. */
export function lotsOf({ pieces, world }: Picture): Lot[] {
  const planned = loadsOf(pieces, 'planned', world)
  const lots = new Map<string, Lot>(
    [...planned].map(([id, load]) => [id, { id, now: { ...none }, planned: load, given: 0, taken: 0 }]),
  )
  for (const { unit, was, planned: gets, households } of pieces) {
    if (was !== null) {
      const lot = lots.get(was) ?? { id: was, now: { ...none }, planned: none, given: 0, taken: 0 }
      lots.set(was, lot)
      const metres = world.metres(unit, was) ?? 0
      lot.now.households += households
      lot.now.metres += metres * households
      lot.now.far = Math.max(lot.now.far, metres)
      if (gets !== was) lot.given += households
    }
    if (gets !== null && gets !== was) {
      const lot = lots.get(gets)
      if (lot) lot.taken += households
    }
  }
  return [...lots.values()]
}

const mean = ({ households, metres }: Load) => (households === 0 ? null : Math.round(metres / households))

function boundsOf({ world }: Picture, id: string): { min: number; max: number } {
  return world.bounds.get(id) ?? { min: 0, max: 0 }
}

/** Lots in words, with the stairwells they come to. */
export async function described(
  trx: Trx,
  picture: Picture,
  lots: readonly Lot[],
  side: Side = 'planned',
): Promise<PlanPerson[]> {
  const { pieces, world } = picture
  const wanted = new Set(lots.map(({ id }) => id))
  const places = new Map<string, Map<string, number>>()
  for (const piece of pieces) {
    const holder = holderOf(piece, side, world)
    if (holder === null || !wanted.has(holder)) continue
    const own = places.get(holder) ?? new Map<string, number>()
    places.set(holder, own.set(piece.unit, (own.get(piece.unit) ?? 0) + piece.households))
  }
  const paths = [...places.values()].flatMap((own) => [...own.keys()])
  const above = (path: string) => lineOf(path).at(-2) ?? path
  const buildings = await placeOf(trx, paths.map(above))
  const ground = await groundAt(trx, paths)
  const nameOf = await namesFor(trx, wanted)
  return lots.map(({ id, now, planned, given, taken }) => ({
    ...nameOf(id),
    leaving: !world.takesPart(id),
    least: boundsOf(picture, id).min,
    most: boundsOf(picture, id).max,
    householdsNow: now.households,
    households: planned.households,
    metresNow: mean(now),
    metres: mean(planned),
    given,
    taken,
    places: [...(places.get(id) ?? [])].map(([path, households]) => ({
      path,
      building: buildings.get(above(path)) ?? '',
      unit: ground.get(path)?.name ?? '',
      households,
    })),
  }))
}

/** People of a plan, those whose lot changes most first. */
export async function planPeople(
  trx: Trx,
  id: string,
  query: { of: 'all' | 'over' | 'under' | 'changed'; side: Side } & Page,
): Promise<PlanPeople> {
  const { picture } = await seen(trx, id)
  const { world } = picture
  const has = (lot: Lot) => (query.side === 'now' ? lot.now : lot.planned).households
  const loads = query.side === 'solved' ? loadsOf(picture.pieces, 'solved', world) : undefined
  const count = (lot: Lot) => (loads ? (loads.get(lot.id)?.households ?? 0) : has(lot))
  const fits = {
    all: () => true,
    over: (lot: Lot) => world.takesPart(lot.id) && count(lot) > boundsOf(picture, lot.id).max,
    under: (lot: Lot) => world.takesPart(lot.id) && count(lot) < boundsOf(picture, lot.id).min,
    changed: (lot: Lot) => lot.given + lot.taken > 0,
  }[query.of]
  const lots = lotsOf(picture)
    .filter(fits)
    .toSorted((a, b) => b.given + b.taken - (a.given + a.taken) || (a.id < b.id ? -1 : 1))
  const { rows, next } = sliceOf(lots, query)
  return { items: await described(trx, picture, rows), next, total: lots.length }
}

/** Stairwells of a plan with who has them: the farthest first. */
export async function planUnits(
  trx: Trx,
  id: string,
  query: { of: 'farthest' | 'shared' | 'changed'; side: Side } & Page,
): Promise<PlanUnits> {
  const { picture } = await seen(trx, id)
  const { pieces, world } = picture
  const lines = new Map<
    string,
    { unit: string; person: string | null; households: number; was: Set<string | null> }
  >()
  for (const piece of pieces) {
    const person = holderOf(piece, query.side, world)
    const key = `${piece.unit} ${person}`
    const line = lines.get(key) ?? { unit: piece.unit, person, households: 0, was: new Set() }
    lines.set(key, line)
    line.households += piece.households
    line.was.add(piece.was)
  }
  const sharers = Map.groupBy(
    [...lines.values()].filter(({ person }) => person !== null),
    ({ unit }) => unit,
  )
  const fits = {
    farthest: (line: { person: string | null }) => line.person !== null,
    shared: (line: { unit: string }) => (sharers.get(line.unit)?.length ?? 0) > 1,
    changed: (line: { person: string | null; was: Set<string | null> }) =>
      line.was.size > 1 || !line.was.has(line.person),
  }[query.of]
  const far = ({ unit, person }: { unit: string; person: string | null }) =>
    person === null ? null : world.metres(unit, person)
  const chosen = [...lines.values()]
    .filter(fits)
    .map((line) => ({ ...line, metres: far(line) }))
    .toSorted((a, b) =>
      query.of === 'farthest'
        ? (b.metres ?? 0) - (a.metres ?? 0) || (a.unit < b.unit ? -1 : 1)
        : a.unit < b.unit
          ? -1
          : a.unit > b.unit
            ? 1
            : b.households - a.households,
    )
  const { rows, next } = sliceOf(chosen, query)
  const places = await placeOf(
    trx,
    rows.map(({ unit }) => unit),
  )
  const nameOf = await namesFor(
    trx,
    rows.flatMap(({ person, was }) => [person, ...was]),
  )
  const one = (person: string | null | undefined) => (person ? nameOf(person) : null)
  return {
    items: rows.map(({ unit, person, households, was, metres }) => ({
      path: unit,
      place: places.get(unit) ?? '',
      households,
      person: one(person),
      was: was.size === 1 ? one([...was][0]) : null,
      metres,
    })),
    next,
    total: chosen.length,
  }
}

/** Doors of a plan by stairwell: which ones, who has them, who gets them. Nothing of who lives there. */
export async function planDoors(
  trx: Trx,
  id: string,
  query: {
    of: 'unserved' | 'changed' | 'all'
    side: Side
    unit?: string | undefined
    person?: string | undefined
  } & Page,
): Promise<PlanDoors> {
  const { picture } = await seen(trx, id)
  const after = query.after ? readCursor(query.after, (key) => /^(\d+\/)+$/.test(key)) : null
  const found = await doorPage(trx, id, { ...query, after, takingPart: [...picture.world.bounds.keys()] })
  const { rows, next } = pageOf(found, query.limit, ({ unit, id: door }) => ({ key: unit, id: door }))
  const places = await placeOf(
    trx,
    rows.map(({ unit }) => unit),
  )
  const column = { now: 'was', solved: 'solved', planned: 'person' } as const
  const nameOf = await namesFor(
    trx,
    rows.flatMap((door) => [door.was, door[column[query.side]]]),
  )
  const one = (person: string | null) => (person === null ? null : nameOf(person))
  return {
    items: rows.map((door) => ({
      id: door.id,
      path: door.unit,
      place: places.get(door.unit) ?? '',
      number: door.number,
      was: one(door.was),
      person: one(door[column[query.side]]),
    })),
    next,
  }
}
