import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import { addDays } from './lifecycle.ts'
import * as store from './emit-store.ts'
import { refold } from './folding.ts'
import type { Asking } from './emit-store.ts'
import { holidaysAround } from './holidays.ts'
import { graceDays, periodsOf } from './periods.ts'
import type { Period } from './periods.ts'
import { ensureRules, rulesOn } from './rule-service.ts'
import { versions } from './rule-store.ts'
import type { StoredRule } from './rule-store.ts'
import { closeWindows, moveDuties, openWindows } from './clock.ts'

/** What the rules ask for (VR1, VR3): in sets for everybody, or for a few doors when something happened there. */

/** Tasks are there so many days before their window opens, so that a phone without signal has them. */
const daysAhead = 3
/** Events are looked for so far back; what is older was asked for long ago, or not at all. */
const eventReach = 30

/** So many doors are folded with one statement of each kind. */
const foldedAtOnce = 500
function chunked<One>(list: readonly One[]): One[][] {
  return Array.from({ length: Math.ceil(list.length / foldedAtOnce) }, (_, k) =>
    list.slice(k * foldedAtOnce, (k + 1) * foldedAtOnce),
  )
}

const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Periods of a rule that are open, or open soon; each under the version in force when it begins. */
function due(list: readonly StoredRule[], today: string): { rule: StoredRule; period: Period }[] {
  const until = addDays(today, daysAhead + 1)
  const found = new Map<string, { rule: StoredRule; period: Period }>()
  for (const rule of list) {
    for (const period of periodsOf(rule, today, until, holidaysAround(today))) {
      const holds = rulesOn(list, period.opensOn).find((one) => one.id === rule.id)
      if (holds === rule && rule.active) found.set(period.key, { rule, period })
    }
  }
  return [...found.values()]
}

/**
 * Goes through every rule for every household, once for each rule and period however often it is called, and through what
 * happened since. Many workers may do so at once.
 *
 * @param again also goes through periods that were gone through, for doors that came since.
 * @returns how many tasks were made.
 */
export async function evaluate(
  trx: Trx,
  now: Temporal.Instant,
  { again = false }: { again?: boolean } = {},
): Promise<number> {
  const today = civilDay(now)
  const at = { today, now: text(now) }
  await store.workInMemory(trx)
  let made = 0
  const byRule = Map.groupBy(await versions(trx), ({ id }) => id)
  for (const list of byRule.values()) {
    for (const { rule, period } of due(list, today)) {
      const run = { rule: rule.id, version: rule.version, period: period.key }
      const first = await store.beginRun(trx, run, at.now)
      if (!first && !again) continue
      const tasks = await emit(trx, rule, period, at, now)
      if (first) await store.endRun(trx, run, tasks)
      made += tasks
    }
    made += await events(trx, list, at)
  }
  return made
}

/** For doors where something happened: somebody moved in, is in need, asked. @returns how many tasks were made. */
export async function evaluateFor(
  trx: Trx,
  households: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  if (households.length === 0) return 0
  const today = civilDay(now)
  const at = { today, now: text(now), households }
  let made = 0
  for (const list of Map.groupBy(await versions(trx), ({ id }) => id).values()) {
    for (const { rule, period } of due(list, today)) made += await emit(trx, rule, period, at, now)
    made += await events(trx, list, at)
  }
  return made
}

/** The tasks of a period; those that a visit answered before they were there are answered at once (VI1). */
async function emit(
  trx: Trx,
  rule: Asking,
  period: Period,
  at: { today: string; now: string; households?: readonly string[] },
  now: Temporal.Instant,
): Promise<number> {
  const tasks = await store.emitPeriod(trx, rule, period, at)
  if (tasks > 0 && period.opensOn <= at.today && rule.who !== 'walk')
    for (const some of chunked(await store.visitedBefore(trx, rule, period, at))) await refold(trx, some, now)
  return tasks
}

async function events(
  trx: Trx,
  list: readonly StoredRule[],
  at: { today: string; now: string; households?: readonly string[] },
): Promise<number> {
  const [rule] = rulesOn(list, at.today)
  if (!rule?.active || rule.who !== 'event') return 0
  const first = list[0]?.validFrom ?? rule.validFrom
  const reach = addDays(at.today, -eventReach)
  const since = first > reach ? first : reach
  return store.emitEvents(trx, asking(rule), { since, grace: graceDays }, at)
}

const asking = (rule: StoredRule): Asking => rule

/**
 * What the worker does each minute: rules whose period has come, windows that opened or ended, duties that moved overnight.
 *
 * @returns how many tasks were made.
 */
export async function keepTasks(
  database: Database,
  district: string,
  now: Temporal.Instant,
): Promise<number> {
  const today = civilDay(now)
  const scope = { ...wholeOf(district), today }
  return database.within(scope, async (trx) => {
    await ensureRules(trx, now)
    const made = await evaluate(trx, now)
    if (await store.beginDay(trx, today, text(now))) {
      await moveDuties(trx, now)
      await openWindows(trx, today)
      await closeWindows(trx, now)
    }
    return made
  })
}

/** What the worker does each night: doors that came after their period was gone through. */
export async function catchUp(database: Database, district: string, now: Temporal.Instant): Promise<number> {
  const scope = { ...wholeOf(district), today: civilDay(now) }
  return database.within(scope, (trx) => evaluate(trx, now, { again: true }))
}
