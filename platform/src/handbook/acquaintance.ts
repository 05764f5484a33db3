import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { doorsUnder } from '#households/building.ts'
import { areaLine, areasUnder, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { acquainted, metByStairs } from '#visits/acquaintance.ts'
import type { Acquaintance } from './contract.ts'
import { familyName } from './rules.ts'

/** First acquaintance (认亲) of an area: how many households their liaison has met, down to the doors still to be met. */

export async function acquaintanceOf(trx: Trx, path: string, now: Temporal.Instant): Promise<Acquaintance> {
  const line = await areaLine(trx, path)
  const self = line.at(-1) ?? refuse('record.not_found')
  const stairs = await metByStairs(trx, path, now)
  const below = await areasUnder(trx, path)
  const sumOf = (under: string) => {
    const inside = stairs.filter((one) => one.path.startsWith(under))
    const add = (of: 'households' | 'met' | 'without') => inside.reduce((sum, one) => sum + one[of], 0)
    return { households: add('households'), met: add('met'), without: add('without') }
  }
  const doors = self.kind === 'building' || self.kind === 'unit' ? await toMeet(trx, path, now) : []
  return {
    path,
    name: self.name,
    place: self.place,
    line: line.map(({ path: at, name }) => ({ path: at, name })),
    ...sumOf(path),
    areas: below
      .map(({ path: at, name, kind }) => ({ path: at, name, kind, ...sumOf(at) }))
      .filter(({ households }) => households > 0),
    doors,
  }
}

/** Doors of a building whose household the liaison of today has not met yet. */
async function toMeet(trx: Trx, path: string, now: Temporal.Instant): Promise<Acquaintance['doors']> {
  const lived = (await doorsUnder(trx, path, civilDay(now))).filter(({ household }) => household !== null)
  const met = await acquainted(
    trx,
    lived.flatMap(({ household, liaison }) => (household && liaison ? [{ household, person: liaison }] : [])),
  )
  const left = lived.filter(({ household }) => household !== null && !met.has(household))
  const names = await personNames(
    trx,
    left.flatMap(({ liaison }) => liaison ?? []),
  )
  const places = await placeOf(trx, [...new Set(left.map((door) => door.path))])
  return left.map((door) => ({
    household: door.household ?? '',
    path: door.path,
    place: places.get(door.path) ?? '',
    number: door.number,
    floor: door.floor,
    family: familyName(door.head ?? ''),
    tenants: door.relation === 'tenant',
    liaison: door.liaison ? { id: door.liaison, name: names.get(door.liaison)?.name ?? '' } : null,
  }))
}
