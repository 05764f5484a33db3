import { Dexie, type Table } from 'dexie'
import type { KeptKey } from './sealing.ts'

/**
 * What lies in IndexedDB. Boxes are sealed; in clear lie only ids, states and times, which say nothing about anybody.
 * Never await a `fetch` or a seal inside a transaction: it would end under one's hands.
 */

export type Box = Uint8Array<ArrayBuffer>

/** The lock itself: there is one, under the key `lock`. */
export type Lock = {
  key: 'lock'
  /** This phone's registration at the server. */
  device: string
  /** Whose it is; nobody else's sign-in opens it. */
  person: string
  kept: KeptKey
  /** The server's half; gone after too many wrong codes, after 14 days without contact, after logging out. */
  half: CryptoKey | null
  wrong: number
  /** No code is tried before this moment of the phone's own time (`lock-clock.ts`). */
  notBefore: number
  /** The phone's own time, which never goes back, and at which of its moments the server was last heard. */
  seen: number
  contact: number
  /** How far the change feed was read. */
  cursor: string | null
}

export type RecordRow = { key: string; box: Box }

/**
 * `stays`: the server has not taken it; `reads`: the same for what was only looked at, which nobody needs to see waiting;
 * `settled`: taken; `covered`: taken, and the feed has brought what came of it.
 */
export type QueueState = 'stays' | 'reads' | 'settled' | 'covered'
export type OutboxRow = { order?: number; id: string; state: QueueState; box: Box }

/** A photo or a voice note, sealed; `entry` is the one it belongs to. */
export type FileRow = { id: string; entry: string; bytes: number; box: Box }

class FieldDatabase extends Dexie {
  declare lock: Table<Lock, string>
  declare records: Table<RecordRow, string>
  declare outbox: Table<OutboxRow, number>
  declare files: Table<FileRow, string>

  constructor() {
    super('chuanmen-field')
    // A later version adds a number here and never drops the outbox: an upgrade must find it full and leave it full.
    this.version(1).stores({ lock: 'key', records: 'key', outbox: '++order, &id, state', files: 'id, entry' })
  }
}

export const database = new FieldDatabase()
