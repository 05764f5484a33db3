import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#access/actor.ts'
import type { Scope } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import { district, personOf, seedFixture } from '#tests/fixture.ts'
import { anchorHeads } from './anchor.ts'
import { append } from './service.ts'
import { verifyAudit } from './verify.ts'

/** What somebody with the owner's password could do to the ledger, and that each of it is found. */

const start = Temporal.Instant.from('2026-11-20T02:20:00Z')
const scope: Scope = { district, reach: 'none', paths: [], organisations: [] }
const actor: Actor = {
  kind: 'staff',
  id: personOf('community_desk'),
  name: 'x',
  posts: [],
  secondFactor: true,
}

let made: TestDatabase
let owner: pg.Client
let dataDir: string
let clean: string

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, '2026-01-01T00:00:00.000Z')
  owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-audit-'))
  // At once, so that several lanes are written.
  await Promise.all(Array.from({ length: 40 }, (_, count) => enter(count)))
  await anchor()
  await Promise.all(Array.from({ length: 20 }, (_, count) => enter(40 + count)))
  await anchor()
  await owner.query('create table kept_entry as table audit_entry')
  await owner.query('create table kept_head as table audit_head')
  clean = readFileSync(file(), 'utf8')
})
/** The ledger and its anchors as they were written. */
async function restore() {
  await owner.query(
    'begin; delete from audit_entry; insert into audit_entry table kept_entry; delete from audit_head; insert into audit_head table kept_head; commit',
  )
  writeFileSync(file(), clean)
}
beforeEach(restore)
afterAll(async () => {
  await owner.end()
  await made.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const file = () => path.join(dataDir, 'audit', 'anchors.ndjson')
const anchor = () => anchorHeads({ database: made.database, district, dataDir, keys: made.keys, now: start })
const verify = () => verifyAudit({ ownerUrl: made.ownerUrl, dataDir, keys: made.keys })
const enter = (count: number) =>
  made.database.within(scope, (trx) =>
    append(trx, {
      actor,
      action: 'request.reveal',
      purpose: 'service',
      now: start.add({ seconds: count }),
      note: {
        subjectKind: 'request',
        subject: derivedId('request', String(count)),
        reason: `约上门时间 ${count}`,
        detail: { n: count, 名: '"\\\n' },
      },
    }),
  )

type Entry = { lane: number; seq: number }
const entries = async () =>
  (await owner.query<Entry>('select lane, seq::int as seq from audit_entry order by lane, seq')).rows
/** Some entry of the ledger, drawn by a number. */
const some = (all: Entry[], draw: number) => all[draw % all.length]!
/** Makes every hash of a lane fit again, and the head with it. */
async function computeAnew(lane: number) {
  await owner.query(`
    do $$
    declare entry audit_entry; before bytea := '\\x00'; last bigint := 0;
    begin
      for entry in select * from audit_entry where lane = ${lane} order by seq loop
        before := app.audit_hash(before, entry);
        update audit_entry set hash = before where lane = ${lane} and seq = entry.seq;
        last := entry.seq;
      end loop;
      update audit_head set seq = last, hash = before where lane = ${lane};
    end $$`)
}

/** One deed of a forger on the ledger as it was written, and what the verification says of it. */
async function found(deed: (all: Entry[]) => Promise<unknown>): Promise<string[]> {
  await restore()
  await deed(await entries())
  const { ok, findings } = await verify()
  expect(ok).toBe(findings.length === 0)
  return findings
}

const draws = { numRuns: 25 }

test('a ledger that nobody touched is whole, in several lanes', async () => {
  expect(new Set((await entries()).map(({ lane }) => lane)).size).toBeGreaterThan(1)
  expect(await verify()).toEqual({ ok: true, entries: 60, findings: [] })
})

test('AU1 the application may neither insert, change, remove nor set a head', async () => {
  for (const statement of [
    `insert into audit_entry select * from audit_entry limit 1`,
    `update audit_entry set reason = 'x'`,
    `delete from audit_entry`,
    `truncate audit_entry`,
    `update audit_head set seq = 0`,
    `insert into audit_head select * from audit_head limit 1`,
    `delete from audit_head`,
    `alter table audit_entry disable row level security`,
  ]) {
    await expect(made.database.pool.query(statement), statement).rejects.toThrow(
      /permission denied|must be owner/,
    )
  }
})

test('AU1 another district is out of sight', async () => {
  const seen = await made.database.within({ ...scope, district: '130107', reach: 'district' }, async (trx) =>
    trx.withTables<{ audit_entry: { seq: number } }>().selectFrom('audit_entry').select('seq').execute(),
  )
  expect(seen).toEqual([])
})

describe('found', () => {
  const columns = [
    `at = at + interval '1 microsecond'`,
    `actor_kind = 'system'`,
    `actor_id = null`,
    `organisation_id = '${derivedId('somebody')}'`,
    `action = 'request.read'`,
    `purpose = 'own'`,
    `subject_kind = null`,
    `subject_id = null`,
    `reporter_id = '${derivedId('somebody')}'`,
    `path = '131003/'`,
    `reason = reason || ' '`,
    `detail = detail || '{"n": -1}'`,
    `hash = sha256(hash)`,
  ]

  test('AU2 a change of any column of any entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...columns), async (draw, change) => {
        const findings = await found(async (all) => {
          const { lane, seq } = some(all, draw)
          await owner.query(`update audit_entry set ${change} where lane = ${lane} and seq = ${seq}`)
        })
        expect(findings).not.toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('AU2 the finding names lane and entry', async () => {
    const [one] = await entries()
    const findings = await found(() =>
      owner.query(`update audit_entry set reason = 'x' where lane = $1 and seq = 1`, [one?.lane]),
    )
    expect(findings).toEqual([
      expect.stringContaining(`District 131003, lane ${one?.lane}: entry 1 was changed`),
    ])
  })

  test('AU2 a changed entry whose hash was made to fit', async () => {
    const all = await entries()
    const { lane, seq } = all.find((entry, index) => all[index + 1]?.lane === entry.lane) ?? some(all, 0)
    const findings = await found(() =>
      owner
        .query(
          `with changed as (update audit_entry set reason = 'x' where lane = $1 and seq = $2 returning *)
         select 1 from changed`,
          [lane, seq],
        )
        .then(() =>
          owner.query(
            `update audit_entry e set hash = app.audit_hash(coalesce((select b.hash from audit_entry b where b.lane = $1 and b.seq = $2 - 1), '\\x00'), e) where lane = $1 and seq = $2`,
            [lane, seq],
          ),
        ),
    )
    expect(findings.join()).toMatch(new RegExp(`lane ${lane}: entry ${seq + 1} was changed`))
  })

  test('AU3 entries taken out, whichever and however many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), async (drawn) => {
        const findings = await found(async (all) => {
          for (const draw of drawn) {
            const { lane, seq } = some(all, draw)
            await owner.query('delete from audit_entry where lane = $1 and seq = $2', [lane, seq])
          }
        })
        expect(findings).not.toEqual([])
      }),
      draws,
    )
  })

  test('AU3 an entry taken out and the later ones moved up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (draw) => {
        const findings = await found(async (all) => {
          const { lane, seq } = some(all, draw)
          await owner.query('delete from audit_entry where lane = $1 and seq = $2', [lane, seq])
          await owner.query('update audit_entry set seq = -seq where lane = $1 and seq > $2', [lane, seq])
          await owner.query('update audit_entry set seq = -seq - 1 where lane = $1 and seq < 0', [lane])
          await owner.query('update audit_head set seq = seq - 1 where lane = $1', [lane])
        })
        expect(findings).not.toEqual([])
      }),
      draws,
    )
  })

  test('AU4 two entries that changed places, in one lane or between two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (left, right) => {
        const all = await entries()
        const [one, other] = [some(all, left), some(all, right)]
        fc.pre(one !== other)
        const findings = await found(async () => {
          const move = (from: Entry, to: Entry) =>
            owner.query('update audit_entry set lane = $3, seq = $4 where lane = $1 and seq = $2', [
              from.lane,
              from.seq,
              to.lane,
              to.seq,
            ])
          const aside = { lane: 99, seq: 1 }
          await move(one, aside)
          await move(other, one)
          await move(aside, other)
        })
        expect(findings).not.toEqual([])
      }),
      draws,
    )
  })

  test('AU5 an end cut off together with its head', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (draw) => {
        const findings = await found(async (all) => {
          const { lane, seq } = some(all, draw)
          await owner.query('delete from audit_entry where lane = $1 and seq >= $2', [lane, seq])
          await computeAnew(lane)
          await owner.query('delete from audit_head where lane = $1 and seq = 0', [lane])
        })
        expect(findings.join()).toMatch(/anchored/)
      }),
      draws,
    )
  })

  test('AU5 a lane changed and computed anew from there on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (draw) => {
        const findings = await found(async (all) => {
          const { lane, seq } = some(all, draw)
          await owner.query(`update audit_entry set reason = 'x' where lane = $1 and seq = $2`, [lane, seq])
          await computeAnew(lane)
        })
        expect(findings.join()).toMatch(/anchored/)
      }),
      draws,
    )
  })

  test('AU5 an empty ledger', async () => {
    expect(
      await found(() =>
        owner.query('delete from audit_entry').then(() => owner.query('delete from audit_head')),
      ),
    ).not.toEqual([])
  })

  test('AU6 a line of the file of anchors that was changed, removed or moved', async () => {
    const lines = clean.split('\n').slice(0, -1)
    expect(lines).toHaveLength(2)
    const [first = '', second = ''] = lines
    const write = (...texts: string[]) =>
      found(async () => writeFileSync(file(), texts.map((text) => `${text}\n`).join('')))
    expect(await write(second)).toEqual([expect.stringMatching(/line 1: does not follow/)])
    expect(await write(second, first)).not.toEqual([])
    expect(await write(first.replace(/"seq":\d+/, '"seq":99'), second)).toEqual(
      expect.arrayContaining([expect.stringMatching(/line 1: was changed/)]),
    )
    expect(await write('{}', first, second)).toEqual([expect.stringMatching(/line 1: cannot be read/)])
    expect(await write(first, second)).toEqual([])
  })
})

test('AU6 half a line that a crash left is no finding, and the next anchor takes its place', async () => {
  appendFileSync(file(), '{"at":"2026-11-20T02:')
  expect((await verify()).findings).toEqual([])
  await enter(60)
  expect(await anchor()).toBe(1)
  expect(readFileSync(file(), 'utf8').split('\n')).toHaveLength(4)
  expect((await verify()).findings).toEqual([])
  expect(await anchor()).toBe(0)
})

test('AU10 however many write at once, and whichever of them give up, every lane stays whole', async () => {
  await Promise.all(
    Array.from({ length: 120 }, (_, count) =>
      made.database
        .within(scope, async (trx) => {
          await append(trx, {
            actor: { kind: 'anyone' },
            action: 'session.open',
            purpose: 'own',
            now: start.add({ seconds: count }),
            note: {},
          })
          if (count % 5 === 0) throw new Error('given up')
        })
        .catch((error: Error) => expect(error.message).toBe('given up')),
    ),
  )
  expect(await verify()).toEqual({ ok: true, entries: 60 + 96, findings: [] })
})
