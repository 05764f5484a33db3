import { randomInt } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phoneIndex } from '#access/reporters.ts'
import { verifyLedger } from '#audit/verify.ts'
import { personal } from '#access/fields.ts'
import { localFiles } from '#kernel/files.ts'
import { brokenAt } from '#requests/chain.ts'
import { compact, finishErasures, touched } from '#requests/erasure/finish.ts'
import { grounds, places } from '#requests/erasure/places.ts'
import { story } from '#requests/store.ts'
import { reporterMarks } from '#search/reporters.ts'
import { everyByte, everyRow, spellings } from './bytes.ts'
import { district, ids, paths, personOf } from './fixture.ts'
import type { TestServer } from './server.ts'
import { accept, asOwner, assign, entered, newId, said, startDistrict, whole } from './story.ts'
import type { Said } from './story.ts'
import { smallPhoto, upload } from './upload.ts'

/**
 * RQ15, proved from outside: somebody says things in every way there is, lives through all that can follow, has it erased,
 * and then everything that is stored is searched for it, in every spelling it could stand in.
 */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']

/** Six characters of a block that nobody else writes in; a mark for each place, so that one that stays names where it stayed. */
const marks: Record<string, string> = {}
function mark(where: string): string {
  marks[where] ??= Array.from({ length: 6 }, () => String.fromCodePoint(randomInt(0x3400, 0x4db0))).join('')
  return marks[where]
}
const phone = `100${randomInt(10_000_000, 99_999_999)}`
const email = `r${randomInt(1e9)}@example.org`
/** Where it was, as nobody else says it. */
const lon = Number(`116.71${randomInt(10_000, 99_999)}`)
let secrets: [string, Buffer][] = []
/** Files are named by the ids of uploads; the ledger keeps those, as ids of things that are no more. */
let uploads: string[] = []

/** What of the marks and secrets stands in the bytes, and where it was written. */
function foundIn(bytes: Buffer): string[] {
  const texts = [
    ...Object.entries(marks),
    ['phone', phone],
    ['e-mail', email],
    ['position', String(lon)],
  ] as [string, string][]
  return [
    ...texts.flatMap(([where, text]) =>
      spellings(text).flatMap(([how, spelt]) => (bytes.includes(spelt) ? [`${where} ${how}`] : [])),
    ),
    ...secrets.flatMap(([what, secret]) => (bytes.includes(secret) ? [what] : [])),
  ]
}

async function uploaded(who: string | undefined, kind: 'photo' | 'voice', bytes: Buffer): Promise<string> {
  const id = newId(server)
  await upload(server, who, { id, kind, bytes })
  return id
}
const recording = (text: string) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), Buffer.from(text)])

async function proven(): Promise<string> {
  const { json } = await server.call('POST', '/api/phone-codes', { body: { phone } })
  const answer = await server.call('POST', '/api/phone-sessions', { body: { phone, code: json.demoCode } })
  expect(answer.status, answer.text).toBe(201)
  return answer.cookie!
}

const requests: string[] = []
let token: string
/** Said by somebody else, and followed: it stays. */
let neighbour: string

/** Somebody who began to read before the erasure and has not come to an end. */
let reader: pg.Client

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  await everythingHappens()
})
afterAll(async () => {
  await reader.end()
  await server.close()
})

async function everythingHappens(): Promise<void> {
  const desk = staff.community_desk
  // By phone at first, when the desk writes down the name; the number is proven afterwards.
  const voice = await uploaded(undefined, 'voice', recording(mark('voice')))
  const photo = await uploaded(undefined, 'photo', await smallPhoto())
  const first = await said(server, {
    title: mark('title'),
    words: mark('words'),
    place: mark('place'),
    lon,
    lat: 39.53,
    category: 'B03',
    attachments: [voice, photo],
    reporter: { id: newId(server), name: mark('name'), phone },
  })
  token = await proven()
  requests.push(first.id)
  const e = (who: string | undefined, request: string, entry: Record<string, unknown>) =>
    entered(server, who, request, entry as Said)
  await e(desk, first.id, {
    ...accept,
    points: [mark('point')],
    needed: [{ what: mark('needed'), how: mark('how') }],
  })
  // Put before people first, who took it and gave it back (R3): what is said of it stands in its own story.
  await server.session('liaison')
  await asOwner(
    server,
    `insert into person_anchor (district_code, id, person_id, kind, lon, lat) values ($1, gen_random_uuid(), $2, 'home', 116.7, 39.53)`,
    [district, personOf('liaison')],
  )
  const offer = newId(server)
  const offered = await server.call('POST', `/api/requests/${first.id}/offers`, {
    token: desk,
    body: { id: offer, words: mark('offered') },
  })
  expect(offered.status, offered.text).toBe(201)
  const withdrawn = await server.call('POST', `/api/offers/${offer}/withdrawal`, { token: desk })
  expect(withdrawn.status, withdrawn.text).toBe(200)
  await e(desk, first.id, { ...assign(), words: mark('assign') })
  await e(staff.handler, first.id, { kind: 'take', words: mark('take') })
  await e(staff.handler, first.id, { kind: 'note', words: mark('internal note'), visible: false })
  await e(staff.handler, first.id, { kind: 'ask', words: mark('ask') })
  await e(token, first.id, { kind: 'note', words: mark('own note') })
  await e(desk, first.id, { kind: 'supervise', demand: mark('demand') })
  await e(staff.handler, first.id, {
    kind: 'answer',
    words: mark('answer'),
    points: [{ index: 0, open: false }],
  })
  await e(token, first.id, { kind: 'reopen', words: mark('reopen') })
  await e(staff.handler, first.id, {
    kind: 'answer',
    words: mark('second answer'),
    points: [{ index: 0, open: false }],
  })
  // What everybody reads of it, what was searched for, whose number was shown.
  const cleared = await server.call('POST', `/api/requests/${first.id}/publication`, {
    token: desk,
    body: {
      id: newId(server),
      title: mark('cleared title'),
      description: mark('cleared words'),
      looked: true,
    },
  })
  expect(cleared.status, cleared.text).toBe(200)
  const q = encodeURIComponent(mark('words'))
  const search = await server.call('GET', `/api/requests/search?q=${q}`, { token: desk })
  expect(search.json.items.map(({ id }: { id: string }) => id)).toEqual([first.id])
  await server.call('POST', `/api/requests/${first.id}/reveals`, {
    token: desk,
    body: { reason: '约上门时间' },
  })
  await server.call('GET', `/api/requests/${first.id}/suggestion`, { token: desk })
  // An e-mail address, proven.
  const sent = await server.call('POST', '/api/contact/email', { token, body: { email } })
  expect(sent.status, sent.text).toBe(201)

  // Declined, with words about where to go.
  const second = await said(server, { words: mark('second') }, token)
  requests.push(second.id)
  await e(desk, second.id, {
    kind: 'decline',
    reason: 'outside_district',
    words: mark('decline'),
    instead: { name: mark('instead'), phone: mark('instead phone') },
  })
  // In confidence.
  const third = await said(
    server,
    { words: mark('confided'), place: mark('confided place'), confidential: true, complainedOf: [ids.firm] },
    token,
  )
  requests.push(third.id)
  // Open, and merged into what a neighbour said; who also is followed elsewhere.
  const theirs = await said(server, { words: '东门的灯也坏了，天黑看不见路' })
  neighbour = theirs.id
  const fourth = await said(server, { words: mark('merged') }, token)
  requests.push(fourth.id)
  await e(desk, fourth.id, { kind: 'merge', into: neighbour, words: mark('merge') })
  const other = await said(server, { words: '单元门禁坏了，进出都要等人' })
  const follows = await server.call('POST', `/api/requests/${other.id}/followers`, {
    token,
    body: {
      id: newId(server),
      words: mark('followed'),
      attachments: [await uploaded(token, 'voice', recording(mark('followed voice')))],
    },
  })
  expect(follows.status, follows.text).toBe(201)
  await wishesHappen()
  const [row] = await asOwner<{ id: string; name: string; sealed: string; tail: string }>(
    server,
    `select id, name, encode(phone_sealed, 'hex') as sealed, phone_tail_index as tail from reporter where phone_index = $1`,
    [phoneIndex(server.keys, phone)],
  )
  secrets = [
    ['the sealed number', Buffer.from(row!.sealed)],
    ['the index of the number', Buffer.from(phoneIndex(server.keys, phone))],
    ['the index of its tail', Buffer.from(row!.tail)],
    ...reporterMarks(server.keys, { name: mark('name'), phone }).map((one): [string, Buffer] => [
      'what the index finds them by',
      Buffer.from(one),
    ]),
  ]
  uploads = [voice, photo]
}

/** A wish said and published, another fulfilled and thanked for, and one of a neighbour claimed and given back (R11). */
async function wishesHappen(): Promise<void> {
  const post = async (who: string | undefined, url: string, body: Record<string, unknown>) => {
    const answer = await server.call('POST', url, { token: who, body: { id: newId(server), ...body } })
    expect(answer.status, answer.text).toBeLessThan(300)
    return answer.json as { id: string }
  }
  const tell = (who: string | undefined, words: string) =>
    post(who, '/api/wishes', { words, kind: 'thing', path: paths.inside.unit })
  const publish = (id: string, title: string, words: string) =>
    post(staff.community_desk, `/api/wishes/${id}/decision`, {
      ...{ kind: 'publish', as: 'thing', title, words, looked: true },
    })
  const act = (who: string | undefined, id: string, body: Record<string, unknown>) =>
    post(who, `/api/wishes/${id}/entries`, body)
  const open = await tell(token, mark('wish'))
  await publish(open.id, mark('wish title'), mark('wish words'))
  const had = await tell(token, mark('wish come true'))
  await publish(had.id, mark('title come true'), mark('words come true'))
  const helper = await server.session('liaison')
  await act(helper, had.id, { kind: 'claim' })
  await act(helper, had.id, { kind: 'fulfil', words: mark('fulfilled') })
  await act(token, had.id, { kind: 'thank', words: mark('thanks') })
  const refused = await tell(token, mark('wish refused'))
  await post(staff.community_desk, `/api/wishes/${refused.id}/decision`, {
    ...{ kind: 'decline', words: mark('refused because') },
  })
  const theirs = await tell(helper, '想要一盆花')
  await publish(theirs.id, '一盆花', '想要一盆好养的花')
  await act(token, theirs.id, { kind: 'claim' })
  await act(token, theirs.id, { kind: 'give_back', words: mark('given back') })
}

describe('RQ15 everything somebody said is erased everywhere', () => {
  test('before, all of it is there: what is searched for can be found', async () => {
    const found = foundIn(await everyRow(server.ownerUrl))
    const files = everyByte(server.dataDir)
    for (const where of Object.keys(marks).filter((one) => !one.endsWith('voice')))
      expect(
        found.some((one) => one.startsWith(`${where} `)),
        where,
      ).toBe(true)
    expect(found).toContain('words as a pair')
    for (const [secret] of secrets) expect(found).toContain(secret)
    expect(foundIn(files)).toEqual(expect.arrayContaining(['voice as it is', 'followed voice as it is']))
    for (const upload of uploads) expect(files.includes(`${upload}-`)).toBe(true)
  })

  test('afterwards nothing of it is in any row of any table, in any file, in the index or on its way out', async () => {
    reader = new pg.Client({ connectionString: server.ownerUrl })
    await reader.connect()
    await reader.query('begin isolation level repeatable read')
    await reader.query('select 1')
    const answer = await server.call('POST', '/api/erasures', {
      token,
      body: { id: newId(server), scope: 'account' },
    })
    expect(answer.json, answer.text).toMatchObject({
      state: 'erased',
      counts: { requests: 4, attachments: 2 },
    })
    await finish()
    expect(foundIn(await everyRow(server.ownerUrl))).toEqual([])
    const files = everyByte(server.dataDir)
    expect(foundIn(files)).toEqual([])
    for (const upload of uploads) expect(files.includes(`${upload}-`)).toBe(false)
  })

  test('their old versions may be cleared away by whoever finishes the erasure', async () => {
    const refused = await asOwner<{ name: string }>(
      server,
      `select name from unnest($1::text[]) as name where not has_table_privilege('chuanmen_app', name, 'maintain')`,
      [touched],
    )
    expect(refused).toEqual([])
  })

  test('and once the tables are written anew, which waits for whoever still reads, no old version of a row is left in the files of the database', async () => {
    const [where] = await asOwner<{ folder: string; oid: string }>(
      server,
      `select current_setting('data_directory') as folder, oid::text as oid from pg_database where datname = current_database()`,
    )
    const folder = path.join(where!.folder, 'base', where!.oid)
    let isOver = false
    const compacting = compact(server.ownerUrl).finally(() => (isOver = true))
    await reader.query('select pg_sleep(0.5)')
    expect(isOver).toBe(false)
    await reader.query('rollback')
    expect(await compacting).toEqual({ tables: touched })
    await asOwner(server, 'checkpoint')
    expect(foundIn(everyByte(folder))).toEqual([])
  })

  test('RQ2 every chain is whole: the stories, and the ledger of who did what', async () => {
    for (const id of [...requests, neighbour]) {
      const entries = await server.database.within(whole, (trx) => story(trx, id))
      expect(entries.length).toBeGreaterThan(0)
      expect(brokenAt(id, entries)).toBeNull()
    }
    const client = new pg.Client({ connectionString: server.ownerUrl })
    await client.connect()
    const ask = async <Row>(text: string, values: unknown[]) =>
      (await client.query(text, values)).rows as Row[]
    const { entries, findings } = await verifyLedger(ask, null, server.dataDir, server.keys)
    await client.end()
    expect(entries).toBeGreaterThan(20)
    expect(findings).toEqual([])
  })

  test('what others said stays, and what was said once can be said again', async () => {
    const [row] = await asOwner<{ words: string; reporter: string }>(
      server,
      'select words, reporter_id as reporter from service_request where id = $1',
      [neighbour],
    )
    expect(row).toMatchObject({ words: '东门的灯也坏了，天黑看不见路', reporter: expect.any(String) })
    await said(server, { words: '灯又坏了', reporter: { id: newId(server), phone } })
  })
})

async function finish(): Promise<void> {
  const { database, keys, clock, dataDir } = server
  const finishing = { database, keys, district, files: localFiles(dataDir), now: clock.now() }
  expect(await finishErasures(finishing)).toBeGreaterThan(0)
  expect(await finishErasures(finishing)).toBe(0)
}

describe('RQ15 the list of places', () => {
  test('names every personal field that is declared, and no other', () => {
    expect(Object.keys(places).toSorted()).toEqual(Object.keys(personal).toSorted())
  })

  test('lets nothing stay that is held because a resident gave it, but what is gone by itself or proves the erasure', () => {
    for (const [field, { basis }] of Object.entries(personal)) {
      const fate = places[field as keyof typeof places]
      if (basis !== 'consent' || typeof fate === 'string') continue
      expect(['chain', 'expires', 'proof', 'staff', 'care'], field).toContain(fate.stays)
      if (fate.stays === 'staff') expect(field).toMatch(/person_id$/)
    }
    for (const fate of Object.values(places))
      if (typeof fate !== 'string') expect(Object.keys(grounds)).toContain(fate.stays)
  })
})
