import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { groundUnder, outlinesUnder } from '#org/ground.ts'
import type { Ground } from '#org/ground.ts'
import { placeName } from '#org/rules.ts'
import { holderOf } from './compare.ts'
import type { PlanMap } from './lists-contract.ts'
import { sides } from './lists-contract.ts'
import type { Picture } from './picture.ts'
import { lotsOf } from './lists.ts'
import { namesFor, seen } from './service.ts'

/** A plan as a drawing: buildings of one community, its stairwells, who goes to which. From our own ground, no base map. */

/** Up to so many stairwells are drawn together; beyond, one community at a time. */
const mostDrawn = 400

type Unit = PlanMap['units'][number]

function sharesOf({ pieces, world }: Picture, part: string): Map<string, Unit['shares']> {
  const units = new Map<string, Map<string, Unit['shares'][number]>>()
  for (const piece of pieces) {
    if (!piece.unit.startsWith(part)) continue
    const here = units.get(piece.unit) ?? new Map<string, Unit['shares'][number]>()
    units.set(piece.unit, here)
    for (const side of sides) {
      const person = holderOf(piece, side, world)
      const key = `${side} ${person}`
      const share = here.get(key) ?? {
        side,
        person,
        households: 0,
        metres: person === null ? null : world.metres(piece.unit, person),
        changed: 0,
        byHand: false,
      }
      here.set(key, share)
      share.households += piece.households
      if (side !== 'now' && person !== piece.was) share.changed += piece.households
      if (side === 'planned' && piece.planned !== piece.solved) share.byHand = true
    }
  }
  return new Map([...units].map(([unit, shares]) => [unit, [...shares.values()]]))
}

/** Communities of the area, with how much changes in each: the first is drawn when nobody chose. */
function partsOf({ pieces }: Picture, ground: readonly Ground[]): PlanMap['parts'] {
  const communities = ground.filter(({ kind }) => kind === 'community')
  const changed = new Map<string, number>()
  for (const { unit, was, planned, households } of pieces) {
    if (was === planned) continue
    const community = unit.split('/').slice(0, 3).join('/') + '/'
    changed.set(community, (changed.get(community) ?? 0) + households)
  }
  return communities
    .map(({ path, kind, name }) => ({ path, name: placeName(kind, name), changed: changed.get(path) ?? 0 }))
    .toSorted((a, b) => b.changed - a.changed || (a.path < b.path ? -1 : 1))
}

/** People with something in the part, on either side of the plan. */
function peopleIn(picture: Picture, shares: ReadonlyMap<string, Unit['shares']>): Set<string> {
  const here = new Set<string>()
  for (const of of shares.values()) for (const { person } of of) if (person !== null) here.add(person)
  for (const { unit, was } of picture.pieces) if (shares.has(unit) && was !== null) here.add(was)
  return here
}

/** The drawing of a plan, or of one community of it. */
export async function planMap(trx: Trx, id: string, part: string | undefined): Promise<PlanMap> {
  const { row, picture } = await seen(trx, id)
  if (part !== undefined && !part.startsWith(row.path))
    refuse('record.invalid_reference', { field: 'query.path' })
  const tooLarge = picture.solution.problem.units.length > mostDrawn
  const parts = tooLarge ? partsOf(picture, await groundUnder(trx, row.path)) : []
  const drawn = part ?? parts[0]?.path ?? row.path
  const ground = await groundUnder(trx, drawn)
  const names = new Map(ground.map(({ path, name }) => [path, name]))
  const shares = sharesOf(picture, drawn)
  const here = peopleIn(picture, shares)
  const nameOf = await namesFor(trx, here)
  const lots = new Map(lotsOf(picture).map((lot) => [lot.id, lot]))
  const standing = [...picture.solution.problem.people, ...picture.beside.outside]
  return {
    path: drawn,
    parts,
    compounds: ground.filter(({ kind }) => kind === 'compound').map(({ path, name }) => ({ path, name })),
    buildings: (await outlinesUnder(trx, drawn)).map(({ path, outline }) => ({
      path,
      name: names.get(path) ?? '',
      outline,
    })),
    units: picture.solution.problem.units.flatMap(({ id: path, x, y, households }) => {
      const own = shares.get(path)
      return own
        ? [{ path, name: names.get(path) ?? '', at: [x, y] as [number, number], households, shares: own }]
        : []
    }),
    people: standing.flatMap(({ id: person, x, y, anchors = [] }) => {
      if (!here.has(person)) return []
      const bound = picture.world.bounds.get(person)
      const lot = lots.get(person)
      return [
        {
          ...nameOf(person),
          leaving: bound === undefined,
          anchors: [[x, y], ...anchors].map(([lon = 0, lat = 0]) => [lon, lat] as [number, number]),
          least: bound?.min ?? 0,
          most: bound?.max ?? 0,
          now: lot?.now.households ?? 0,
          planned: lot?.planned.households ?? 0,
        },
      ]
    }),
  }
}
