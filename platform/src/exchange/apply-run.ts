import { applyEdit } from '#households/edits.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { open } from '#kernel/keys.ts'
import type { EditFields } from './compare.ts'
import * as store from './import-store.ts'
import type { ImportRecord } from './import-store.ts'
import * as register from './register-store.ts'
import { instantText, scopeOf } from './work.ts'
import type { Work } from './work.ts'

/**
 * Writes what was staged. New households go in by ranges of rows; what the register has already is changed through the same
 * door as any other edit, so that what others entered meanwhile is merged and not lost. "Everything or nothing" is one
 * transaction; "good rows only" commits as it goes, and after a crash goes on: a range of rows and how far it got are one transaction.
 */

const rangeRows = 5_000
const editHouseholds = 200
const lowestId = '00000000-0000-0000-0000-000000000000'

/** Told out of a transaction that must leave nothing behind. */
class ChangedMeanwhile extends Error {}

export async function apply(work: Work, district: string, one: ImportRecord): Promise<void> {
  const { database, now } = work
  const scope = scopeOf(district, one, now())
  const progress = (rows: number) =>
    database.within(scope, (trx) =>
      store.patchImport(trx, one.id, { rows_done: rows }, instantText(now()), false),
    )
  const last = await database.within(scope, (trx) => register.lastStaged(trx, one.id))
  // Staged rows do not outlive a crash of the database: the file is checked anew, and somebody looks again.
  const expected = (one.counts.residents?.added ?? 0) + (one.counts.residents?.changed ?? 0)
  if (last === 0 && expected > 0) {
    await database.within(scope, (trx) =>
      store.patchImport(trx, one.id, { state: 'checking', rows_done: 0 }, instantText(now())),
    )
    return
  }
  const applied = (trx: Trx) => {
    const at = instantText(now())
    const done = { state: 'applied', rows_done: one.rowsTotal ?? 0, fault: null, applied_at: at }
    return store.patchImport(trx, one.id, done, at)
  }
  try {
    if (one.mode === 'all') {
      // That it is done is part of it: a worker that died behind the commit would begin anew.
      await database.within(scope, async (trx) => {
        await inOne(work, trx, one, last, progress)
        await applied(trx)
      })
    } else {
      await inTurns(work, district, one, last)
      await database.within(scope, applied)
    }
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error
    const fault = { code: 'changed_meanwhile', params: {} }
    await database.within(scope, (trx) =>
      store.patchImport(
        trx,
        one.id,
        { state: 'checked', mode: null, rows_done: 0, fault },
        instantText(now()),
      ),
    )
  }
}

type Progress = (rows: number) => Promise<void>

const entries = (work: Work, one: ImportRecord, from: number) => ({
  import: one.id,
  from,
  to: from + rangeRows,
  by: one.by,
  at: instantText(work.now()),
})

async function inOne(
  work: Work,
  trx: Trx,
  one: ImportRecord,
  last: number,
  progress: Progress,
): Promise<void> {
  for (let from = 0; from < last; from += rangeRows) {
    const taken = await register.writeNew(trx, entries(work, one, from))
    if (taken.length > 0) throw new ChangedMeanwhile()
    await progress(Math.min(from + rangeRows, last))
  }
  for (let after = lowestId; ;) {
    const page = await register.stagedEdits(trx, one.id, after, editHouseholds)
    for (const edit of page) if (!(await enter(work, trx, one, edit))) throw new ChangedMeanwhile()
    if (page.length < editHouseholds) return
    after = page.at(-1)?.household ?? lowestId
  }
}

async function inTurns(work: Work, district: string, one: ImportRecord, last: number): Promise<void> {
  const within = <T>(task: (trx: Trx) => Promise<T>) =>
    work.database.within(scopeOf(district, one, work.now()), task)
  const refused = (trx: Trx, rows: readonly number[]) =>
    store.addErrors(
      trx,
      one.id,
      one.path,
      rows.map((row) => ({
        row,
        col: (one.mapping ?? []).indexOf('door'),
        code: 'household.taken',
        params: {},
        shown: '',
      })),
    )
  for (let from = one.rowsDone; from < last; from += rangeRows) {
    await within(async (trx) => {
      await refused(trx, await register.writeNew(trx, entries(work, one, from)))
      // With the rows themselves: after a crash it goes on behind the last range that was written.
      const done = { rows_done: Math.min(from + rangeRows, last) }
      await store.patchImport(trx, one.id, done, instantText(work.now()), false)
    })
  }
  for (let after = lowestId; ;) {
    const page = await within(async (trx) => {
      const edits = await register.stagedEdits(trx, one.id, after, editHouseholds)
      for (const edit of edits) if (!(await enter(work, trx, one, edit))) await refused(trx, edit.rows)
      return edits
    })
    if (page.length < editHouseholds) return
    after = page.at(-1)?.household ?? lowestId
  }
}

/** One household that the register has: what all its rows say, as one entry. @returns whether it could be taken. */
async function enter(work: Work, trx: Trx, one: ImportRecord, edit: register.StagedEdit): Promise<boolean> {
  const fields: EditFields = {}
  for (const [at, sealed] of edit.edits.entries())
    Object.assign(fields, JSON.parse(open(work.keys, sealed, `import.edit:${one.id}:${edit.rows[at]}`)))
  const id = derivedId('import entry', one.id, edit.household)
  const base = await register.versionOf(trx, edit.household)
  if (base === undefined) return false
  const result = await applyEdit(
    trx,
    { id, household: edit.household, kind: 'import', base, deviceAt: instantText(work.now()), fields },
    { keys: work.keys, now: work.now(), by: one.by },
  )
  if (result.fate === 'refused') return false
  await register.addEffect(trx, one.id, {
    record: edit.household,
    path: edit.path,
    entry: id,
    made: false,
    version: result.version,
  })
  return true
}
