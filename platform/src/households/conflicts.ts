import { maskPhone } from '#access/mask.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Conflict } from './contract.ts'
import { entriesAbout } from './edit-store.ts'
import type { Entry } from './edit-store.ts'
import { fieldNamed } from './fields.ts'
import type { PersonNames } from './register.ts'
import type { ConflictLine } from './register-store.ts'
import { settle } from './rules.ts'
import { isSealed, opened, sameStored } from './stored.ts'
import type { Stored } from './stored.ts'

/** What stands against each other, in words that somebody can choose between (HH6). */

/** Shows what an entry says about a field; a phone masked, an identity number not at all. */
function shownValue(keys: Keys, key: string, value: Stored): unknown {
  const named = fieldNamed(key)
  if (!isSealed(value)) return value
  if (named?.field.sealed !== 'phone') return { kept: true }
  return maskPhone(opened(keys, value.sealed, `${named.owner}.${named.name}:${named.id ?? ''}`))
}

/** Open conflicts with what everybody said. */
export async function conflictWords(
  trx: Trx,
  lines: readonly ConflictLine[],
  { keys, names }: { keys: Keys; names: PersonNames },
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
    const words = ids.flatMap((one) => {
      const entry = entries.get(one)
      const said = entry?.fields[field]
      return entry && said ? [{ entry, value: said.to as Stored }] : []
    })
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
        value: shownValue(keys, field, value),
        shown: value === shown.value,
      })),
    }
  })
}
