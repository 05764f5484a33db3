import { refuse } from './problem.ts'

/** Positions between two pages (keyset pagination): the sort key and id of the last row, opaque to the caller. */
export type Position = { key: string; id: string }

export function writeCursor({ key, id }: Position): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

const isUuid = (id: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)

/** Refuses what is not a cursor of ours. @param isKey tells a sort key of this list from anything else; `isId` its ids. */
export function readCursor(
  cursor: string,
  isKey: (key: string) => boolean = () => true,
  isId = isUuid,
): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(value) && value.length === 2) {
      const [key, id] = value.map(String)
      if (key !== undefined && !key.includes('\0') && isKey(key) && id !== undefined && isId(id))
        return { key, id }
    }
  } catch {
    // Falls through: whatever cannot be read is not a cursor of ours.
  }
  return refuse('input.invalid', { field: 'query.after' })
}

/** For lists sorted by time. */
export function isInstant(key: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(key) && !Number.isNaN(Date.parse(key))
}

/** For lists sorted by day. */
export function isDay(key: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(key) && !Number.isNaN(Date.parse(key))
}

/** Cuts one row too many off a page. @returns the rows, and the cursor of the next page when there is one. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  position: (row: Row) => Position,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? writeCursor(position(last)) : null }
}
