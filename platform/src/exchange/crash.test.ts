import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localFiles } from '#kernel/files.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { keepPart } from '#kernel/parts.ts'
import { district, paths, personOf } from '#tests/fixture.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner } from '#tests/story.ts'
import { coverOf, folderOf } from './file.ts'
import { addImport, importById, patchImport } from './import-store.ts'
import { asCsv, buildDoors, makeRegister } from './register-fixture.ts'
import { runImport } from './run.ts'
import type { Work } from './work.ts'

/** A worker that dies between any two of its transactions: what it began is taken up again, and nothing is there twice. */

describe.each(['all', 'good'] as const)('IM6 written as %s', (mode) => {
  let server: TestServer
  let work: Work
  const id = uuidv7(Temporal.Instant.from('2026-11-20T10:20:00+08:00'))
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  const at = '2026-11-20T02:20:00.000Z'
  const register = makeRegister(60, mode === 'good' ? 6 : 0)

  beforeAll(async () => {
    server = await startTestServer()
    const files = localFiles(server.dataDir)
    work = { database: server.database, files, keys: server.keys, now: () => server.clock.now() }
    await buildDoors(server.ownerUrl, district, paths.inside.community, 60)
    const bytes = Buffer.from(asCsv(register))
    await keepPart(files, folderOf(id), { at: 0, bytes }, coverOf(server.keys))
    const by = personOf('community_desk')
    const one = {
      id,
      kind: 'households' as const,
      path: paths.inside.community,
      by,
      fileName: 'a.csv',
      bytes: bytes.length,
    }
    await server.database.within(scope, (trx) => addImport(trx, one, at))
  })
  afterAll(() => server.close())

  /** Runs a step with a worker that dies before each of its transactions in turn, then with one that lives. */
  async function through(state: string): Promise<void> {
    await server.database.within(scope, (trx) => patchImport(trx, id, { state, mode, rows_done: 0 }, at))
    for (let lives = 1; lives <= 8; lives += 1) {
      let left = lives
      const within: Work['database']['within'] = (reach, task) => {
        left -= 1
        return left < 0 ? Promise.reject(new Error('killed')) : work.database.within(reach, task)
      }
      await runImport({ ...work, database: { ...work.database, within } }, { district, id }).catch(
        () => undefined,
      )
    }
    await runImport(work, { district, id })
  }

  test('it goes on, writes each household once, and takes each back once', async () => {
    for (const state of ['reading', 'checking', 'applying']) await through(state)
    const one = await server.database.within(scope, (trx) => importById(trx, id))
    expect(one).toMatchObject({ state: 'applied', fault: null })
    const count = async (sql: string) => (await asOwner<{ n: number }>(server, sql))[0]?.n
    const bad = register.planted.length
    expect(await count('select count(*)::int as n from resident')).toBe(register.rows.length - bad)
    const households = one?.counts.households?.added
    expect(await count('select count(*)::int as n from household')).toBe(households)
    expect(await count('select count(*)::int as n from household_entry')).toBe(households)
    await through('undoing')
    expect(await count('select count(*)::int as n from household where moved_out is null')).toBe(0)
    expect(await count(`select count(*)::int as n from household_entry where kind = 'undo'`)).toBe(households)
  })
})
