import { doorsOnDay, householdsOutside } from '#households/planned.ts'
import type { Trx } from '#kernel/db.ts'
import { groundAt, groundUnder } from '#org/ground.ts'
import type { Ground } from '#org/ground.ts'
import { liaisonPosts, walkersAmong } from '#people/walking.ts'
import type { Anchor, Door, Liaison, Stairwell } from './problem.ts'

/** What a plan is made of, out of the register: a fixed number of statements, however large the area (LP2). */

export type Material = {
  stairwells: Stairwell[]
  doors: Door[]
  /** Who holds a post as a liaison there. */
  liaisons: Liaison[]
  /** Who has doors there and holds no such post (any more). */
  gone: Liaison[]
}

/** Where something stands; what has no place of its own stands where the nearest above it does. */
function whereIs(
  ground: ReadonlyMap<string, Ground>,
  path: string,
): { lon: number; lat: number } | undefined {
  for (let here = path; here !== ''; here = here.replace(/[^/]+\/$/, '')) {
    const { lon, lat } = ground.get(here) ?? {}
    if (lon != null && lat != null) return { lon, lat }
  }
  return undefined
}

/** Reads an area as it is on a day (`YYYY-MM-DD`). */
export async function materialOf(trx: Trx, path: string, day: string): Promise<Material> {
  const ground = new Map((await groundUnder(trx, path)).map((one) => [one.path, one]))
  const doors = await doorsOnDay(trx, path, day)
  const posts = await liaisonPosts(trx, path, day)
  const serving = new Map(posts.map(({ person, paths }) => [person, paths]))
  const holding = new Set(doors.flatMap(({ person }) => person ?? []))
  const everybody = await walkersAmong(trx, [...serving.keys(), ...holding])
  const paired = await groundAt(
    trx,
    everybody.flatMap((one) => one.paired),
  )
  const elsewhere = await householdsOutside(trx, [...serving.keys()], path, day)
  const standing = everybody.map((one): Liaison => {
    const areas = serving.get(one.id) ?? []
    const at = (kind: Anchor['kind'], places: ReadonlyMap<string, Ground>) => (area: string) => {
      const where = whereIs(places, area)
      return where ? [{ kind, ...where }] : []
    }
    return {
      id: one.id,
      rural: areas.length > 0 && areas.every((area) => ground.get(area)?.village === true),
      mostHouseholds: one.mostHouseholds,
      anchors: [
        ...one.anchors,
        ...one.paired.flatMap(at('paired', paired)),
        ...areas.flatMap(at('post', ground)),
      ],
      elsewhere: elsewhere.get(one.id) ?? 0,
    }
  })
  return {
    stairwells: [...new Set(doors.map(({ unit }) => unit))].flatMap((unit) => {
      const where = whereIs(ground, unit)
      return where ? [{ path: unit, ...where }] : []
    }),
    doors,
    liaisons: standing.filter(({ id }) => serving.has(id)),
    gone: standing.filter(({ id }) => !serving.has(id)),
  }
}
