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

/** An import reaches its own area and nothing else, whoever lets it run. */
export function scopeOf(
  district: string,
  { path, by }: Pick<ImportRecord, 'path' | 'by'>,
  now: Temporal.Instant,
): Scope {
  return { district, reach: 'scoped', paths: [path], organisations: [], person: by, today: civilDay(now) }
}
