import { canonical } from '#kernel/canonical.ts'
import { blindIndex, open, seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import type { FieldEntry } from './contract.ts'

/** What an entry says, as it is kept: sealed, or only as a digest that tells it from another one. */

const contextOf = (id: string) => `field_entry.data:${id}`

/** Tells an entry sent again from another one under its id (FD6). */
export function digestIn(keys: Keys, { id, kind, base, deviceAt, data }: FieldEntry): string {
  return blindIndex(keys, 'field_entry', canonical({ id, kind, base: base ?? null, deviceAt, data }))
}

export function sealWords(keys: Keys, { id, data }: Pick<FieldEntry, 'id' | 'data'>): Buffer {
  return seal(keys, JSON.stringify(data), contextOf(id))
}

export function openWords(keys: Keys, id: string, sealed: Buffer): Record<string, unknown> {
  return JSON.parse(open(keys, sealed, contextOf(id))) as Record<string, unknown>
}
