import { phoneIndex } from '#access/reporters.ts'
import { blindIndex, open, seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Columns } from './edit-store.ts'
import type { Named, Plain } from './fields.ts'

/** Between what is said of a field and what its columns keep: phones and identity numbers are sealed, never in clear. */

/** A value as entries keep it. */
export type Stored = Plain | Sealed
type Sealed = { readonly sealed: string; readonly index: string }

export const isSealed = (value: Stored): value is Sealed =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'sealed')

/** The index residents are found by when two are entered twice. @param identity in its one spelling. */
export function identityIndex(keys: Keys, identity: string): string {
  return blindIndex(keys, 'identity', identity)
}

/** A value ready to be kept. */
export function storedValue(keys: Keys, { field, id, owner, name }: Named, value: Plain): Stored {
  if (!field.sealed || typeof value !== 'string') return value
  return {
    sealed: seal(keys, value, `${owner}.${name}:${id ?? ''}`).toString('base64'),
    index: field.sealed === 'phone' ? phoneIndex(keys, value) : identityIndex(keys, value),
  }
}

/** Whether two say the same. Sealing the same number twice gives different bytes, so those are compared by index. */
export function sameStored(one: Stored, other: Stored): boolean {
  if (isSealed(one) || isSealed(other)) return isSealed(one) && isSealed(other) && one.index === other.index
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => (one[name] ?? null) === (other[name] ?? null))
}

/** The columns that hold a value. */
export function columnsFor({ field, name }: Named, value: Stored): Columns {
  if (field.sealed) {
    const sealed = isSealed(value) ? value : null
    return { [`${name}_sealed`]: sealed?.sealed ?? null, [`${name}_index`]: sealed?.index ?? null }
  }
  if (typeof field.column === 'string') return { [field.column]: isPlainScalar(value) ? value : null }
  const parts: Record<string, string | null> =
    typeof value === 'object' && value !== null && !isSealed(value) ? value : {}
  return Object.fromEntries(
    Object.entries(field.column).map(([column, part]) => [column, parts[part] ?? null]),
  )
}

const isPlainScalar = (value: Stored): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** The value that columns hold. */
export function valueIn({ field, name }: Named, columns: Columns): Stored {
  if (field.sealed) {
    const [sealed, index] = [columns[`${name}_sealed`], columns[`${name}_index`]]
    return typeof sealed === 'string' && typeof index === 'string' ? { sealed, index } : null
  }
  if (typeof field.column === 'string') return columns[field.column] ?? null
  const parts = Object.entries(field.column).map(([column, part]) => [part, columns[column] ?? null] as const)
  if (parts.every(([, value]) => value === null)) return null
  return Object.fromEntries(parts.map(([part, value]) => [part, value === null ? null : String(value)]))
}

/** A sealed value in clear. Whoever asks states a reason and writes it to the ledger. */
export function opened(keys: Keys, sealed: string, context: string): string {
  return open(keys, Buffer.from(sealed, 'base64'), context)
}
