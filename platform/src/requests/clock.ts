import { sql } from 'kysely'
import type { Database, Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Log } from '#kernel/log.ts'
import { calendarOf } from '#deadlines/service.ts'
import { deliveredAmong } from '#notify/service.ts'
import { ring } from './alarms.ts'
import type { Alarm } from './next-alarm.ts'
import { makePlan } from './plan.ts'
import { desksAmongPaths, write } from './service.ts'
import type { Standing } from './standing.ts'
import { ringing } from './store.ts'
import type { Stored } from './store.ts'

/** The clock of requests (RQ5, RQ7): warns at 50% and 80%, tells the level above at 100%, closes after seven days of silence. */

/** Requests rung in one transaction: small, so that a crash repeats little and locks nobody out for long. */
const batch = 50

/**
 * Enters everything that is due at `now`, each exactly once: the entry's id comes from request, round and share, and the
 * row is locked while it is written. Safe to run on any number of workers at once. A request that cannot be rung is
 * logged and left for the next run; the others go on.
 *
 * @returns how many entries were made.
 * @throws when the database is away; what was entered until then stays.
 */
export async function ringAlarms(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  const failed: string[] = []
  let made = 0
  /** How many are still rung one by one, after a batch that one of them spoilt. */
  let alone = 0
  for (;;) {
    let due: Stored[] = []
    try {
      await database.within(scope, async (trx) => {
        due = await ringing(trx, at, alone > 0 ? 1 : batch, failed)
        await ringThese(trx, due, at)
      })
      if (due.length === 0) return made
      made += due.length
      alone = Math.max(alone - 1, 0)
    } catch (error) {
      // Nobody's fault when the database itself does not answer: that ends the run.
      await database.within(scope, (trx) => sql`select 1`.execute(trx))
      const [first] = due
      if (!first) throw error
      if (due.length > 1) {
        alone = due.length
        continue
      }
      failed.push(first.id)
      alone = Math.max(alone - 1, 0)
      log?.error({ task: 'ring', district, err: error }, `request ${first.id} could not be rung`)
    }
  }
}

async function ringThese(trx: Trx, due: readonly Stored[], now: string): Promise<void> {
  if (due.length === 0) return
  const desksOf = await desksAmongPaths(
    trx,
    due.map(({ path }) => path),
  )
  const told = await deliveredAmong(
    trx,
    due.map(({ id }) => id),
    'request.answer',
  )
  const plan = makePlan(await calendarOf(trx, now), () => [])
  const changes = due.map((request) => {
    const { id, standing, path } = request
    const desks = desksOf.get(path) ?? {}
    const heard = request.reporter === null ? 'nobody' : told.has(id)
    const rang = ring(standing, (alarm) => ringId(id, standing, alarm), heard, { now, desks, plan })
    if (!rang) throw new Error(`request ${id}: its cache says an alarm is due, its entries do not`)
    return { request, entries: [rang.entry], standing: rang.standing, desks }
  })
  await write(trx, changes)
}

/**
 * RQ5: the same alarm of the same round is the same entry; the end of a suspension belongs to when that began, a step of
 * the ladder to when it was due, those of parts and demands to themselves.
 */
export function ringId(id: string, standing: Standing, alarm: Alarm): string {
  const { state, reopens, term, suspended } = standing
  if (alarm.what === 'part' || alarm.what === 'demand')
    return derivedId('ring', alarm.what, alarm.of, alarm.share)
  if (alarm.what === 'rung') return derivedId('ring', 'rung', id, alarm.at)
  return derivedId('ring', id, state, String(reopens), suspended?.since ?? term?.startsAt ?? '', alarm.share)
}
