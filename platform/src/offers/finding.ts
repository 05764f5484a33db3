import { check } from '#engines/offers/check.ts'
import { usualWeights } from '#engines/offers/contract.ts'
import type { Answer, Helper, Point } from '#engines/offers/contract.ts'
import { rank } from '#engines/offers/rank.ts'
import type { Trx } from '#kernel/db.ts'
import { lineOf } from '#org/rules.ts'
import { spots } from '#org/nearby.ts'
import { helpersUnder } from '#people/helpers.ts'
import type { HelperLine } from '#people/helpers.ts'
import { loadsOf } from './store.ts'

/** Who could be asked for a want, ranked by the engine (OF1). Five statements, however many people there are. */

const recentDays = 30
/** Path length, in codes, of a community: whoever serves there is near enough to be thought of. */
const communityDepth = 3
/** Where nobody's place is known on a map everybody stands on one point, and no walk is counted. */
const nowhere: Point = { lon: 0, lat: 0 }

export type Wanted = {
  path: string
  lon: number | null
  lat: number | null
  skills: readonly string[]
  slots: readonly string[]
}

/**
 * `spot` is where its compound lies, null where no walk could be counted. The point that was said stays with the request and
 * is erased with it (RQ15).
 */
export type Found = { answer: Answer; people: ReadonlyMap<string, HelperLine>; spot: Point | null }

/** Everybody is shown no more of a place than its compound, and no more is kept beside the request. */
export const compoundOf = (path: string): string => lineOf(path).slice(0, shownDepth).at(-1) ?? path
const shownDepth = 4

/** Where the deepest area of a line lies that has a place on the map. */
function pointOf(path: string, known: Awaited<ReturnType<typeof spots>>): Point | null {
  for (const area of lineOf(path).toReversed()) {
    const { lon = null, lat = null } = known.get(area) ?? {}
    if (lon !== null && lat !== null) return { lon, lat }
  }
  return null
}

/** @param before who had this want before them @param many how many are asked now */
export async function findHelpers(
  trx: Trx,
  wanted: Wanted,
  { now, before, many }: { now: Temporal.Instant; before: ReadonlySet<string>; many: number },
): Promise<Found> {
  const community = lineOf(wanted.path).slice(0, communityDepth).at(-1) ?? wanted.path
  const people = await helpersUnder(trx, community, now)
  const since = now.subtract({ hours: 24 * recentDays }).toString({ smallestUnit: 'millisecond' })
  const loads = await loadsOf(
    trx,
    people.map(({ id }) => id),
    since,
  )
  const known = await spots(
    trx,
    [wanted.path, ...people.flatMap(({ from, paths }) => (from.length > 0 ? [] : paths))].flatMap(lineOf),
  )
  const said = wanted.lon !== null && wanted.lat !== null ? { lon: wanted.lon, lat: wanted.lat } : null
  const point = said ?? pointOf(wanted.path, known)
  const places = new Map(
    people.map(({ id, from, paths }): [string, readonly Point[]] => [
      id,
      from.length > 0 ? from : paths.flatMap((path) => pointOf(path, known) ?? []),
    ]),
  )
  // A point that somebody said is no map: with nobody's place known nobody is nearer than another.
  const at = [...places.values()].some(({ length }) => length > 0) ? point : null
  const helpers = people.map((one): Helper => {
    const load = loads.get(one.id)
    return {
      id: one.id,
      skills: one.skills,
      from: at ? (places.get(one.id) ?? []) : [nowhere],
      slots: one.availability,
      away: one.away,
      holds: load?.holds ?? 0,
      waiting: load?.waiting ?? 0,
      asked: load?.asked ?? 0,
      lastAsked: load?.lastAsked ? Date.parse(load.lastAsked) : null,
      before: before.has(one.id),
    }
  })
  const problem = {
    want: { at: at ?? nowhere, skills: wanted.skills, slots: wanted.slots },
    helpers,
    many,
    weights: usualWeights,
  }
  const answer = rank(problem)
  const wrong = check(problem, answer)
  if (wrong.length > 0) throw new Error(`who is asked: ${wrong.join('; ')}`)
  return {
    answer,
    people: new Map(people.map((one) => [one.id, one])),
    spot: at && pointOf(compoundOf(wanted.path), known),
  }
}
