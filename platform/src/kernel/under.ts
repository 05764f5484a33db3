import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** Behind every path that begins with an area's, in the C collation. */
const last = '\u{10FFFF}'

/**
 * That a path lies under one of these areas, as ranges of an index. Row security says the same for every row; asked by it alone
 * a list is walked past everything of the district that lies elsewhere.
 */
export function under(column: RawBuilder<unknown>, areas: readonly string[]): RawBuilder<unknown> {
  const outermost = [...new Set(areas)].filter(
    (area) => !areas.some((other) => other !== area && area.startsWith(other)),
  )
  if (outermost.length === 0) return sql`false`
  const ranges = outermost.map((area) => sql`${column} >= ${area} and ${column} < ${area + last}`)
  return sql`(${sql.join(ranges, sql` or `)})`
}
