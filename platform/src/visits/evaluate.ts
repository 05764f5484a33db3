import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import { addDays } from './lifecycle.ts'
import * as store from './emit-store.ts'
import { refold } from './folding.ts'
import type { Asking, Part } from './emit-store.ts'
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

/** A part of a large district has about so many doors, and so many parts are gone through at once: other work keeps its cores. */
const mostDoors = 60_000
const partsAtOnce = 2

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
 * happened since. Many workers may do so at once: who is second waits for the marks of the first.
 *
 * A large district is gone through in parts, each a transaction of its own. A period is marked when all have ended; whatever stops
 * half-way is gone through again and makes nothing twice (VR3).
 *
 * @param again also goes through periods that were gone through, for doors that came since.
 * @param doors how many make a part.
 * @returns how many tasks were made.
 */
export async function evaluate(
  database: Database,
  district: string,
  now: Temporal.Instant,
  { again = false, doors = mostDoors }: { again?: boolean; doors?: number } = {},
): Promise<number> {
  const today = civilDay(now)
  const scope = { ...wholeOf(district), today }
  const at = { today, now: text(now) }
  return database.within(scope, async (trx) => {
    await store.workInMemory(trx)
    await store.waitForParts(trx)
    const rules = [...Map.groupBy(await versions(trx), ({ id }) => id).values()]
    const runs: Run[] = []
    for (const { rule, period } of rules.flatMap((list) => due(list, today))) {
      const isFirst = await store.beginRun(trx, markOf(rule, period), at.now)
      if (isFirst || again) runs.push({ rule, period, isFirst, tasks: 0 })
    }
    const byDoor = runs.filter(({ rule }) => rule.who !== 'walk')
    for (const run of runs)
      if (run.rule.who === 'walk') run.tasks = await emit(trx, run.rule, run.period, at, now)
    const parts = byDoor.length > 0 ? await store.partsOf(trx, doors) : []
    const made = await inTurns(parts, (part) =>
      database.within(scope, async (own) => {
        await store.workInMemory(own)
        const tasks: number[] = []
        for (const { rule, period } of byDoor) tasks.push(await emit(own, rule, period, { ...at, part }, now))
        return tasks
      }),
    )
    byDoor.forEach((run, index) => (run.tasks = sum(made.map((tasks) => tasks[index]!))))
    for (const { rule, period, isFirst, tasks } of runs)
      if (isFirst) await store.endRun(trx, markOf(rule, period), tasks)
    let tasks = sum(runs.map((run) => run.tasks))
    for (const list of rules) tasks += await events(trx, list, at)
    return tasks
  })
}

/** A rule that is gone through for a period, and how many tasks that made. */
type Run = { rule: StoredRule; period: Period; isFirst: boolean; tasks: number }

const markOf = (rule: StoredRule, period: Period) => ({
  rule: rule.id,
  version: rule.version,
  period: period.key,
})

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** Some parts at a time, until none waits. Throws what one threw, once the others under way have ended. */
async function inTurns<Result>(
  parts: readonly Part[],
  work: (part: Part) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = parts.values()
  const turns = Array.from({ length: partsAtOnce }, async () => {
    for (const part of waiting) results.push(await work(part))
  })
  const failed = (await Promise.allSettled(turns)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return results
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
  at: { today: string; now: string; households?: readonly string[]; part?: Part },
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
  await database.within(scope, (trx) => ensureRules(trx, now))
  const made = await evaluate(database, district, now)
  await database.within(scope, async (trx) => {
    if (!(await store.beginDay(trx, today, text(now)))) return
    await moveDuties(trx, now)
    await openWindows(trx, today)
    await closeWindows(trx, now)
  })
  return made
}

/** What the worker does each night: doors that came after their period was gone through. */
export async function catchUp(database: Database, district: string, now: Temporal.Instant): Promise<number> {
  return evaluate(database, district, now, { again: true })
}
