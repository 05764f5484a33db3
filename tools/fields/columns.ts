/** Reads the tables and columns that numbered migrations make, in the plain notation this project writes them in. */

const constraint = /^(primary key|unique|foreign key|check|constraint|exclude|like)\b/i

/** Cuts at commas that stand outside brackets and quotes. */
function parts(body: string): string[] {
  const found: string[] = []
  let depth = 0
  let quoted = false
  let current = ''
  for (const character of body) {
    if (character === "'") quoted = !quoted
    if (!quoted && character === '(') depth++
    if (!quoted && character === ')') depth--
    if (character === ',' && depth === 0 && !quoted) {
      found.push(current.trim())
      current = ''
    } else current += character
  }
  return [...found, current.trim()].filter((part) => part !== '')
}

/** The text between the bracket at `from` and the one that closes it. */
function bracketed(sql: string, from: number): string {
  let depth = 0
  for (let at = from; at < sql.length; at++) {
    if (sql[at] === '(') depth++
    if (sql[at] === ')' && --depth === 0) return sql.slice(from + 1, at)
  }
  throw new SyntaxError(`The bracket at ${from} is never closed`)
}

/** `table.column` of every table that the migrations, in order, leave behind. Temporary tables are left out. */
export function columnsOf(migrations: readonly string[]): Set<string> {
  const columns = new Set<string>()
  for (const migration of migrations) {
    const sql = migration.replaceAll(/--[^\n]*/g, '')
    for (const match of sql.matchAll(/\bcreate (?:unlogged )?table (?:if not exists )?([\w.]+)\s*(?=\()/gi)) {
      const table = match[1]?.toLowerCase()
      for (const part of parts(bracketed(sql, match.index + match[0].length))) {
        if (!constraint.test(part)) columns.add(`${table}.${part.split(/\s/)[0]}`)
      }
    }
    for (const match of sql.matchAll(/\balter table (?:if exists )?(?:only )?([\w.]+)\s+([^;]*)/gi)) {
      const table = match[1]?.toLowerCase()
      for (const part of parts(match[2] ?? '')) {
        const added = /^add (?:column )?(?:if not exists )?(\w+)/i.exec(part)
        if (added?.[1] && !constraint.test(part.replace(/^add /i, ''))) columns.add(`${table}.${added[1]}`)
        const dropped = /^drop column (?:if exists )?(\w+)/i.exec(part)
        if (dropped?.[1]) columns.delete(`${table}.${dropped[1]}`)
        const renamed = /^rename (?:column )?(\w+) to (\w+)/i.exec(part)
        if (renamed) {
          columns.delete(`${table}.${renamed[1]}`)
          columns.add(`${table}.${renamed[2]}`)
        }
      }
    }
    for (const match of sql.matchAll(/\bdrop table (?:if exists )?([\w.]+)/gi)) {
      for (const column of columns) if (column.startsWith(`${match[1]}.`)) columns.delete(column)
    }
  }
  return columns
}

/** What a folder declares of its tables; see access/fields.ts. */
type Declared = {
  personal: Readonly<Record<string, unknown>>
  notPersonal: Readonly<Record<string, readonly string[]>>
}

/**
 * What is wrong between the columns there are and the registry: a column that nobody declared, one declared twice, a
 * declaration without a column, and one by another folder than the table's own. Empty when all is well.
 */
export function undeclared(
  columns: ReadonlySet<string>,
  declared: Readonly<Record<string, Declared>>,
  owners: Readonly<Record<string, string>>,
): string[] {
  const problems: string[] = []
  const harmless = new Set<string>()
  const personal = new Set<string>()
  for (const [folder, lists] of Object.entries(declared)) {
    const named = Object.entries(lists.notPersonal).flatMap(([table, names]) =>
      names.map((name) => `${table}.${name}`),
    )
    for (const column of [...Object.keys(lists.personal), ...named]) {
      const owner = owners[column.split('.')[0] ?? '']
      if (owner !== folder) problems.push(`${column} is declared by ${folder}, its table belongs to ${owner}`)
    }
    for (const column of Object.keys(lists.personal)) personal.add(column)
    for (const column of named) harmless.add(column)
  }
  for (const column of columns) {
    if (column.endsWith('.district_code')) continue
    if (!personal.has(column) && !harmless.has(column))
      problems.push(`${column} is not declared, neither as personal nor as not personal`)
    if (personal.has(column) && harmless.has(column))
      problems.push(`${column} is declared both personal and not personal`)
  }
  for (const column of [...personal, ...harmless]) {
    if (!columns.has(column)) problems.push(`${column} is declared, but no table has it`)
  }
  return problems
}
