import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db.ts'
import type { Keys } from './keys.ts'

/** What an administration command of a capability is given. The database is migrated; the server may be running. */
export type AdminCall = {
  /** The words after the command's name. */
  words: readonly string[]
  config: Config
  /** The owner's connection, which row security does not bind. For set-based work only. */
  ownerUrl: string
  /** As the application's role. */
  database: Database
  keys: Keys
  clock: Clock
  print(line: string): void
}

/** Does the work and gives the exit code: 0 done, 1 refused or found faulty, 2 wrongly called. */
export type AdminAction = (call: AdminCall) => Promise<number>
