import { randomBytes } from 'node:crypto'
import { reachable } from '#access/reporters.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { organisationNames } from '#org/service.ts'
import * as store from './store.ts'
import { drawn } from './sampling.ts'

/**
 * The follow-up by phone (RQ7, boundary 13): each day, of what each desk answered the day before, a share drawn by lot. The
 * seed is made with the draw and kept with what was drawn from, so that anybody can draw it again; nobody is called about
 * the same request twice.
 */

const dayMs = 86_400_000
const shanghai = 8 * 3_600_000
/** How far back the first draw of a district reaches. */
const firstReach = 7 * dayMs

/** The day in Shanghai, and when it began. */
function today(now: Temporal.Instant): { day: string; begins: string } {
  const days = Math.floor((now.epochMilliseconds + shanghai) / dayMs)
  return {
    day: new Date(days * dayMs).toISOString().slice(0, 10),
    begins: new Date(days * dayMs - shanghai).toISOString(),
  }
}

/** Draws today's calls, once however often it runs. @returns how many. */
export async function drawCalls(
  database: Database,
  district: string,
  now: Temporal.Instant,
): Promise<number> {
  const scope = wholeOf(district)
  return database.within(scope, async (trx) => {
    const { day, begins } = today(now)
    const last = await store.lastDraw(trx, day)
    if (last?.day === day) return 0
    const fromAt = last?.untilAt ?? new Date(Date.parse(begins) - firstReach).toISOString()
    const answered = await store.answeredBetween(trx, fromAt, begins)
    // Whoever left no number cannot be called; of them the page or the counter hears.
    const numbers = await reachable(
      trx,
      answered.map(({ reporter }) => reporter),
    )
    const pools: store.Pools = {}
    for (const { id, desk, reporter } of answered) if (numbers.has(reporter)) (pools[desk] ??= []).push(id)
    for (const pool of Object.values(pools)) pool.sort()
    const { percent } = await store.rate(trx)
    const seed = randomBytes(16).toString('hex')
    const draw = { day, seed, percent, fromAt, untilAt: begins, pools }
    if (!(await store.keepDraw(trx, draw, now.toString({ smallestUnit: 'millisecond' })))) return 0
    const picks = picksOf(draw)
    await store.keepPicks(trx, day, picks)
    return picks.length
  })
}

function picksOf({ seed, day, percent, pools }: store.Draw): { request: string; desk: string }[] {
  return Object.entries(pools).flatMap(([desk, pool]) =>
    drawn(seed, day, pool, percent).map((request) => ({ request, desk })),
  )
}

/** A day's draw, and whether drawing it again gives the same. */
export async function checkedDraw(trx: Trx, day: string) {
  const draw = await store.lastDraw(trx, day)
  if (draw?.day !== day) return null
  const picked = Map.groupBy(await store.picksOf(trx, day), ({ desk }) => desk)
  const names = await organisationNames(trx, Object.keys(draw.pools))
  return {
    day,
    seed: draw.seed,
    percent: draw.percent,
    from: draw.fromAt,
    until: draw.untilAt,
    desks: Object.entries(draw.pools).map(([organisation, pool]) => {
      const kept = (picked.get(organisation) ?? []).map(({ id }) => id).toSorted()
      const again = drawn(draw.seed, day, pool, draw.percent).toSorted()
      return {
        organisation,
        name: names.get(organisation)?.shortName ?? '',
        pool,
        picked: kept,
        holds: kept.join() === again.join(),
      }
    }),
  }
}
