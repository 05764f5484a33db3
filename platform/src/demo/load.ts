import pg from 'pg'
import { clientAbilities } from '#access/clients.ts'
import { hashPassword } from '#access/passwords.ts'
import { hashToken } from '#access/sessions.ts'
import { seedCatalogue } from '#catalogue/seed.ts'
import type { Files } from '#kernel/files.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Picture } from '#requests/files/media.ts'
import { learnTask } from '#suggest/service.ts'
import { demoKey, PASSWORD } from './accounts.ts'
import { demoCalendar } from './calendar.ts'
import { copyRows } from './copy.ts'
import type { Row } from './copy.ts'
import { attach, attachmentColumns, readPictures } from './pictures.ts'
import { publicationColumns, publicationsOf } from './publications.ts'
import { addRequest, emptyRows, reporterRow, requestColumns } from './request-rows.ts'
import type { RequestRows } from './request-rows.ts'
import { CODE_PREFIX, generateRequests, REQUESTS } from './requests.ts'
import type { DemoRequest } from './demo-request.ts'
import { fillMeetings } from './meetings.ts'
import { liaisonsByUnit, planRows } from './duties.ts'
import { fillPlans } from './plans.ts'
import { fillRobots } from './robots.ts'
import { groundRows, homeColumns, homesOf } from './rows.ts'
import { matterRows } from './matters.ts'
import { mediationRows } from './mediation.ts'
import { rotaRows } from './rota.ts'
import { choiceColumns, choiceRows, routingColumns, routingRows } from './routing.ts'
import { searchRows } from './search-rows.ts'
import { iso } from './simulation.ts'
import type { DemoCalendar } from './simulation.ts'
import { fillVisits } from './visits.ts'
import { addOffer, noOffers, offerColumns } from './offers.ts'
import { fillWishes } from './wishes.ts'
import { addWhistle, noWhistles, whistleColumns } from './whistle-rows.ts'
import { generateWorld } from './world.ts'
import type { World } from './world.ts'

/** The composition roots take the demo as one module. */
export { demoAccounts, demoKey } from './accounts.ts'

export type LoadDemoOptions = {
  /** Connection of the role that owns the tables; row security does not hold it back. */
  ownerUrl: string
  keys: Keys
  size: 'subdistrict' | 'district'
  now: Temporal.Instant
  /** `step` is a code word: ground, homes, requests, visits, finish. */
  onProgress?: (step: string, done: number, total: number) => void
  /** Where the drawn pictures go; without it requests come without. */
  files?: Pick<Files, 'put'>
  /** Instead of the product's own calendar, for tests. */
  calendar?: DemoCalendar
}

const UNITS_PER_BATCH = 150
/** Notices of a whistle are told this far back. */
const noticedFor = 3 * 86_400_000
const REQUESTS_PER_BATCH = 500

/**
 * Writes the demo district into an empty database, in one transaction: cut off at any point, nothing of it is there.
 * Requests come about by the same rules as live ones, a year of them up to `now`.
 */
export async function loadDemo(options: LoadDemoOptions): Promise<void> {
  const { ownerUrl, keys, size, now, onProgress = () => {} } = options
  const world = generateWorld(size, now)
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'chuanmen demo' })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`set local search_path = public, pg_temp`)
    await fillGround(client, world, onProgress)
    await fillHomes(client, world, keys, onProgress)
    await fillPlans(client, world)
    await fillRequests(client, world, options)
    await fillRobots(client, world, keys)
    await fillWishes(client, world, keys, CODE_PREFIX)
    onProgress('visits', 0, 1)
    await fillVisits(client, world)
    onProgress('visits', 1, 1)
    onProgress('finish', 0, 1)
    await addCredentials(client, world)
    await addProgram(client, world)
    await client.query(`analyze ${filled.join(', ')}`)
    // A year of decisions is there to learn from: the first officer who opens a case is to see what comes of it.
    await client.query('select app.enqueue($1, $2)', [learnTask, {}])
    await client.query('commit')
    onProgress('finish', 1, 1)
  } finally {
    // An open transaction ends with its connection, undone.
    await client.end()
  }
}

const filled = [
  'area',
  'building',
  'organisation',
  'person',
  'person_initials',
  'post',
  'dwelling',
  'household',
  'resident',
  'care',
  'duty',
  'person_anchor',
  'person_skill',
  'absence',
  'organisation_pair',
  'rota_line',
  'liaison_door',
  'publication',
  'visit',
  'visit_task',
  'visit_task_entry',
  'visit_confirmation',
  'promise',
  'spot_pick',
  'meeting',
  'meeting_item',
  'routing_rule',
  'dispatch_choice',
  'dispatch_step',
  'precedent',
  ...Object.keys(requestColumns),
  ...Object.keys(whistleColumns),
  'offer',
  'offer_ask',
  'wish',
  'wish_told',
]

type Progress = NonNullable<LoadDemoOptions['onProgress']>

async function fillGround(client: pg.Client, world: World, onProgress: Progress): Promise<void> {
  const fillings = groundRows(world, CODE_PREFIX)
  for (const [index, { table, columns, rows }] of fillings.entries()) {
    onProgress('ground', index, fillings.length)
    await copyRows(client, table, columns, rows)
  }
  await seedCatalogue(client, world.geography.district.code, iso(world.since))
  await copyRows(client, 'routing_rule', routingColumns, routingRows(world))
}

async function fillHomes(client: pg.Client, world: World, keys: Keys, onProgress: Progress): Promise<void> {
  const liaisons = liaisonsByUnit(world)
  for (let from = 0; from < world.units.length; from += UNITS_PER_BATCH) {
    onProgress('homes', from, world.units.length)
    const homes = homesOf(world, world.units.slice(from, from + UNITS_PER_BATCH), keys, liaisons)
    await copyRows(client, 'dwelling', homeColumns.dwellings, homes.dwellings)
    await copyRows(client, 'household', homeColumns.households, homes.households)
    await copyRows(client, 'resident', homeColumns.residents, homes.residents)
    await copyRows(client, 'care', homeColumns.care, homes.care)
    await copyRows(client, 'duty', homeColumns.duties, homes.duties)
  }
  for (const { table, columns, rows } of [
    ...planRows(world),
    ...rotaRows(world),
    ...mediationRows(world),
    ...matterRows(world),
  ])
    await copyRows(client, table, columns, rows)
}

async function fillRequests(
  client: pg.Client,
  world: World,
  { keys, files, calendar = demoCalendar(), onProgress = () => {} }: LoadDemoOptions,
): Promise<void> {
  const district = world.geography.district.code
  const total = REQUESTS[world.size]
  const known = new Set<string>()
  const pictures = files ? await readPictures() : new Map<string, Picture>()
  const attachments: Row[] = []
  const publications: Row[] = []
  const tabled: DemoRequest[] = []
  const choices: Row[] = []
  const chosen = choiceRows(world)
  const searchRow = searchRows(world, keys)
  const whistles = noWhistles()
  const offers = noOffers()
  const lately = world.now.epochMilliseconds - noticedFor
  let rows = emptyRows()
  let done = 0
  onProgress('requests', 0, total)
  for (const request of generateRequests(world, calendar)) {
    const { reporter } = request
    if (!known.has(reporter.id)) rows.reporter.push(reporterRow(district, reporter, keys))
    known.add(reporter.id)
    addRequest(rows, district, request, world.now.epochMilliseconds)
    rows.search_document.push(searchRow(request))
    rows.message.push(...addWhistle(whistles, district, request, lately))
    if (request.offer) addOffer(offers, district, request.id, request.path, request.offer)
    const attached = files && (await attach(district, request, pictures, files))
    if (attached) attachments.push(attached)
    publications.push(...publicationsOf(district, request, world.now.epochMilliseconds))
    if (request.entries.some(({ kind }) => kind === 'table')) tabled.push(request)
    choices.push(...chosen(request))
    done += 1
    if (done % REQUESTS_PER_BATCH !== 0 && done !== total) continue
    await writeRequests(client, rows)
    rows = emptyRows()
    onProgress('requests', done, total)
  }
  await copyRows(client, 'attachment', attachmentColumns, attachments)
  await copyRows(client, 'publication', publicationColumns, publications)
  for (const table of ['whistle', 'whistle_request', 'whistle_part', 'whistle_entry'] as const)
    await copyRows(client, table, whistleColumns[table], whistles[table])
  await copyRows(client, 'dispatch_choice', choiceColumns, choices)
  for (const table of ['offer', 'offer_ask'] as const)
    await copyRows(client, table, offerColumns[table], offers[table])
  await client.query(`select setval('request_number', $1)`, [done])
  await fillMeetings(client, world, tabled)
}

async function writeRequests(client: pg.Client, rows: RequestRows): Promise<void> {
  for (const table of [
    'reporter',
    'service_request',
    'request_party',
    'request_entry',
    'request_part',
    'precedent',
    'message',
    'search_document',
  ] as const) {
    await copyRows(client, table, requestColumns[table], rows[table])
  }
}

/** A program that may send requests; its key stands in everybody's instructions, as the passwords do. */
async function addProgram(client: pg.Client, world: World): Promise<void> {
  await client.query(
    `insert into api_client (district_code, id, name, key_digest, abilities, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [
      world.geography.district.code,
      derivedId('api_client', 'demo'),
      'FixMyStreet',
      hashToken(demoKey()),
      clientAbilities(),
      iso(world.since),
    ],
  )
}

/** Each account has a hash of its own, as if it had been set by hand. */
async function addCredentials(client: pg.Client, world: World): Promise<void> {
  const district = world.geography.district.code
  const holders = world.staff.people.filter((person) => person.login !== null)
  const hashes = await Promise.all(holders.map(() => hashPassword(PASSWORD)))
  const rows = holders.map((person, i) => [district, person.id, hashes[i] ?? '', iso(world.since)])
  await copyRows(client, 'credential', ['district_code', 'person_id', 'password_hash', 'changed_at'], rows)
}
