import { maskPhone } from '#access/mask.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import type { Conflict } from './contract.ts'
import { entriesAbout, entryById } from './edit-store.ts'
import type { Entry } from './edit-store.ts'
import { fieldNamed } from './fields.ts'
import type { PersonNames } from './register.ts'
import type { ConflictLine } from './register-store.ts'
import { settle } from './rules.ts'
import { isSealed, opened, sameStored } from './stored.ts'
import type { Stored } from './stored.ts'

/** What stands against each other, in words that somebody can choose between (HH6). */

/** Shows what an entry says about a field; a phone masked, an identity number not at all. */
export function shownValue(keys: Keys, key: string, value: Stored, fullPhones = false): unknown {
  const named = fieldNamed(key)
  if (!isSealed(value)) return value
  if (named?.field.sealed !== 'phone') return { kept: true }
  const number = opened(keys, value.sealed, `${named.owner}.${named.name}:${named.id ?? ''}`)
  return fullPhones ? number : maskPhone(number)
}

/** Open conflicts with what everybody said. */
export async function conflictWords(
  trx: Trx,
  lines: readonly ConflictLine[],
  { keys, names, fullPhones = false }: { keys: Keys; names: PersonNames; fullPhones?: boolean },
): Promise<Conflict[]> {
  if (lines.length === 0) return []
  const entries = new Map<string, Entry>()
  for (const [household, open] of Map.groupBy(lines, (line) => line.household)) {
    const about = await entriesAbout(
      trx,
      household,
      open.map(({ field }) => field),
    )
    for (const entry of about) entries.set(entry.id, entry)
  }
  const people = await names(
    trx,
    [...entries.values()].flatMap(({ by }) => by ?? []),
  )
  return lines.map(({ id, household, field, openedAt, entries: ids }) => {
    const words = ids
      .flatMap((one) => {
        const entry = entries.get(one)
        const said = entry?.fields[field]
        return entry && said ? [{ entry, value: said.to as Stored }] : []
      })
      // As they were said; of one moment by their ids.
      .toSorted((a, b) => (a.entry.deviceAt + a.entry.id < b.entry.deviceAt + b.entry.id ? -1 : 1))
    const shown = settle(
      words.map(({ entry, value }) => ({ ...entry, entry: entry.id, by: entry.by ?? '', value })),
      sameStored,
    )
    return {
      id,
      household,
      field,
      openedAt,
      words: words.map(({ entry, value }) => ({
        entry: entry.id,
        by: entry.by === null ? null : { id: entry.by, name: people.get(entry.by)?.name ?? '' },
        at: entry.at,
        deviceAt: entry.deviceAt,
        value: shownValue(keys, field, value, fullPhones),
        shown: value === shown.value,
      })),
    }
  })
}

/**
 * What was said by the entries that somebody chose, by field, ready to be said again by `applyEdit`; also a number that is
 * shown masked or not at all. Entries are of this household, within reach.
 */
export async function wordsChosen(
  trx: Trx,
  keys: Keys,
  household: string,
  chosen: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const words: Record<string, unknown> = {}
  for (const [key, id] of Object.entries(chosen)) {
    const entry = await entryById(trx, id)
    const said = entry?.household === household ? entry.fields[key] : undefined
    if (!said) refuse('record.invalid_reference', { field: `entries.${key}` })
    const value = said.to as Stored
    const named = fieldNamed(key)
    words[key] = isSealed(value)
      ? opened(keys, value.sealed, `${named?.owner}.${named?.name}:${named?.id ?? ''}`)
      : value
  }
  return words
}
