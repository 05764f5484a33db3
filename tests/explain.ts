import { listen } from '../bench/listen.ts'
import type { Ask } from '../bench/listen.ts'

/**
 * What a deed asks of large tables: no query without an index. Every statement's plan is asked for on the connection that
 * sends it, in its transaction and under its row security, before it runs; and how many rows of which table the transaction
 * then really touched, so that nothing hides inside a function or behind an index that is walked from end to end.
 */

export type Effort = {
  /** A line for each large table that was read from end to end: by which statement, or inside a function. */
  scanned: string[]
  /** Rows of large tables that were touched, by whatever way. */
  rows: number
  statements: number
}

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Plan[]
}
/** What each index of the large tables is of, in order. */
type Indexes = ReadonlyMap<string, { table: string; columns: readonly string[] }>
type Touched = Map<string, { scans: number; rows: number }>

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
const short = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 160)

/** Tables that PostgreSQL believes to have so many rows. `asOwner` sends a statement as the owner. */
export async function largeTables(
  asOwner: (text: string, values: unknown[]) => Promise<readonly { name: string }[]>,
  rows: number,
): Promise<Set<string>> {
  const found = await asOwner(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= $1`,
    [rows],
  )
  return new Set(found.map(({ name }) => name))
}

async function indexesOf(ask: Ask, large: ReadonlySet<string>): Promise<Indexes> {
  const { rows } = (await ask(
    `select c.relname as index, t.relname as table,
       array(select pg_get_indexdef(i.indexrelid, n, true) from generate_series(1, i.indnkeyatts) as n) as columns
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where t.relnamespace = 'public'::regnamespace and t.relname = any ($1)`,
    [[...large]],
  )) as { rows: { index: string; table: string; columns: string[] }[] }
  return new Map(rows.map(({ index, ...rest }) => [index, rest]))
}

/** Whether a column of something else stands in the condition. */
const isOfEachRow = (condition: string) => /\b[a-z_]\w*\.[a-z"]/.test(condition.replaceAll(/'[^']*'/g, ''))

/**
 * The column that a search through an index jumps over, where one is made for each row of something else: PostgreSQL 18
 * makes a step for every value of that column, which is as good as reading the index from end to end, again and again.
 */
function jumpedOver(node: Plan, indexes: Indexes): string | undefined {
  const index = indexes.get(node['Index Name'] ?? '')
  const condition = node['Index Cond']
  if (!index || condition === undefined || !isOfEachRow(condition)) return undefined
  const asks = (column: string) =>
    new RegExp(String.raw`(?<![.\w])"?${RegExp.escape(column)}"?(?!\w)`).test(condition)
  const first = index.columns.findIndex((column) => !asks(column))
  return first !== -1 && index.columns.slice(first).some(asks)
    ? `${index.table} over ${index.columns[first]} of ${node['Index Name']}`
    : undefined
}

/**
 * Hears every statement that is planned from now on, with the large tables that it would read from end to end, themselves or
 * by one of their indexes.
 */
export function hearScans(
  large: ReadonlySet<string>,
  hear: (scanned: readonly string[], text: string) => void,
  also: (text: string, ask: Ask, connection: object) => Promise<void> = async () => undefined,
): { stop(): void } {
  let indexes: Indexes | undefined
  return listen(async ({ text, values }, ask, connection) => {
    await also(text, ask, connection)
    if (!/^\s*(\/\*.*?\*\/\s*)?(select|with|insert|update|delete|\()/i.test(text)) return
    const { rows } = (await ask(`explain (format json) ${text}`, values)) as {
      rows: { 'QUERY PLAN': { Plan: Plan }[] }[]
    }
    indexes ??= await indexesOf(ask, large)
    const known = indexes
    const scanned = rows[0]!['QUERY PLAN'].flatMap(({ Plan: plan }) =>
      nodes(plan).flatMap((node) => {
        const table = node['Relation Name'] ?? ''
        if (node['Node Type'].endsWith('Seq Scan') && large.has(table)) return [table]
        return jumpedOver(node, known) ?? []
      }),
    )
    hear(scanned, text)
  })
}

/** Does something and tells what it asked of large tables. Nothing else may be going on in this process meanwhile. */
export async function effortOf(large: ReadonlySet<string>, deed: () => Promise<unknown>): Promise<Effort> {
  const open = new Map<object, { ask: Ask; before: Touched }>()
  const effort: Effort = { scanned: [], rows: 0, statements: 0 }
  const named = new Set<string>()
  const inside = new Set<string>()
  const count = async (connection: object) => {
    const begun = open.get(connection)
    if (!begun) return
    open.delete(connection)
    for (const [table, after] of await touched(begun.ask, large)) {
      const before = begun.before.get(table)
      effort.rows += Math.max(after.rows - (before?.rows ?? 0), 0)
      if (after.scans > (before?.scans ?? 0)) inside.add(table)
    }
  }
  const heard = hearScans(
    large,
    (scanned, text) => {
      effort.statements += 1
      for (const table of scanned) {
        named.add(table)
        effort.scanned.push(`${table} in ${short(text)}`)
      }
    },
    async (text, ask, connection) => {
      if (/^\s*(commit|rollback)\b(?! to)/i.test(text)) return count(connection)
      if (/^\s*begin\b/i.test(text) || open.has(connection)) return
      open.set(connection, { ask, before: await touched(ask, large) })
    },
  )
  try {
    await deed()
    // What runs inside a transaction that is still open.
    for (const connection of open.keys()) await count(connection)
  } finally {
    heard.stop()
  }
  for (const table of inside) if (!named.has(table)) effort.scanned.push(`${table} inside a function`)
  if (effort.statements === 0) throw new Error('nothing was asked')
  return effort
}

/** How often this transaction read each table from end to end, and how many of its rows it touched. */
async function touched(ask: Ask, large: ReadonlySet<string>): Promise<Touched> {
  const { rows } = (await ask(
    `select relname as name, seq_scan::int as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
     from pg_stat_xact_user_tables where relname = any ($1)`,
    [[...large]],
  )) as { rows: { name: string; scans: number; rows: number }[] }
  return new Map(rows.map(({ name, ...figures }) => [name, figures]))
}
