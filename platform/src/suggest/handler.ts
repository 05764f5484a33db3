import { leadsOf } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationsServing } from '#org/service.ts'
import { namedAmong } from '#requests/handlers.ts'
import { precedentsTo } from '#requests/past.ts'
import type { Precedent } from '#requests/past.ts'
import type { Suggestion } from './contract.ts'

/** Who could solve it: who answered alike in the same place before and kept the limit, else who the category names. */

const yearHours = 365 * 24
/** One answer is no precedent. */
const fewestAnswers = 2

/** Of those who answered often, whoever kept the limit: a share that trusts many answers more than few. */
function merit({ answered, onTime }: Precedent): number {
  return ((onTime + 1) / (answered + 2)) * Math.log(1 + answered)
}

/** The areas that precedent is looked for in: the community of the place, then its subdistrict. */
function circles(path: string): { path: string; why: 'answered_here' | 'answered_near' }[] {
  const parts = path.split('/').filter(Boolean)
  const upTo = (depth: number) => `${parts.slice(0, depth).join('/')}/`
  return [
    { path: upTo(3), why: 'answered_here' },
    { path: upTo(2), why: 'answered_near' },
  ]
}

export async function handlerFor(
  trx: Trx,
  matter: { category: string; path: string; except: readonly string[] },
  now: Temporal.Instant,
): Promise<Suggestion['handler']> {
  const { category, path, except } = matter
  const since = now.subtract({ hours: yearHours }).toString()
  const serving = new Map(
    (await organisationsServing(trx, path))
      .filter(({ id }) => !except.includes(id))
      .map((one) => [one.id, one]),
  )
  for (const circle of circles(path)) {
    const [best] = (await precedentsTo(trx, { category, path: circle.path, since }))
      // Whoever answered next door but does not serve this place is no help here.
      .filter(({ organisation, answered }) => answered >= fewestAnswers && serving.has(organisation))
      .toSorted((a, b) => merit(b) - merit(a))
    if (best) {
      const { organisation: id, answered, onTime, satisfied } = best
      return { id, name: serving.get(id)!.shortName, why: circle.why, answered, onTime, satisfied }
    }
  }
  const isNamed = namedAmong(await leadsOf(trx, category, now.toString()))
  const [named] = [...serving.values()].filter(isNamed).toSorted((a, b) => b.path.length - a.path.length)
  if (!named) return null
  return {
    id: named.id,
    name: named.shortName,
    why: 'named_by_category',
    answered: 0,
    onTime: 0,
    satisfied: 0,
  }
}
