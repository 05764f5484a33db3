import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync } from 'node:zlib'
import { hashToken } from '#access/sessions.ts'
import type { FieldEntry, Pushed } from '#field/contract.ts'
import type { FeedPage } from '#field/items.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { processorTime } from './cpu.ts'
import { sayings, startDistrict } from './district.ts'
import type { District } from './district.ts'
import { quantile, rounded } from './load.ts'
import { withoutIndex } from './plans.ts'
import type { Figure } from './figure.ts'

/**
 * All field phones of a district come back within five minutes, each with 30 households of two years: first every one of them
 * for the first time, as after a new plan, then every one with the work of a day. Phones come at the rate of a district
 * (7,800 in 300 seconds) at every scale; a small one has fewer of them for a shorter time.
 */

const phonesOfDistrict = 7_800
const secondsOfDistrict = 300
const scales: Readonly<Record<string, { phones: number; size: 'subdistrict' | 'district' }>> = {
  small: { phones: 390, size: 'subdistrict' },
  district: { phones: phonesOfDistrict, size: 'district' },
}
const visitsEach = 24
/** What two cores have for each phone at that rate, in milliseconds. */
const workEach = rounded((2_000 * secondsOfDistrict) / phonesOfDistrict)

type Answer = { status: number; bytes: Buffer; text: string }
type Phone = {
  device: string
  token: string
  household: string
  cursor: string | null
  /** Own households and the version of each. */
  households: Map<string, number>
}

const now = () => Temporal.Now.instant()
const text = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })

/** Sends as a phone does: kept-alive, and taking brotli. */
function lineTo(url: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 })
  const { hostname, port } = new URL(url)
  let caller = 0
  const send = (method: string, path: string, token: string, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      caller += 1
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const request = http.request(
        {
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            'x-forwarded-for': `10.${(caller >> 16) & 255}.${(caller >> 8) & 255}.${caller & 255}`,
            'accept-encoding': 'br',
            cookie: `chuanmen_session=${token}`,
            ...(payload !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const bytes = Buffer.concat(chunks)
            const isBrotli = response.headers['content-encoding'] === 'br'
            const plain = isBrotli ? brotliDecompressSync(bytes) : bytes
            resolve({ status: response.statusCode ?? 0, bytes, text: plain.toString() })
          })
        },
      )
      request.on('error', reject)
      request.end(payload)
    })
  return { send, close: () => agent.destroy() }
}
type Send = ReturnType<typeof lineTo>['send']

async function must<T>(answer: Promise<Answer>): Promise<{ value: T; bytes: number }> {
  const { status, text: body, bytes } = await answer
  if (status < 200 || status > 299) throw new Error(`${status} ${body.slice(0, 300)}`)
  return { value: JSON.parse(body) as T, bytes: bytes.length }
}

/** Fetches until there is no more. @returns bytes as they came over the line. */
async function fetchAll(send: Send, phone: Phone): Promise<number> {
  let total = 0
  for (;;) {
    const cursor = phone.cursor === null ? '' : `&cursor=${phone.cursor}`
    const { value, bytes } = await must<FeedPage>(
      send('GET', `/api/field/feed?device=${phone.device}${cursor}`, phone.token),
    )
    total += bytes
    phone.cursor = value.cursor
    for (const item of value.items)
      if (item.kind === 'household' && item.data) phone.households.set(item.id, item.version)
    if (!value.more) return total
  }
}

async function register(send: Send, phone: Phone): Promise<void> {
  await must(send('POST', '/api/field/devices', phone.token, { id: phone.device, label: 'bench' }))
}

const anyWords = () => sayings[Math.floor(Math.random() * sayings.length)]!

/** The work of a day: six visits, one of them with a promise, one change to the handbook, and what was opened. */
function day(phone: Phone): FieldEntry[] {
  const doors = [...phone.households.keys()].slice(0, 6)
  const deviceAt = text(now())
  const entry = (kind: string, data: Record<string, unknown>, base?: number): FieldEntry => ({
    id: uuidv7(now()),
    kind,
    deviceAt,
    ...(base !== undefined && { base }),
    data,
  })
  const [first = phone.household] = doors
  const soon = now().add({ hours: 72 }).toString().slice(0, 10)
  return [
    ...doors.map((household, index) =>
      entry('visit', {
        household,
        outcome: 'met',
        how: 'fine',
        words: anyWords(),
        ...(index === 0 && { promise: { id: uuidv7(now()), on: soon } }),
      }),
    ),
    entry(
      'household.edit',
      { household: first, fields: { note: anyWords() } },
      phone.households.get(first) ?? 1,
    ),
    entry('reads', { reads: doors.map((household) => ({ household, at: deviceAt })) }),
  ]
}

/** The work of a day goes out, what changed comes in. @returns bytes of what came in. */
async function dayOf(send: Send, phone: Phone): Promise<number> {
  const { value } = await must<Pushed>(
    send('POST', '/api/field/entries', phone.token, {
      device: phone.device,
      now: text(now()),
      entries: day(phone),
    }),
  )
  const refused = value.results.find(({ fate }) => fate === 'refused' || fate === 'left_over')
  if (refused) throw new Error(`an entry was not taken: ${JSON.stringify(refused)}`)
  return fetchAll(send, phone)
}

/** Everybody comes at the rate of the district, whoever is still waiting. */
async function storm(
  phones: readonly Phone[],
  work: (phone: Phone) => Promise<unknown>,
): Promise<{ taken: number[]; failed: number; why: string[] }> {
  const taken: number[] = []
  const why: string[] = []
  const pause = (1_000 * secondsOfDistrict) / phonesOfDistrict
  const began = performance.now()
  await Promise.all(
    phones.map(async (phone, index) => {
      await sleep(Math.max(0, index * pause - (performance.now() - began)))
      const before = performance.now()
      try {
        await work(phone)
        taken.push(performance.now() - before)
      } catch (error) {
        why.push((error as Error).message)
      }
    }),
  )
  return { taken, failed: why.length, why }
}

/** Two years of visits to every door of these persons, written by the owner; words as residents say them. */
async function history(district: District, persons: readonly string[]): Promise<void> {
  for (let from = 0; from < persons.length; from += 500)
    await district.asOwner(
      `insert into visit (district_code, id, household_id, path, person_id, visitor, outcome, how, words, on_day, device_at, at)
       select h.district_code, gen_random_uuid(), h.id, h.path, d.person_id, 'liaison', case when n % 6 = 5 then 'not_at_home' else 'met' end,
         case when n % 6 = 5 then null else 'fine' end,
         case when n % 6 = 5 then null else ($2::text[])[1 + floor(random() * array_length($2::text[], 1))::int] end,
         current_date - (n * 30 + 3), now() - make_interval(days => n * 30 + 3), now() - make_interval(days => n * 30 + 3)
       from duty d
       join household h on h.district_code = d.district_code and h.dwelling_id = d.dwelling_id and h.moved_out is null
       cross join generate_series(0, $3 - 1) as n
       where d.valid_until is null and d.person_id = any ($1::uuid[])`,
      [persons.slice(from, from + 500), sayings, visitsEach],
    )
  await district.asOwner('analyze visit')
}

/** Phones of those who serve in the field, the fullest rounds of at most 30 households first; each is logged in. */
async function phonesOf(
  district: District,
  most: number,
): Promise<{ phones: Phone[]; persons: string[]; doors: number }> {
  const found = await district.asOwner<{ person: string; household: string; doors: number; code: string }>(
    `select d.person_id as person, min(h.id::text) as household, count(*)::int as doors, min(d.district_code) as code
     from duty d
     join household h on h.district_code = d.district_code and h.dwelling_id = d.dwelling_id and h.moved_out is null
     where d.valid_until is null and exists (select from post p where p.district_code = d.district_code and p.person_id = d.person_id
       and p.role in ('liaison', 'building_head', 'grid_worker') and p.valid_until is null)
     group by d.person_id order by abs(count(*) - 30), 1 limit $1`,
    [most],
  )
  const phones = found.map(({ household }): Phone => ({
    device: uuidv7(now()),
    token: randomBytes(32).toString('base64url'),
    household,
    cursor: null,
    households: new Map(),
  }))
  await district.asOwner(
    `insert into session (district_code, token_hash, kind, person_id, created_at, expires_at)
     select $1, t.hash, 'staff', t.person, now(), now() + interval '12 hours'
     from unnest($2::text[], $3::uuid[]) as t (hash, person)`,
    [found[0]?.code, phones.map(({ token }) => hashToken(token)), found.map(({ person }) => person)],
  )
  const doors = found.reduce((sum, one) => sum + one.doors, 0)
  return { phones, persons: found.map(({ person }) => person), doors }
}

const kilobytes = (bytes: number) => rounded(bytes / 1000)

export async function bench({ scale }: { scale: string }): Promise<Figure[]> {
  const { phones: most, size } = scales[scale] ?? scales['small']!
  const district = await startDistrict(size)
  const { send, close } = lineTo(district.product.url)
  try {
    const { phones, persons, doors } = await phonesOf(district, most)
    await history(district, persons)
    // Warm: connections, plans, and the code itself.
    for (const phone of phones.slice(0, 20)) {
      await register(send, phone)
      await fetchAll(send, phone)
      phone.cursor = null
    }
    const [model] = phones
    const firstBytes = await fetchAll(send, model!)
    const entries = await district.asOwner<{ n: number }>(
      `select count(*)::int as n from visit where household_id = any ($1::uuid[])`,
      [[...model!.households.keys()]],
    )
    const deltaBytes = await dayOf(send, model!)
    const quietBytes = await fetchAll(send, model!)

    const idle = processorTime(district.product)
    const first = await storm(phones, async (phone) => {
      phone.cursor = null
      await register(send, phone)
      await fetchAll(send, phone)
    })
    const between = processorTime(district.product)
    const daily = await storm(phones, (phone) => dayOf(send, phone))
    const after = processorTime(district.product)
    for (const reason of new Set([...first.why, ...daily.why])) process.stderr.write(`failed: ${reason}\n`)
    const plans = await withoutIndex(district, [
      { method: 'GET', path: `/api/field/feed?device=${model!.device}`, token: model!.token },
      {
        method: 'GET',
        path: `/api/field/feed?device=${model!.device}&cursor=${model!.cursor}`,
        token: model!.token,
      },
      {
        method: 'POST',
        path: '/api/field/entries',
        token: model!.token,
        body: { device: model!.device, now: text(now()), entries: day(model!) },
      },
    ])
    for (const line of plans) process.stderr.write(`${line}\n`)
    return [
      { name: 'phones', value: phones.length, unit: 'phones' },
      { name: 'householdsEach', value: rounded(doors / phones.length), unit: 'households' },
      { name: 'modelHouseholds', value: model!.households.size, unit: 'households' },
      { name: 'modelVisits', value: entries[0]?.n ?? 0, unit: 'visits' },
      { name: 'firstSync', value: kilobytes(firstBytes), unit: 'kB brotli', target: 60 },
      { name: 'dayDelta', value: kilobytes(deltaBytes), unit: 'kB brotli' },
      { name: 'nothingNew', value: kilobytes(quietBytes), unit: 'kB' },
      { name: 'firstP50', value: rounded(quantile(first.taken, 0.5)), unit: 'ms' },
      { name: 'firstP95', value: rounded(quantile(first.taken, 0.95)), unit: 'ms', target: 1_000 },
      { name: 'dayP50', value: rounded(quantile(daily.taken, 0.5)), unit: 'ms' },
      { name: 'dayP95', value: rounded(quantile(daily.taken, 0.95)), unit: 'ms', target: 1_000 },
      {
        name: 'firstWork',
        value: rounded((between - idle) / phones.length),
        unit: 'ms of processor',
        target: workEach,
      },
      {
        name: 'dayWork',
        value: rounded((after - between) / phones.length),
        unit: 'ms of processor',
        target: workEach,
      },
      { name: 'failed', value: first.failed + daily.failed, unit: 'syncs', target: 0 },
      { name: 'withoutIndex', value: plans.length, unit: 'queries', target: 0 },
    ]
  } finally {
    close()
    await district.close()
  }
}
