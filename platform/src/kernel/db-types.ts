import pg from 'pg'

/** Type ids as PostgreSQL numbers them (`pg_type.oid`), each with that of its array. */
const oid = {
  int8: 20,
  int8s: 1016,
  date: 1082,
  dates: 1182,
  timestamptz: 1184,
  timestamptzs: 1185,
  numeric: 1700,
  numerics: 1231,
}

/** `text[]`, which splits an array of anything into its texts. The type list of pg-types names no arrays. */
const textArray = arrayParser(1009)

const parsers = new Map<number, (text: string) => unknown>([
  [oid.int8, integer],
  [oid.int8s, each(integer)],
  [oid.numeric, Number],
  [oid.numerics, each(Number)],
  [oid.date, String],
  [oid.dates, each(String)],
  [oid.timestamptz, instant],
  [oid.timestamptzs, each(instant)],
])

/**
 * How columns arrive in JavaScript: int8 and numeric as number, date as `YYYY-MM-DD`, timestamptz as ISO text in UTC with
 * milliseconds, the shape in which contracts carry a time. Set per pool, so that libraries with their own pools
 * (graphile-worker) keep what they expect.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(id)) ??
    pg.types.getTypeParser(id, format ?? 'text')) as typeof pg.types.getTypeParser,
}

function integer(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`int8 beyond the exact numbers of JavaScript: ${text}`)
  return value
}

/** `2026-11-21 08:30:00.123456+08` becomes `2026-11-21T00:30:00.123Z`; `infinity` stays. */
function instant(text: string): string {
  if (text.endsWith('infinity')) return text
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  return new Date(iso).toISOString()
}

function each<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => textArray(text).map((item) => (item === null ? null : parse(item)))
}

function arrayParser(id: number): (text: string) => (string | null)[] {
  const find: (id: number) => (text: string) => unknown = pg.types.getTypeParser
  const parse = find(id)
  return (text) => parse(text) as (string | null)[]
}
