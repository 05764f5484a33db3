import type { Database, Trx } from '#kernel/db.ts'
import { enterDue } from '#kernel/due.ts'
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

/**
 * Enters everything that is due at `now`, each exactly once: the entry's id comes from request, round and share. How it
 * goes through them, and what becomes of one that cannot be rung, says `kernel/due.ts`.
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
  return enterDue(
    database,
    district,
    {
      task: 'ring',
      what: 'request',
      atOnce: 100,
      take: (trx, limit, except) => ringing(trx, at, limit, except),
      enter: (trx, due) => ringThese(trx, due, at),
    },
    log,
  )
}

async function ringThese(trx: Trx, due: readonly Stored[], now: string): Promise<void> {
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
