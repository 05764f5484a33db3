import { sql } from 'kysely'
import type { Call } from '#access/route.ts'
import { areaLine } from '#org/service.ts'
import { grams } from '#text/grams.ts'
import { words } from '#text/words.ts'
import type { Trx } from '#kernel/db.ts'
import { doorsIn, likeliest, meaningsOf } from './alike.ts'
import type { Said } from './alike.ts'

/** Who may have said the same, out of what was said lately around a place (RQ13). One indexed statement, then pure scoring. */

/** How far back one looks, in days. */
export const aroundDays = 45
/** No more than so many are compared, the newest first. */
const mostCompared = 300

export type Around = {
  id: string
  path: string
  place: string
  lon: number | null
  lat: number | null
  category: string | null
  state: string
  submittedAt: string
  title: string
  words: string
  reporter: string
  followers: number
}

export type Place = { path: string; place: string; lon: number | null; lat: number | null }
export type Asked = Place & { words: string; category: string | null; at: string }

/** Made ready for comparing: what was said, and where. */
export function saidOf(one: Asked): Said {
  const named = new Set(grams(one.place))
  const point = one.lon === null || one.lat === null ? null : { lon: one.lon, lat: one.lat }
  return {
    path: one.path,
    place: named,
    point,
    at: one.at,
    category: one.category,
    doors: doorsIn(one.words),
    // What the place is called says where, not what.
    grams: new Set(grams(one.words).filter((gram) => !named.has(gram))),
    words: meaningsOf(words(one.words).filter((word) => !one.place.includes(word))),
  }
}

/** What was said around a place since an instant, whoever said it: never to be shown as it is. */
export async function saidAround(trx: Trx, { path, lon, lat }: Place, since: string): Promise<Around[]> {
  const { rows } = await sql<Around>`
    select id, path, place, lon, lat, category, state, submitted_at as "submittedAt", title, words, reporter, followers
    from app.said_around(${path}, ${lon}::double precision, ${lat}::double precision, ${since}::timestamptz, ${mostCompared})`.execute(
    trx,
  )
  return rows
}

/** A place without a position of its own has that of its building, as far as that is known. */
async function located(trx: Trx, asked: Asked): Promise<Asked> {
  if (asked.lon !== null) return asked
  const area = (await areaLine(trx, asked.path)).at(-1)
  // The middle of a whole community is nowhere in particular.
  return area && area.kind !== 'community' ? { ...asked, lon: area.lon, lat: area.lat } : asked
}

/** What both texts say: the same pairs of characters, and words of the same meaning, as they stand in either. */
function commonIn(a: string, b: string): string[] {
  const [one, other] = [new Set(grams(a)), new Set(grams(b))]
  const [meant, alsoMeant] = [meaningsOf(words(a)), meaningsOf(words(b))]
  const isMeant = (word: string) =>
    [...meaningsOf([word])].some((name) => meant.has(name) && alsoMeant.has(name))
  return [
    ...new Set([
      ...[...one].filter((gram) => other.has(gram)),
      ...[...words(a), ...words(b)].filter(isMeant),
    ]),
  ]
}

export type Candidate = {
  of: Around
  likeness: ReturnType<typeof likeliest>[number]['likeness']
  common: string[]
}

/**
 * The likeliest to be the same, best first.
 *
 * @param keep which of those around may be shown to the caller at all.
 */
export async function candidatesFor(
  call: Call,
  asked: Asked,
  keep: (around: Around[]) => Promise<Around[]>,
  most: number,
): Promise<Candidate[]> {
  const here = await located(call.trx, asked)
  const since = call.now.subtract({ hours: aroundDays * 24 }).toString({ smallestUnit: 'millisecond' })
  const around = await keep(await saidAround(call.trx, here, since))
  const one = saidOf(here)
  const others = around.map((of) => ({ of, ...saidOf({ ...of, at: of.submittedAt }) }))
  return likeliest(one, others, most).map(({ other, likeness }) => ({
    of: other.of,
    likeness,
    common: commonIn(here.words, other.of.words),
  }))
}
