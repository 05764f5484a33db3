import { applyEdit } from '#households/edits.ts'
import { opened } from '#households/stored.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import * as store from './import-store.ts'
import type { ImportRecord } from './import-store.ts'
import * as undo from './undo-store.ts'
import type { EditFields } from './compare.ts'
import { instantText, scopeOf } from './work.ts'
import type { Work } from './work.ts'

/**
 * Takes an import back, a page at a time, by what it wrote. A household that nobody touched since is as if it had never
 * lived there, its numbers gone; one that was changed by the import gets back what stood there before; whatever somebody
 * changed or used since stays and is listed. Each is an entry of its own: nothing of the history is removed (boundary 20).
 */

const pageSize = 500

export async function takeBack(work: Work, district: string, one: ImportRecord): Promise<void> {
  const { database, keys, now } = work
  const by = one.undoneBy ?? one.by
  for (let done = 0; ;) {
    const count = await database.within(scopeOf(district, one, now()), async (trx) => {
      const page = await undo.openEffects(trx, one.id, pageSize)
      const at = instantText(now())
      const today = civilDay(now())
      const untouched = await undo.untouched(trx, page)
      const made = page.filter((effect) => effect.made && untouched.has(effect.record))
      await undo.takeBackMade(
        trx,
        made.map(({ record, entry }) => ({ record, entry, undo: derivedId('import undo', one.id, record) })),
        { at, by, today },
      )
      const back = new Set(made.map(({ record }) => record))
      for (const effect of page) {
        if (effect.made || !untouched.has(effect.record) || effect.entry === null) continue
        if (
          await changeBack(trx, { keys, now: now(), by, today }, { ...effect, entry: effect.entry }, one.id)
        )
          back.add(effect.record)
      }
      await undo.settle(
        trx,
        one.id,
        page.map(({ record }) => ({ record, fate: back.has(record) ? 'taken_back' : 'kept' })),
      )
      await store.patchImport(trx, one.id, { rows_done: done + page.length }, at, false)
      return page.length
    })
    done += count
    if (count < pageSize) break
  }
  const at = instantText(now())
  await database.within(scopeOf(district, one, now()), (trx) =>
    store.patchImport(trx, one.id, { state: 'undone', undone_at: at }, at),
  )
}

type Maker = { keys: Keys; now: Temporal.Instant; by: string; today: string }

/** Says of every field the import set what stood there before. @returns whether it was taken. */
async function changeBack(
  trx: Trx,
  { keys, now, by, today }: Maker,
  { record, entry, version }: { record: string; entry: string; version: number },
  importId: string,
): Promise<boolean> {
  const said = await undo.fieldsOfEntry(trx, entry)
  if (!said) return false
  const fields: EditFields = {}
  const isMade = (key: string, name: string) => said[`${key}.${name}`]?.from === null
  for (const [name, { from }] of Object.entries(said)) {
    const [owner = '', id = '', field = ''] = name.split('.')
    const key = `${owner}.${id}`
    if (owner === 'resident' && isMade(key, 'name')) {
      // Somebody whom the import brought in leaves again, and takes the numbers along.
      fields[`${key}.left`] = { on: today, kind: 'moved' }
      if (field === 'phone' || field === 'identity') fields[name] = null
    } else if (owner === 'care' && isMade(key, 'kind')) fields[`${key}.endedOn`] = today
    else fields[name] = plain(keys, from, `${owner}.${field}:${id}`)
  }
  const id = derivedId('import undo', importId, record)
  const deviceAt = instantText(now)
  const result = await applyEdit(
    trx,
    { id, household: record, kind: 'import', base: version, deviceAt, fields },
    { keys, now, by },
  )
  return result.fate !== 'refused'
}

function plain(keys: Keys, value: unknown, context: string): unknown {
  if (typeof value !== 'object' || value === null || !('sealed' in value)) return value
  return opened(keys, String(value.sealed), context)
}
