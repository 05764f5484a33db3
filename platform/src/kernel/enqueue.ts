import { sql } from 'kysely'
import type { Trx } from './db.ts'

/**
 * Enqueues a job that is seen only once the transaction commits. No job key on purpose: two transactions with the same key
 * would wait for one another until the first commits.
 */
export async function enqueue(trx: Trx, task: string, payload: Record<string, string> = {}): Promise<void> {
  await sql`select app.enqueue(${task}, ${JSON.stringify(payload)}::jsonb)`.execute(trx)
}
