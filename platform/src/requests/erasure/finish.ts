import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { wholeOf } from '#kernel/db.ts'
import type { Database } from '#kernel/db.ts'
import type { Files } from '#kernel/files.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Log } from '#kernel/log.ts'
import { eraseNow } from './erasing.ts'
import { places } from './places.ts'
import { indexStale } from '../search/searchable.ts'
import { done, overSince, unfinished } from './store.ts'

/** What of an erasure cannot be in its transaction: files, old versions of rows, and words that stayed until a matter was over. */

const batch = 50

/** Tables whose rows erasing changes or removes; their old versions are what VACUUM clears away. */
export const touched: readonly string[] = [
  ...new Set(
    Object.entries(places).flatMap(([field, fate]) =>
      typeof fate === 'string' ? [field.slice(0, field.indexOf('.'))] : [],
    ),
  ),
].toSorted()

type Deps = {
  keys: Keys
  database: Database
  district: string
  files: Files
  now: Temporal.Instant
  log?: Log | undefined
}

/**
 * Removes the files of what was erased, then the old versions of its rows. Safe to repeat and to stop anywhere: a wish
 * counts as done only when all of it is.
 *
 * @returns how many wishes are done now.
 */
export async function finishErasures({ database, district, files, keys, now, log }: Deps): Promise<number> {
  const scope = wholeOf(district)
  const at = now.toString({ smallestUnit: 'millisecond' })
  await eraseWhatIsOver({ database, scope, files, keys, at })
  let finished = 0
  for (;;) {
    const open = await database.within(scope, (trx) => unfinished(trx, batch))
    if (open.length === 0) return finished
    for (const key of open.flatMap((one) => one.files)) await files.remove(key)
    // What somebody wrote where they followed others is still found there until the index reads it anew.
    while ((await database.within(scope, (trx) => indexStale(trx, keys, batch))) === batch);
    await vacuum(database, log)
    await database.within(scope, (trx) =>
      done(
        trx,
        open.map(({ id }) => id),
        at,
      ),
    )
    finished += open.length
  }
}

/** The words of an open request stay when who said them is erased; they go when the matter is over. */
async function eraseWhatIsOver({
  database,
  scope,
  files,
  keys,
  at,
}: Pick<Deps, 'database' | 'files' | 'keys'> & {
  scope: Parameters<Database['within']>[0]
  at: string
}): Promise<void> {
  for (;;) {
    const over = await database.within(scope, (trx) => overSince(trx, batch))
    for (const id of over) {
      const gone = await database.within(scope, (trx) => eraseNow(trx, id, { scope: 'all', at, keys }))
      for (const key of gone.files) await files.remove(key)
    }
    if (over.length < batch) return
  }
}

/**
 * Clears away the old versions of changed rows. PostgreSQL 17 and later let the application do so; before, the server's
 * own autovacuum does, and this says so in the log.
 */
async function vacuum(database: Database, log: Log | undefined): Promise<void> {
  const { rows } = await database.pool.query<{ may: boolean }>(
    `select current_setting('server_version_num')::integer >= 170000 as may`,
  )
  if (!rows[0]?.may) return log?.info({ task: 'erase' }, 'old versions of rows are left to autovacuum')
  for (const table of touched) {
    await database.pool.query(`vacuum (index_cleanup on, truncate off) ${table}`)
  }
}

/**
 * Writes the touched tables anew, so that nothing is left in their files but what stands in them now: VACUUM takes old
 * versions away and leaves their bytes in the free room of a page. Locks each table meanwhile; for the operator, at night.
 *
 * @returns the tables; or, when nothing was written because somebody else's transaction stays open, the process of the database that has it.
 */
export async function compact(
  ownerUrl: string,
): Promise<{ tables: readonly string[] } | { heldUpBy: number }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'chuanmen compact' })
  await client.connect()
  try {
    const heldUpBy = await stillOpen(client)
    if (heldUpBy !== null) return { heldUpBy }
    for (const table of touched) await client.query(`vacuum (full, analyze) ${table}`)
    return { tables: touched }
  } finally {
    await client.end()
  }
}

/** How often others are asked after, and how long that is waited, milliseconds. */
const askedEvery = 100
const patience = 60_000

/**
 * Waits until every transaction is over that is open now: what one of them may still read is written into the new files, too.
 *
 * @returns the process that has one open still, after all patience.
 */
async function stillOpen(client: pg.Client): Promise<number | null> {
  let open: string[] | null = null
  for (let waited = 0; ; waited += askedEvery) {
    const result: pg.QueryResult<{ id: string; pid: number }> = await client.query(
      `select virtualtransaction as id, pid from pg_locks
       where locktype = 'virtualxid' and pid <> pg_backend_pid() and ($1::text[] is null or virtualtransaction = any($1))`,
      [open],
    )
    const [first] = result.rows
    if (first === undefined) return null
    if (waited >= patience) return first.pid
    open = result.rows.map(({ id }) => id)
    await sleep(askedEvery)
  }
}
