import { buildServer } from '#platform/app.ts'
import { systemClock } from '#kernel/clock.ts'
import { loadConfig } from '#kernel/config.ts'
import { openDatabase } from '#kernel/db.ts'
import { hearScans, largeTables } from '#tests/explain.ts'
import type { District } from './district.ts'

/**
 * No query without an index: asks PostgreSQL for the plan of every statement that a call sends, in the transaction and
 * under the row security in which it is sent, and counts the rows of large tables that were read from end to end, also
 * inside functions.
 */

export type Call = { method: string; path: string; token?: string | undefined; body?: object }

/** A table is large from so many rows on; PostgreSQL rightly reads smaller ones as a whole. */
const largeRows = 20_000

/** @returns one line for each large table that a call would read from end to end; empty when every query has an index. */
export async function withoutIndex(district: District, calls: readonly Call[]): Promise<string[]> {
  const { urls, keys, product } = district
  const large = await largeTables(
    (text, values) => district.asOwner<{ name: string }>(text, values),
    largeRows,
  )
  const database = openDatabase(urls.app)
  const server = await buildServer({
    config: loadConfig({ CHUANMEN_DATA_DIR: product.dataDir }),
    database,
    keys,
    clock: systemClock,
  })
  const found: string[] = []
  let current = ''
  const explained = hearScans(large, (scanned, text) => {
    for (const table of scanned)
      found.push(`${current}: ${table} from end to end in ${text.replace(/\s+/g, ' ').slice(0, 160)}`)
  })
  try {
    const before = await scans(district, large)
    for (const { method, path, token, body } of calls) {
      current = `${method} ${path}`
      const answer = await server.inject({
        method: method as 'GET',
        url: path,
        headers: token ? { cookie: `chuanmen_session=${token}` } : {},
        ...(body && { payload: body }),
      })
      if (answer.statusCode > 299) throw new Error(`${current}: ${answer.body.slice(0, 300)}`)
    }
    const after = await scans(district, large)
    for (const [table, count] of after) {
      if (count > (before.get(table) ?? 0)) found.push(`${table}: read from end to end inside a function`)
    }
    return found
  } finally {
    explained.stop()
    await server.close()
    await database.close()
  }
}

/** How often each table was read from end to end since the server started. */
async function scans(district: District, large: ReadonlySet<string>): Promise<Map<string, number>> {
  // Figures of a transaction reach the view up to a second after its end.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const rows = await district.asOwner<{ name: string; count: number }>(
    `select relname as name, seq_scan::int as count from pg_stat_user_tables where relname = any ($1)`,
    [[...large]],
  )
  return new Map(rows.map(({ name, count }) => [name, count]))
}
