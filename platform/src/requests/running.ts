import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** How many requests are under way and keep what they were given, whatever is set meanwhile (RQ4, RQ16). */

/** Of a category: `running` have their limit already, `waiting` get it when they are accepted. */
export async function runningIn(trx: Trx, category: string): Promise<{ running: number; waiting: number }> {
  const { rows } = await sql<{ running: number; waiting: number }>`
    select running, waiting from app.running_in(${category})`.execute(trx)
  return rows[0]!
}

/** Whose running clock ends between two instants. */
export async function dueBetween(trx: Trx, from: string, until: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.due_between(${from}, ${until}) as n`.execute(trx)
  return rows[0]!.n
}
