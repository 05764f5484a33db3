import { sql } from 'kysely'
import { wholeOf } from './db.ts'
import type { Database, Scope, Trx } from './db.ts'
import type { Log } from './log.ts'

/**
 * What every clock of the product has in common: whatever is due is entered, oldest first, each in turn until nothing is left.
 * A clock says what is due (`take`) and what it enters (`enter`), both in one transaction:
 *
 * - No page starves: what was entered is due no longer, what failed is left out of the next look.
 * - Each once: rows are locked while they are entered, those that another worker has are passed over, and the ids of entries
 *   follow from what they are about. So it runs on any number of workers at once.
 * - What cannot be entered is logged and left for the next run; the others go on. A batch that one of them spoilt is rolled
 *   back and gone through one by one.
 * - A worker that dies leaves nothing half done: its batch is rolled back, its locks are gone with its connection.
 */
export type Clock<T extends { id: string }> = {
  /** Name of the job and of one of its things, for the log: `request 0197... could not be moved by its clock`. */
  task: string
  what: string
  /** How many in one transaction: few, so that a crash repeats little and locks nobody out for long. */
  atOnce: number
  /** The oldest that are due, at most `limit` and none of `except`: `for update skip locked`. */
  take(trx: Trx, limit: number, except: readonly string[]): Promise<T[]>
  /** Enters all of them. Whatever it does, they are not due afterwards, or due at a later time of theirs. */
  enter(trx: Trx, due: readonly T[]): Promise<void>
}

/**
 * Enters everything that is due.
 *
 * @returns how many times something was entered.
 * @throws when the database is away; what was entered until then stays.
 */
export async function enterDue<T extends { id: string }>(
  database: Database,
  district: string,
  clock: Clock<T>,
  log?: Log,
): Promise<number> {
  const scope = wholeOf(district)
  const failed: string[] = []
  let made = 0
  /** How many are still entered one by one, after a batch that one of them spoilt. */
  let alone = 0
  for (;;) {
    let due: T[] = []
    try {
      await database.within(scope, async (trx) => {
        due = await clock.take(trx, alone > 0 ? 1 : clock.atOnce, failed)
        if (due.length > 0) await clock.enter(trx, due)
      })
      if (due.length === 0) return made
      made += due.length
      alone = Math.max(alone - 1, 0)
    } catch (error) {
      await stillThere(database, scope)
      const [first] = due
      if (!first) throw error
      if (due.length > 1) {
        alone = due.length
        continue
      }
      failed.push(first.id)
      alone = Math.max(alone - 1, 0)
      notMoved(log, { ...clock, district }, first.id, error)
    }
  }
}

/**
 * Does something about each of these, a transaction for each, as where a clock looks through all that is open; one that
 * fails is logged and left for the next run.
 *
 * @param work says whether there was anything to do; it looks again, with the row locked.
 * @returns how many there was something to do about.
 * @throws when the database is away.
 */
export async function eachAlone(
  database: Database,
  { district, ...named }: { district: string; task: string; what: string },
  ids: readonly string[],
  work: (trx: Trx, id: string) => Promise<boolean>,
  log?: Log,
): Promise<number> {
  const scope = wholeOf(district)
  let made = 0
  for (const id of ids) {
    try {
      if (await database.within(scope, (trx) => work(trx, id))) made += 1
    } catch (error) {
      await stillThere(database, scope)
      notMoved(log, { ...named, district }, id, error)
    }
  }
  return made
}

/** Nobody's fault when the database itself does not answer: that ends the run. */
async function stillThere(database: Database, scope: Scope): Promise<void> {
  await database.within(scope, (trx) => sql`select 1`.execute(trx))
}

function notMoved(
  log: Log | undefined,
  { task, what, district }: { task: string; what: string; district: string },
  id: string,
  err: unknown,
): void {
  log?.error({ task, district, err }, `${what} ${id} could not be moved by its clock`)
}
