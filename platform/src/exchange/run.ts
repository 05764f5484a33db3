import { createHash } from 'node:crypto'
import type { Log } from '#kernel/log.ts'
import { wholeOf } from '#kernel/db.ts'
import { apply } from './apply-run.ts'
import { check } from './check-run.ts'
import { dropFile } from './file.ts'
import * as store from './import-store.ts'
import type { ImportRecord } from './import-store.ts'
import { inspect } from './inspect.ts'
import { FileRefused } from './read/source.ts'
import * as register from './register-store.ts'
import { takeBack } from './undo-run.ts'
import { instantText, scopeOf } from './work.ts'
import type { Work } from './work.ts'

/** The worker's part: takes an import as far as it goes without somebody deciding, and after a crash takes it up again. */

export const importTask = 'import'

const steps: Record<string, (work: Work, district: string, one: ImportRecord) => Promise<void>> = {
  reading: inspect,
  checking: check,
  applying: apply,
  undoing: takeBack,
}

/** One number for one import, to be locked by. */
const lockOf = (district: string, id: string): string =>
  createHash('sha256').update(`import ${district} ${id}`).digest().readBigInt64BE().toString()

export async function runImport(
  work: Work,
  { district, id }: { district: string; id: string },
  log?: Log,
): Promise<void> {
  // A job that is tried again must not work beside the one that still does.
  const client = await work.database.pool.connect()
  const lock = lockOf(district, id)
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock])
    if (!rows[0]?.mine) throw new Error('this import is being worked on')
    try {
      await goOn(work, district, id, log)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock])
    }
  } finally {
    client.release()
  }
}

async function goOn(work: Work, district: string, id: string, log: Log | undefined): Promise<void> {
  for (;;) {
    const one = await work.database.within(wholeOf(district), (trx) => store.importById(trx, id))
    const step = one && steps[one.state]
    if (!step) return
    try {
      await step(work, district, one)
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      const at = instantText(work.now())
      const fault = { code: error.fault, params: error.params }
      await work.database.within(scopeOf(district, one, work.now()), (trx) =>
        store.patchImport(trx, id, { state: 'failed', fault }, at),
      )
    }
    log?.info({ task: importTask, id, state: one.state, district }, 'import went on')
  }
}

/** Days after which a file and what was staged of it go. What was done, and how to take it back, stays. */
const keptDays = 30

/** Each night: files nobody needs any more. @returns how many imports were emptied. */
export async function tidyImports(work: Work, district: string): Promise<number> {
  const before = instantText(work.now().subtract({ hours: 24 * keptDays }))
  const stale = await work.database.within(wholeOf(district), (trx) => store.staleImports(trx, before))
  for (const id of stale) {
    await dropFile(work.files, id)
    await work.database.within(wholeOf(district), async (trx) => {
      await register.dropStaged(trx, id)
      await store.dropErrors(trx, id)
      await store.patchImport(trx, id, { purged_at: instantText(work.now()) }, instantText(work.now()))
    })
  }
  return stale.length
}
