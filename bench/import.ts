import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { coverOf, folderOf } from '#exchange/file.ts'
import { addImport, importById, patchImport } from '#exchange/import-store.ts'
import { asCsv, asWorkbook, buildDoors, makeRegister } from '#exchange/register-fixture.ts'
import { importTask } from '#exchange/run.ts'
import { loadConfig } from '#kernel/config.ts'
import { openDatabase } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { localFiles } from '#kernel/files.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { join } from '#kernel/installation.ts'
import { keepPart } from '#kernel/parts.ts'
import { startProduct } from '#tests/faults/product.ts'
import { district, paths, personOf, seedFixture } from '#tests/fixture.ts'
import type { Figure, Options } from './figure.ts'

/**
 * A district's register from CSV and from a workbook: read, checked, written by the product's worker, whose memory is measured from its
 * start; against `COPY` of the very rows that came of it into the same tables, with their indexes and keys.
 */

const scales: Record<string, number> = { small: 20_000, district: 231_000 }
/** What a register writes, in the order in which keys allow it. */
const tables = ['household', 'resident', 'care', 'household_entry']
const partBytes = 4_000_000

type Done = { read: number; check: number; write: number; peak: number; rows: number; bad: number }

export async function bench({ scale }: Options): Promise<Figure[]> {
  const households = scales[scale] ?? scales['small'] ?? 0
  const product = await startProduct({ CHUANMEN_DEMO: 'none' })
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-bench-import-'))
  const { urls, keys } = await join(loadConfig({ CHUANMEN_DATA_DIR: product.dataDir, CHUANMEN_DEMO: 'none' }))
  const database = openDatabase(urls.app, { max: 2 })
  const owner = new pg.Client({ connectionString: urls.owner })
  await owner.connect()
  const community = paths.inside.community
  const files = localFiles(product.dataDir)
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }

  async function bring(bytes: Buffer, fileName: string): Promise<Done> {
    const id = uuidv7(Temporal.Now.instant())
    for (let at = 0; at < bytes.length; at += partBytes)
      await keepPart(files, folderOf(id), { at, bytes: bytes.subarray(at, at + partBytes) }, coverOf(keys))
    const by = personOf('community_desk')
    const one = { id, kind: 'households' as const, path: community, by, fileName, bytes: bytes.length }
    await database.within(scope, (trx) => addImport(trx, one, Temporal.Now.instant().toString()))
    const read = await step(id, 'reading', 'mapping')
    const check = await step(id, 'checking', 'checked')
    const write = await step(id, 'applying', 'applied')
    const done = await database.within(scope, (trx) => importById(trx, id))
    return {
      read,
      check,
      write,
      peak: peakOf(product.pid('work')),
      rows: done?.rowsTotal ?? 0,
      bad: done?.counts.badRows ?? 0,
    }
  }
  /** Seconds from the wish until it is fulfilled. */
  async function step(id: string, from: string, to: string): Promise<number> {
    const begun = performance.now()
    await database.within(scope, async (trx) => {
      const mode = from === 'applying' ? { mode: 'good' } : {}
      await patchImport(trx, id, { state: from, rows_done: 0, ...mode }, Temporal.Now.instant().toString())
      await enqueue(trx, importTask, { district, id })
    })
    for (;;) {
      const one = await database.within(scope, (trx) => importById(trx, id))
      if (one?.state === to) return (performance.now() - begun) / 1000
      if (one?.state !== from) throw new Error(`ended as ${one?.state}: ${JSON.stringify(one?.fault)}`)
      await setTimeout(20)
    }
  }
  /** Empty again, and nothing of the last turn left to be cleaned up meanwhile. */
  const clear = async () => {
    await owner.query(`truncate ${tables.join(', ')}, import_row, import_effect, import_error cascade`)
    await owner.query('vacuum analyze')
    await owner.query('checkpoint')
  }
  try {
    await seedFixture(urls.owner, '2026-01-01T00:00:00.000Z')
    await buildDoors(urls.owner, district, community, households)
    const register = makeRegister(households, Math.floor(households / 1_000))
    await clear()
    const csv = await bring(Buffer.from(asCsv(register)), 'register.csv')
    for (const table of tables)
      await pipeline(
        owner.query(copyTo(`copy ${table} to stdout`)),
        createWriteStream(path.join(folder, table)),
      )
    const copies: number[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      await clear()
      const begun = performance.now()
      for (const table of tables)
        await pipeline(
          createReadStream(path.join(folder, table)),
          owner.query(copyFrom(`copy ${table} from stdin`)),
        )
      copies.push((performance.now() - begun) / 1000)
    }
    await clear()
    // A worker that remembers nothing.
    product.kill('work')
    const xlsx = await bring(await asWorkbook(register), 'register.xlsx')
    const copy = copies.toSorted((a, b) => a - b)[1] ?? 0
    const seconds = (done: Done) => done.read + done.check + done.write
    const round = (value: number) => Math.round(value * 100) / 100
    return [
      { name: 'households', value: households, unit: '' },
      { name: 'rows', value: csv.rows, unit: '' },
      { name: 'badRows', value: csv.bad, unit: '' },
      { name: 'copySeconds', value: round(copy), unit: 's' },
      { name: 'csvSeconds', value: round(seconds(csv)), unit: 's' },
      { name: 'csvReadAndCheck', value: round(csv.read + csv.check), unit: 's' },
      { name: 'csvWrite', value: round(csv.write), unit: 's' },
      { name: 'csvToCopy', value: round(seconds(csv) / copy), unit: '', target: 3 },
      { name: 'xlsxSeconds', value: round(seconds(xlsx)), unit: 's' },
      { name: 'csvPeak', value: csv.peak, unit: 'MB', target: 300 },
      { name: 'xlsxPeak', value: xlsx.peak, unit: 'MB', target: 300 },
    ]
  } finally {
    await owner.end()
    await database.close()
    await product.stop()
    product.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The most memory that a process ever held, MB (proc(5), `VmHWM`). */
function peakOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024)
}
