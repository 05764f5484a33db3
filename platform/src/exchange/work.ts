import type { Database, Scope } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Files } from '#kernel/files.ts'
import type { Keys } from '#kernel/keys.ts'
import type { ImportRecord } from './import-store.ts'

/** What the steps of an import are given. */
export type Work = {
  database: Database
  files: Files
  keys: Keys
  now: () => Temporal.Instant
}

export const instantText = (now: Temporal.Instant): string => now.toString({ smallestUnit: 'millisecond' })

/**
 * The worker's reach. Which rows it touches follows from the area of the import alone: places are looked up below it, and
 * nothing else of the register is asked for. Row security that measures each of half a million rows against that area once
 * more, in every statement, would double the time (docs/adr/0031).
 */
export function scopeOf(
  district: string,
  { by }: Pick<ImportRecord, 'path' | 'by'>,
  now: Temporal.Instant,
): Scope {
  return { district, reach: 'district', paths: [], organisations: [], person: by, today: civilDay(now) }
}
