import { performance } from 'node:perf_hooks'
import { importById, patchImport } from '#exchange/import-store.ts'
import { runImport } from '#exchange/run.ts'
import { loadConfig } from '#kernel/config.ts'
import { openDatabase } from '#kernel/db.ts'
import { localFiles } from '#kernel/files.ts'
import { join } from '#kernel/installation.ts'
import { district } from '#tests/fixture.ts'

/** One import as the worker does it, alone in its process: seconds of each step and the most memory it ever held. */

const [dataDir = '', id = ''] = process.argv.slice(2)
const { urls, keys } = await join(loadConfig({ CHUANMEN_DATA_DIR: dataDir, CHUANMEN_DEMO: 'none' }))
const database = openDatabase(urls.app, { max: 4 })
const work = { database, files: localFiles(dataDir), keys, now: () => Temporal.Now.instant() }
const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
const at = () => Temporal.Now.instant().toString({ smallestUnit: 'millisecond' })

async function step(state: string): Promise<number> {
  const mode = state === 'applying' ? { mode: 'good' } : {}
  await database.within(scope, (trx) => patchImport(trx, id, { state, rows_done: 0, ...mode }, at()))
  const begun = performance.now()
  await runImport(work, { district, id })
  return (performance.now() - begun) / 1000
}

const read = await step('reading')
const check = await step('checking')
const write = await step('applying')
const done = await database.within(scope, (trx) => importById(trx, id))
if (done?.state !== 'applied') throw new Error(`ended as ${done?.state}: ${JSON.stringify(done?.fault)}`)
await database.close()
process.stdout.write(
  `${JSON.stringify({
    read,
    check,
    write,
    peak: Math.round(process.resourceUsage().maxRSS / 1024),
    rows: done.rowsTotal,
    bad: done.counts.badRows,
  })}\n`,
)
