import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Scope } from '#kernel/db.ts'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import {
  district,
  ids,
  openSession as openStaffSession,
  paths,
  personOf,
  seedFixture,
} from '#tests/fixture.ts'
import { endSessionsOf, identify, openSession, removeEnded, sessionSeconds } from './sessions.ts'

const start = Temporal.Instant.from('2026-11-20T02:20:00Z')
const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }

let made: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, '2026-01-01T00:00:00.000Z')
  owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
})
beforeEach(async () => {
  await owner.query('update person set active = true')
  await owner.query('update organisation set active = true')
  await owner.query('update post set valid_until = null')
})
afterAll(async () => {
  await owner.end()
  await made.drop()
})

const who = (token: string | null, now = start, where = district) =>
  identify(made.database, where, token, now)
const staff = () => openStaffSession(made.ownerUrl, 'subdistrict_desk', start.toString())

test('AC1 a token names its person with the posts held now, and no other text names anybody', async () => {
  const { actor } = await who(await staff())
  expect(actor).toEqual({
    kind: 'staff',
    id: personOf('subdistrict_desk'),
    name: 'subdistrict_desk的人',
    secondFactor: false,
    mustChange: false,
    posts: [
      {
        role: 'subdistrict_desk',
        organisation: ids.subdistrict,
        path: paths.inside.subdistrict,
        deskLevel: 'subdistrict',
      },
    ],
  })
  const { rows } = await owner.query<{ token_hash: string }>('select token_hash from session')
  for (const token of [null, '', 'x'.repeat(43), 'x'.repeat(4_000), "' or true --", rows[0]!.token_hash]) {
    expect(await who(token)).toEqual({ actor: { kind: 'anyone' }, session: null })
  }
})

test('AC2 a session lasts as long as its kind, to the second', async () => {
  for (const kind of ['reporter', 'follower', 'second_factor'] as const) {
    const given =
      kind === 'reporter'
        ? { kind, reporter: personOf('liaison') }
        : { kind, person: kind === 'second_factor' ? personOf('liaison') : undefined }
    const token = await made.database.within(whole, (trx) => openSession(trx, given, start))
    const last = start.add({ seconds: sessionSeconds[kind] })
    expect((await who(token, last.subtract({ seconds: 1 }))).session, kind).not.toBeNull()
    expect((await who(token, last)).session, kind).toBeNull()
  }
})

test('AC2 half a login is nobody yet', async () => {
  const token = await made.database.within(whole, (trx) =>
    openSession(trx, { kind: 'second_factor', person: personOf('liaison') }, start),
  )
  const { actor, session } = await who(token)
  expect(actor).toEqual({ kind: 'anyone' })
  expect(session).not.toBeNull()
})

test('AC3 a post that ends is gone from open sessions at that moment, and one that begins is there', async () => {
  const token = await staff()
  await owner.query('update post set valid_until = $1 where person_id = $2', [
    start.add({ minutes: 5 }).toString(),
    personOf('subdistrict_desk'),
  ])
  const posts = async (now: Temporal.Instant) => {
    const { actor } = await who(token, now)
    return actor.kind === 'staff' ? actor.posts.length : -1
  }
  expect([await posts(start.add({ minutes: 4 })), await posts(start.add({ minutes: 5 }))]).toEqual([1, 0])
})

test('AC3 somebody who left, or whose organisation is no more, has no access in open sessions', async () => {
  const token = await staff()
  await owner.query('update organisation set active = false where id = $1', [ids.subdistrict])
  expect((await who(token)).actor).toMatchObject({ kind: 'staff', posts: [] })
  await owner.query('update person set active = false where id = $1', [personOf('subdistrict_desk')])
  expect((await who(token)).actor).toEqual({ kind: 'anyone' })
})

test('AC4 the token of one district is nobody in another', async () => {
  expect((await who(await staff(), start, '130107')).actor).toEqual({ kind: 'anyone' })
})

test('AC2 all sessions of a person end together, and those of others stay', async () => {
  const [one, two] = [await staff(), await staff()]
  const other = await openStaffSession(made.ownerUrl, 'liaison', start.toString())
  await made.database.within(whole, (trx) => endSessionsOf(trx, personOf('subdistrict_desk'), start))
  expect([(await who(one)).actor.kind, (await who(two)).actor.kind, (await who(other)).actor.kind]).toEqual([
    'anyone',
    'anyone',
    'staff',
  ])
})

test('what ended is forgotten a day later', async () => {
  await staff()
  await made.database.within(whole, (trx) => removeEnded(trx, start.add({ hours: 24 * 400 })))
  expect((await owner.query('select 1 from session')).rows).toEqual([])
})
