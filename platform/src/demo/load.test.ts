import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPassword } from '#access/passwords.ts'
import type { Files } from '#kernel/files.ts'
import { open } from '#kernel/keys.ts'
import { isTemplate } from '#notify/rules.ts'
import { fileKey } from '#requests/files/attachments.ts'
import { brokenAt, unseal } from '#requests/chain.ts'
import { states } from '#requests/lifecycle.ts'
import { fold } from '#requests/standing.ts'
import type { Entry } from '#requests/entry.ts'
import { cacheOf } from '#requests/store.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { stillPersonal } from '#open311/redact.ts'
import { demoAccounts } from './accounts.ts'
import { fixtureNow } from './demo-fixture.ts'
import { standingOf } from '#visits/lifecycle.ts'
import type { TaskEntryKind } from '#visits/lifecycle.ts'
import { loadDemo } from './load.ts'
import { REQUESTS } from './requests.ts'

/** Whether two are the same is for a person who has seen both (RQ13): the demonstration leaves it to its visitors. */
const shown = Object.keys(states).filter((state) => state !== 'merged')

let filled: TestDatabase
let client: pg.Client
const steps: string[] = []
/** Bytes of each stored file, by key. */
const stored = new Map<string, number>()
const files: Pick<Files, 'put' | 'read' | 'remove'> = {
  put: async (key, bytes) => void stored.set(key, bytes.length),
  read: () => Promise.reject(new Error('not read here')),
  remove: async (key) => void stored.delete(key),
}

beforeAll(async () => {
  filled = await createTestDatabase()
  const { ownerUrl, keys } = filled
  await loadDemo({
    ownerUrl,
    keys,
    size: 'subdistrict',
    now: fixtureNow,
    files,
    onProgress: (step) => steps.push(step),
  })
  client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await filled.drop()
})

async function count(sql: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${sql}`)
  return rows[0]?.n ?? -1
}

test('the register has whatever its pages ask for, each care entry with its basis', async () => {
  expect(await count('dwelling d where not exists (select from duty u where u.dwelling_id = d.id)')).toBe(0)
  expect(await count('resident where away_kind is not null')).toBeGreaterThan(500)
  for (const kind of ['lives_alone', 'frail', 'bedridden', 'disabled', 'serious_illness', 'hardship'])
    expect(await count(`care where kind = '${kind}'`), kind).toBeGreaterThan(3)
  expect(await count('care where review_on < $$2026-11-20$$::date')).toBeGreaterThan(3)
  expect(await count('absence')).toBeGreaterThan(3)
  expect(await count('organisation_pair')).toBeGreaterThan(3)
  // Tonight somebody is on duty in the community of the pictures, and elsewhere there are holes (X3).
  expect(await count('rota_line')).toBeGreaterThan(10)
  expect(await count('rota')).toBeGreaterThan(1)
  expect(await count('mediation')).toBe(2)
  expect(await count(`grid_push where state = 'waiting'`)).toBe(1)
  expect(
    await count(`person p join post o on o.person_id = p.id and o.role = 'liaison'
    where not exists (select from person_anchor a where a.person_id = p.id)`),
  ).toBeLessThan(5)
})

type EntryRow = {
  request_id: string
  seq: number
  id: string
  kind: string
  at: Date
  channel: string
  by_kind: string
  by_person_id: string | null
  by_organisation_id: string | null
  visible: boolean
  words: string | null
  texts: Record<string, unknown> | null
  words_salt: Buffer | null
  words_digest: Buffer | null
  data: Record<string, unknown>
  hash: Buffer
}

function entryOf(row: EntryRow): Entry {
  const by = {
    kind: row.by_kind,
    person: row.by_person_id ?? undefined,
    organisation: row.by_organisation_id ?? undefined,
  }
  const { id, kind, channel, visible, words } = row
  const data = unseal(row)
  return { id, kind, at: row.at.toISOString(), channel, by, visible, words, data } as Entry
}

test('RQ2 every cached state is the fold of the entries, and the chain of hashes holds', async () => {
  const { rows: requests } = await client.query('select * from service_request order by code')
  const { rows } = await client.query<EntryRow>('select * from request_entry order by request_id, seq')
  const stories = Map.groupBy(rows, (row) => row.request_id)
  expect(requests).toHaveLength(REQUESTS.subdistrict)
  for (const request of requests) {
    const story = stories.get(request.id) ?? []
    const entries = story.map(entryOf)
    const standing = fold(entries)
    const cache = cacheOf(standing)
    expect(request).toMatchObject({
      state: cache.state,
      level: cache.level,
      holder_organisation_id: cache.holderOrganisation,
      holder_person_id: cache.holderPerson,
      category_code: cache.category,
      urgency: cache.urgency,
      overdue: cache.overdue,
      satisfaction: cache.satisfaction,
      seq: entries.length,
    })
    expect(request.due_at?.toISOString() ?? null).toBe(cache.dueAt)
    expect(request.next_alarm_at?.toISOString() ?? null).toBe(cache.nextAlarmAt)
    const links = story.map((row, index) => {
      const { seq, words, texts, words_salt: salt, words_digest: digest, data, hash } = row
      return { seq, entry: entries[index]!, sealed: { words, texts, salt, digest, data }, hash }
    })
    expect(brokenAt(request.id, links)).toBeNull()
    expect(request.hash).toEqual(links.at(-1)?.hash)
  }
  expect(new Set(requests.map((request) => request.state))).toEqual(new Set(shown))
})

test('nothing that is due is left unrung: the next alarm of every open request lies ahead', async () => {
  expect(
    await count(
      `service_request where next_alarm_at < '${fixtureNow.toString()}'::timestamptz - interval '1 minute'`,
    ),
  ).toBe(0)
})

test('DM7 a fair part is cleared for everybody, and nothing personal with it', async () => {
  const { rows } = await client.query<{ title: string | null; description: string; name: string | null }>(
    `select b.title, b.description, p.name from publication b
     join service_request r on r.id = b.request_id join reporter p on p.id = r.reporter_id`,
  )
  expect(rows.length).toBeGreaterThan(200)
  for (const { title, description, name } of rows)
    expect(stillPersonal(`${title ?? ''}\n${description}`, name ? [name] : [])).toEqual([])
  expect(await count('api_client')).toBe(1)
})

test('phones are sealed: what is stored opens only with the keys and its own row', async () => {
  const { rows } = await client.query<{ id: string; phone_sealed: Buffer }>(
    'select id, phone_sealed from resident where phone_sealed is not null limit 20',
  )
  expect(rows).toHaveLength(20)
  for (const row of rows)
    expect(open(filled.keys, row.phone_sealed, `resident.phone:${row.id}`)).toMatch(/^100\d{8}$/)
  expect(await count('resident where phone_sealed is null and phone_index is not null')).toBe(0)
})

test('every household lives in a dwelling of its own stairwell', async () => {
  expect(
    await count(
      'household h join dwelling d using (district_code) where d.id = h.dwelling_id and d.path <> h.path',
    ),
  ).toBe(0)
  expect(
    await count('(select dwelling_id from household group by dwelling_id having count(*) > 1) as twice'),
  ).toBe(0)
  expect(
    await count(
      'resident r join household h using (district_code) where h.id = r.household_id and h.path <> r.path',
    ),
  ).toBe(0)
})

test('RQ7 whoever waits for the word of a reporter can tell silence from a lost message', async () => {
  const { rows } = await client.query<{ id: string; template: string }>(
    `select r.id, m.template from service_request r left join message m on m.request_id = r.id and m.template = 'request.answer'
       and m.to_reporter_id = r.reporter_id and m.state = 'sent' where r.state = 'answered'`,
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter((row) => row.template === null)).toEqual([])
  const { rows: templates } = await client.query<{ template: string }>(
    'select distinct template from message',
  )
  expect(templates.filter(({ template }) => !isTemplate(template))).toEqual([])
})

test('every account opens with the password that is shown', async () => {
  const { rows } = await client.query<{ login: string; password_hash: string }>(
    'select p.login, c.password_hash from credential c join person p on p.district_code = c.district_code and p.id = c.person_id',
  )
  const staff = demoAccounts().filter(({ role }) => role !== 'resident')
  expect(rows.map(({ login }) => login).toSorted()).toEqual(staff.map(({ login }) => login).toSorted())
  for (const { login, password } of staff) {
    const hash = rows.find((row) => row.login === login)?.password_hash ?? null
    expect((await checkPassword(password, hash)).right).toBe(true)
  }
})

test('pictures lie where uploads lie, and belong to the first entry of their request', async () => {
  const { rows } = await client.query<{ id: string; sha256: Buffer; bytes: number; seq: number }>(
    'select a.id, a.sha256, a.bytes, e.seq from attachment a join request_entry e on e.district_code = a.district_code and e.id = a.entry_id',
  )
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    expect(row.seq).toBe(1)
    expect(stored.get(fileKey(row.id, row.sha256))).toBe(row.bytes)
  }
})

test('progress is told step by step', () => {
  expect([...new Set(steps)]).toEqual(['ground', 'homes', 'requests', 'visits', 'finish'])
})

test('cut off in the middle, nothing of it is in the database', async () => {
  const empty = await createTestDatabase()
  try {
    const onProgress = (step: string) => {
      if (step === 'requests') throw new Error('cut off')
    }
    await expect(
      loadDemo({
        ownerUrl: empty.ownerUrl,
        keys: empty.keys,
        size: 'subdistrict',
        now: fixtureNow,
        onProgress,
      }),
    ).rejects.toThrow('cut off')
    const look = new pg.Client({ connectionString: empty.ownerUrl })
    await look.connect()
    const { rows } = await look.query('select from area limit 1')
    await look.end()
    expect(rows).toHaveLength(0)
  } finally {
    await empty.drop()
  }
})

test('rounds stand as the live rules would have left them, with something promised, due, late and denied', async () => {
  const { rows: tasks } = await client.query<{
    id: string
    state: string
    opensOn: string
    dueOn: string
    closesOn: string
    tries: number
    endedAs: string | null
    entries: { kind: TaskEntryKind; onDay: string; visit: string | null }[] | null
  }>(
    `select t.id, t.state, t.opens_on::text as "opensOn", t.due_on::text as "dueOn", t.closes_on::text as "closesOn", t.tries,
       t.ended_as as "endedAs", (select jsonb_agg(jsonb_build_object('kind', e.kind, 'onDay', e.on_day, 'visit', e.visit_id))
         from visit_task_entry e where e.district_code = t.district_code and e.task_id = t.id) as entries
     from visit_task t order by t.id limit 4000`,
  )
  const today = fixtureNow.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  for (const { id, entries, ...task } of tasks) {
    const { state, endedAs, tries } = standingOf(task, entries ?? [], today)
    expect({ id, state, endedAs, tries }).toEqual({
      id,
      state: task.state,
      endedAs: task.endedAs,
      tries: task.tries,
    })
  }
  expect(new Set(tasks.map(({ state }) => state))).toEqual(new Set(['open', 'done', 'missed', 'excused']))
  expect(
    await count(`visit_task where state = 'open' and closes_on <= '${today}' and next_try_on is null`),
  ).toBe(0)
  expect(await count(`promise where state = 'open'`)).toBeGreaterThan(2)
  expect(await count(`visit_confirmation where answer = 'no'`)).toBeGreaterThan(0)
  expect(await count(`spot_pick where result = 'not_visited'`)).toBeGreaterThan(0)
  expect(await count(`visit_need`)).toBeGreaterThan(0)
})
