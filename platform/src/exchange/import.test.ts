import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localFiles } from '#kernel/files.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { district, paths } from '#tests/fixture.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import type { ImportView } from './contract.ts'
import { fieldsOf, guessMapping } from './fields.ts'
import { openWorkbook } from './read/xlsx-source.ts'
import { memoryBytes } from './read/bytes.ts'
import { asCsv, asWorkbook, buildDoors, header, liveBefore, makeRegister } from './register-fixture.ts'
import { runImport, tidyImports } from './run.ts'
import type { Work } from './work.ts'

/** A register from file to household and back, through the front door and with the worker's own hands. */

let server: TestServer
let work: Work
let desk: string
const households = 600

beforeAll(async () => {
  server = await startTestServer()
  work = {
    database: server.database,
    files: localFiles(server.dataDir),
    keys: server.keys,
    now: () => server.clock.now(),
  }
  desk = await server.session('community_desk')
  await buildDoors(server.ownerUrl, district, paths.inside.community, households + 20)
})
afterAll(() => server.close())

const owner = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}
const newId = () => uuidv7(server.clock.now())

async function part(id: string, at: number, bytes: Buffer, token = desk) {
  const edge = 'xxEDGExx'
  const answer = await server.server.inject({
    method: 'POST',
    url: `/api/imports/${id}/parts`,
    payload: Buffer.concat([
      Buffer.from(
        `--${edge}\r\ncontent-disposition: form-data; name="at"\r\n\r\n${at}\r\n--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]),
    headers: {
      'content-type': `multipart/form-data; boundary=${edge}`,
      cookie: `chuanmen_session=${token}`,
    },
  })
  return { status: answer.statusCode, json: answer.json() as ImportView }
}

async function bring(bytes: Buffer, fileName = '居民.csv', token = desk): Promise<ImportView> {
  const id = newId()
  const begun = await server.call('POST', '/api/imports', {
    token,
    body: { id, kind: 'households', path: paths.inside.community, fileName, bytes: bytes.length },
  })
  expect(begun.status, begun.text).toBe(201)
  for (let at = 0; at < bytes.length; at += 200_000) {
    const sent = await part(id, at, bytes.subarray(at, at + 200_000), token)
    expect(sent.status).toBe(201)
  }
  await runImport(work, { district, id })
  return seen(id)
}

const seen = async (id: string): Promise<ImportView> =>
  (await server.call('GET', `/api/imports/${id}`, { token: desk })).json as ImportView

async function act(one: ImportView, method: string, what: string, body: object = {}): Promise<ImportView> {
  const answer = await server.call(method, `/api/imports/${one.id}/${what}`, {
    token: desk,
    body,
    headers: { 'if-match': `"${one.version}"` },
  })
  expect(answer.status, answer.text).toBe(200)
  await runImport(work, { district, id: one.id })
  return seen(one.id)
}
const checked = (one: ImportView) =>
  act(one, 'PUT', 'mapping', { mapping: one.columns.map(({ field }) => field) })

async function allErrors(id: string) {
  const items: { row: number; cell: string; code: string; reason: string; shown: string }[] = []
  for (let after = ''; ;) {
    const { json } = await server.call('GET', `/api/imports/${id}/errors?limit=200${after}`, { token: desk })
    items.push(...json.items)
    if (json.next === null) return items
    after = `&after=${json.next}`
  }
}

describe('a register of 600 households with 60 errors', () => {
  const register = makeRegister(households, 60)
  let one: ImportView

  test('IM2 IM3 the file is known by its bytes, its columns by their names, and nothing personal is shown', async () => {
    await liveBefore(
      server.ownerUrl,
      { district, community: paths.inside.community, keys: server.keys },
      register,
      households,
    )
    one = await bring(await asWorkbook(register), '居民台账.xlsx')
    expect(one).toMatchObject({ state: 'mapping', sheets: ['居民台账'], fault: null })
    const columns = Object.fromEntries(one.columns.map((column) => [column.header, column]))
    expect(columns['身份证号码']).toMatchObject({ field: 'identity', forbidden: null })
    expect(columns['政治面貌']).toMatchObject({ field: null, forbidden: 'beliefs' })
    expect(columns['备注']).toMatchObject({ field: null, forbidden: null })
    expect(JSON.stringify(one)).not.toMatch(/131003\d{12}|100\d{8}/)
  })

  test('IM4 every planted error is found in its cell, and no other', async () => {
    one = await checked(one)
    expect(one.state, JSON.stringify(one.fault)).toBe('checked')
    const found = await allErrors(one.id)
    const key = (row: number, code: string, cell: string) => `${row} ${code} ${cell.replace(/\d+$/, '')}`
    const letter = (col: number) => String.fromCharCode(65 + col)
    expect(found.map(({ row, code, cell }) => key(row, code, cell)).toSorted()).toEqual(
      register.planted.map(({ row, code, col }) => key(row, code, letter(col))).toSorted(),
    )
    expect(found.every(({ reason }) => reason.length > 4 && !reason.includes('{'))).toBe(true)
    expect(JSON.stringify(found)).not.toMatch(/131003\d{12}|100\d{8}/)
    expect(one.badRows).toBe(60)
  })

  test('IM3 the empty table has a column for every field, in both languages, and each is understood as it stands', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const answer = await server.server.inject({
        method: 'GET',
        url: '/api/imports/empty.xlsx',
        headers: { cookie: `chuanmen_session=${desk}`, 'accept-language': language },
      })
      expect(answer.statusCode).toBe(200)
      const book = await openWorkbook(memoryBytes(answer.rawPayload))
      const rows: string[][] = []
      for await (const batch of book.rows(book.sheets[0] ?? '')) rows.push(...batch.map(({ cells }) => cells))
      expect(rows).toHaveLength(1)
      expect(guessMapping('households', rows[0] ?? []).map(({ field }) => field)).toEqual(
        fieldsOf('households'),
      )
    }
  })

  test('IM5 the rows to be mended come as a workbook, each with its reasons and as it was', async () => {
    const answer = await server.server.inject({
      method: 'GET',
      url: `/api/imports/${one.id}/errors.xlsx`,
      headers: { cookie: `chuanmen_session=${desk}` },
    })
    const book = await openWorkbook(memoryBytes(answer.rawPayload))
    const rows: string[][] = []
    for await (const batch of book.rows(book.sheets[0] ?? '')) rows.push(...batch.map(({ cells }) => cells))
    expect(rows[0]).toEqual(['问题', '原行号', ...header])
    expect(rows).toHaveLength(61)
    const first = register.planted[0]
    expect(rows[1]?.[0]).toContain('姓名：没有姓名')
    expect(Number(rows[1]?.[1])).toBe(first?.row)
  })

  test('IM6 with errors it is not written as a whole; the good rows are, with an entry of each household', async () => {
    const refused = await server.call('POST', `/api/imports/${one.id}/application`, {
      token: desk,
      body: { mode: 'all' },
      headers: { 'if-match': `"${one.version}"` },
    })
    expect(refused.problem).toBe('import.has_errors')
    one = await act(one, 'POST', 'application', { mode: 'good' })
    expect(one.state).toBe('applied')
    const [written] = await owner<{ residents: number; households: number; entries: number; care: number }>(
      `select (select count(*)::int from resident where name <> '早先的人') as residents,
        (select count(*)::int from household_entry where kind = 'import') as entries,
        (select count(*)::int from care) as care,
        (select count(*)::int from import_effect where import_id = $1) as households`,
      [one.id],
    )
    expect(written).toMatchObject({
      residents: one.residents.added,
      entries: one.households.added,
      households: one.households.added,
      care: one.care,
    })
    expect(one.residents.added).toBe(register.rows.length - 60)
  })

  test('IM7 the same file again changes nothing; the same row is nobody a second time', async () => {
    let again = await checked(await bring(Buffer.from(asCsv(register))))
    expect(again.remembered).toBe(true)
    expect(again.residents).toMatchObject({ added: 0, changed: 0, same: one.residents.added })
    again = await act(again, 'POST', 'application', { mode: 'good' })
    expect(again.state).toBe('applied')
    expect(await owner('select 1 from import_effect where import_id = $1', [again.id])).toEqual([])
  })

  test('IM7 a changed phone and a new member are edits of the household, and an undo takes back just those', async () => {
    const row = [...(register.rows[2] ?? [])]
    const child = [...row]
    row[8] = '10099999999'
    Object.assign(child, { 5: '王小妹', 6: '女儿', 7: '', 8: '', 9: '2001', 13: '', 14: '' })
    let edit = await checked(await bring(Buffer.from(asCsv({ rows: [row, child] }))))
    expect(edit).toMatchObject({ badRows: 0, residents: { added: 1, changed: 1, same: 0 } })
    edit = await act(edit, 'POST', 'application', { mode: 'all' })
    const index = `select phone_index, name, left_on from resident r join household h on h.id = r.household_id
      where h.id = (select record_id from import_effect where import_id = $1) order by name`
    const after = await owner(index, [edit.id])
    expect(after.map(({ name }) => name)).toContain('王小妹')
    edit = await act(edit, 'POST', 'undo')
    expect(edit).toMatchObject({ state: 'undone', kept: 0 })
    const before = await owner(index, [edit.id])
    expect(before.find(({ name }) => name === '王小妹')?.['left_on']).not.toBeNull()
    expect(before.map(({ phone_index }) => phone_index)).not.toEqual(
      after.map(({ phone_index }) => phone_index),
    )
  })

  test('IM8 the whole import is taken back: what was touched since stays and is listed', async () => {
    const [touched] = await owner<{ id: string }>(
      `select record_id as id from import_effect e join household h on h.id = e.record_id where import_id = $1 and h.version = 1 limit 1`,
      [one.id],
    )
    await owner(`update household set version = 2, note = 'x' where id = $1`, [touched?.id])
    one = await act(one, 'POST', 'undo')
    // The household that was edited and taken back above counts as touched: it has a history of its own now.
    expect(one).toMatchObject({ state: 'undone', kept: 2 })
    const kept = await server.call('GET', `/api/imports/${one.id}/kept`, { token: desk })
    expect(kept.json.items.map(({ id }: { id: string }) => id)).toContain(touched?.id)
    const [left] = await owner<{ here: number; numbers: number; undone: number }>(
      `select count(*) filter (where h.moved_out is null)::int as here,
        (select count(*)::int from household_entry where kind = 'undo') as undone,
        (select count(*)::int from resident r join household g on g.id = r.household_id where g.moved_out is not null and r.phone_index is not null) as numbers
       from household h join import_effect e on e.record_id = h.id and e.import_id = $1`,
      [one.id],
    )
    expect(left).toEqual({ here: 2, numbers: 0, undone: one.households.added - 2 })
  })
})

describe('what goes wrong', () => {
  test('IM1 parts that are lost or come twice, and the same file begun twice, are one import', async () => {
    const bytes = Buffer.from(asCsv(makeRegister(30, 0)))
    const id = newId()
    const body = {
      id,
      kind: 'households',
      path: paths.inside.community,
      fileName: 'a.csv',
      bytes: bytes.length,
    }
    await server.call('POST', '/api/imports', { token: desk, body })
    await part(id, 0, bytes.subarray(0, 1_000))
    const again = await server.call('POST', '/api/imports', { token: desk, body })
    expect(again.json).toMatchObject({ received: 1_000, state: 'uploading' })
    expect((await part(id, 5_000, bytes.subarray(5_000))).json.received).toBe(1_000)
    expect((await part(id, 500, bytes.subarray(500))).json.state).toBe('reading')
    const taken = await server.call('POST', '/api/imports', { token: desk, body: { ...body, bytes: 7 } })
    expect(taken.problem).toBe('id_taken')
  })

  test('IM9 on disk the file is sealed: no name and no number of it can be read', async () => {
    const bytes = Buffer.from(asCsv(makeRegister(30, 0)))
    const one = await bring(bytes)
    const files = localFiles(server.dataDir)
    for await (const { key } of files.list(`imports/${one.id}`)) {
      const kept = Buffer.concat(await (await files.read(key)).toArray())
      expect(kept.includes('户主')).toBe(false)
      expect(kept.includes('131003')).toBe(false)
    }
    server.clock.advance({ days: 31 })
    desk = await server.session('community_desk')
    await tidyImports(work, district)
    expect(await Array.fromAsync(files.list(`imports/${one.id}`))).toEqual([])
    expect((await seen(one.id)).purged).toBe(true)
  })

  test('a file that is no register ends as one that failed, and says why', async () => {
    expect(await bring(Buffer.from([0xff, 0xff, 0xff, 0x41, 0x0a]))).toMatchObject({
      fault: { code: 'encoding' },
    })
    expect(await bring(Buffer.from('PK\u{3}\u{4}no zip'))).toMatchObject({
      state: 'failed',
      fault: { code: 'damaged' },
    })
    expect(await bring(Buffer.from('only\none\ncolumn\n'))).toMatchObject({ fault: { code: 'no_header' } })
  })

  test('a column that boundaries forbid is not taken, care not without its basis, no other area than one’s own', async () => {
    const rows = makeRegister(3, 0)
    const one = await bring(Buffer.from(asCsv(rows)))
    const tell = (mapping: (string | null)[]) =>
      server.call('PUT', `/api/imports/${one.id}/mapping`, {
        token: desk,
        body: { mapping },
        headers: { 'if-match': `"${one.version}"` },
      })
    const guessed = one.columns.map(({ field }) => field)
    const political = guessed.with(header.indexOf('政治面貌'), 'away').with(header.indexOf('外出情况'), null)
    expect((await tell(political)).problem).toBe('import.mapping_forbidden')
    expect((await tell(guessed.with(header.indexOf('同意日期'), null))).problem).toBe(
      'import.mapping_care_without_basis',
    )
    const outside = await server.call('POST', '/api/imports', {
      token: desk,
      body: { id: newId(), kind: 'households', path: paths.outside.community, fileName: 'a.csv', bytes: 10 },
    })
    expect(outside.problem).toBe('record.invalid_reference')
  })
})
