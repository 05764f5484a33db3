import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { district } from '#tests/fixture.ts'
import { accept, answered, asOwner, entered, multiply, said, startDistrict } from '#tests/story.ts'

/**
 * What everybody asks is answered by functions that run as the owner, whose plans nobody sees from outside. So their work
 * is counted instead: with twenty thousand requests, an answer of fifty touches no more pages than fifty requests are
 * worth. Reading a table from end to end, or sorting all of a window, would touch ten times as many.
 */

let server: Awaited<ReturnType<typeof startDistrict>>['server']
let client: pg.Client
let codes: string[]

beforeAll(async () => {
  let staff
  ;({ server, staff } = await startDistrict())
  for (let n = 0; n < 10; n += 1) {
    const { id } = await said(server)
    await entered(server, staff.community_desk, id, accept)
    if (n > 2) await entered(server, staff.community_desk, id, answered)
  }
  await multiply(server, 2_000)
  await asOwner(
    server,
    `insert into publication (district_code, id, request_id, description, cleared_by, cleared_for, cleared_at)
     select district_code, gen_random_uuid(), id, 'x', id, id, submitted_at from service_request where abs(hashtext(id::text)) % 3 = 0`,
  )
  await asOwner(
    server,
    'update request_entry e set at = r.submitted_at from service_request r where r.id = e.request_id',
  )
  await asOwner(server, 'vacuum analyze')
  const rows = await asOwner<{ code: string }>(server, 'select code from service_request limit 50')
  codes = rows.map(({ code }) => code)
  client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  await client.query(`set app.district = '${district}'`)
})
afterAll(async () => {
  await client.end()
  await server.close()
})

/** Pages that a statement touches, once its plans are made, and the rows that it gives. */
async function work(statement: string): Promise<{ pages: number; rows: number }> {
  type Plan = { Plan: Record<'Shared Hit Blocks' | 'Shared Read Blocks' | 'Actual Rows', number> }
  let plan: Plan['Plan'] | undefined
  // From the sixth time on a function may run by a plan that knows none of its values.
  for (let n = 0; n < 8; n += 1) {
    const { rows } = await client.query<{ 'QUERY PLAN': Plan[] }>(
      `explain (analyze, buffers, format json) ${statement}`,
    )
    plan = rows[0]?.['QUERY PLAN'][0]?.Plan
  }
  return {
    pages: (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0),
    rows: plan?.['Actual Rows'] ?? 0,
  }
}

const window = `'2026-08-22T00:00:00Z', '2026-11-21T00:00:00Z'`
test.each([
  ['the newest fifty of ninety days', () => `app.public_requests(${window}, null, null, '{}', 50, 0)`],
  ['the third page of them', () => `app.public_requests(${window}, null, null, '{}', 50, 100)`],
  ['open ones alone', () => `app.public_requests(${window}, null, false, '{}', 50, 0)`],
  ['of one service', () => `app.public_requests(${window}, '{B03}', null, '{F01}', 50, 0)`],
  [
    'a page of the CSV',
    () =>
      `app.public_requests_after('2026-11-10', '00000000-0000-0000-0000-000000000000', '2026-11-21', '{}', 50)`,
  ],
  ['fifty by their codes', () => `app.public_requests_by_code('{${codes.join(',')}}', '{}')`],
  [
    'what happened within half an hour',
    () =>
      `app.public_updates('2026-11-15T00:00:00Z', '2026-11-15T00:30:00Z', '{accept,answer}', '{}', 50, 0)`,
  ],
])('%s', async (_, statement) => {
  const { pages, rows } = await work(`select * from ${statement()}`)
  expect(rows).toBeGreaterThan(40)
  expect(rows).toBeLessThanOrEqual(50)
  expect(pages).toBeLessThan(1_500)
})
