import { expect } from 'vitest'
import pg from 'pg'
import type { Command } from '#requests/commands.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { seedCatalogue } from '#catalogue/seed.ts'
import { district, ids, paths } from './fixture.ts'
import { startTestServer } from './server.ts'
import type { TestServer } from './server.ts'

/** What people do with requests, in few words: each goes through the server's front door. */

type WithoutId<C> = C extends { id: string } ? Omit<C, 'id'> : never
/** An entry as a test writes it; the id is made when it is left out, and so is what the contract fills in. */
export type Said = Partial<Command> & Pick<WithoutId<Command>, 'kind'>

/** The server with the categories that the product brings, and a session of everybody who works on requests. */
export async function startDistrict(settings: Record<string, string> = {}) {
  const server = await startTestServer(settings)
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await seedCatalogue(owner, district, '2026-01-01T00:00:00.000Z')
  await owner.end()
  const staff = Object.fromEntries(
    await Promise.all(workers.map(async (role) => [role, await server.session(role)] as const)),
  ) as Record<(typeof workers)[number], string>
  return { server, staff }
}
const workers = ['community_desk', 'subdistrict_desk', 'district_desk', 'handler', 'grid_worker'] as const

export function newId(server: TestServer): string {
  return uuidv7(server.clock.now())
}

/** Somebody says something. @returns what the door answered, with the request's id and the browser's token. */
export async function say(server: TestServer, body: Record<string, unknown> = {}, token?: string) {
  const id = typeof body['id'] === 'string' ? body['id'] : newId(server)
  const answer = await server.call('POST', '/api/requests', {
    token,
    body: { id, words: '楼道灯坏了，老人上下楼看不见', path: paths.inside.unit, ...body },
  })
  return { id, ...answer, token: answer.cookie ?? token }
}

/** Says something that must be taken in. */
export async function said(server: TestServer, body: Record<string, unknown> = {}, token?: string) {
  const answer = await say(server, body, token)
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.id, code: String(answer.json.code), token: answer.token }
}

/** Somebody enters something, whatever comes of it. */
export function enter(server: TestServer, token: string | undefined, request: string, entry: Said) {
  return server.call('POST', `/api/requests/${request}/entries`, {
    token,
    body: { id: newId(server), ...entry },
    headers: { 'accept-language': 'en' },
  })
}

/** Somebody enters something that must be let through. @returns the request afterwards. */
export async function entered(server: TestServer, token: string | undefined, request: string, entry: Said) {
  const answer = await enter(server, token, request, entry)
  expect(answer.status, `${entry.kind}: ${answer.text}`).toBe(200)
  return answer.json
}

export const accept: Said = { kind: 'accept', category: 'B03', urgency: 'by_date', points: [] }
export const assign = (organisation: string = ids.firm): Said => ({ kind: 'assign', lead: { organisation } })
export const answered: Said = { kind: 'answer', words: '换好了', points: [{ index: 0, open: false }] }

/** As the owner, who sees everything. */
export async function asOwner<Row extends pg.QueryResultRow>(
  server: Pick<TestServer, 'ownerUrl'>,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    return (await client.query<Row>(statement, values)).rows
  } finally {
    await client.end()
  }
}

export const whole = { district, reach: 'district' as const, paths: [], organisations: [] }

/**
 * Copies requests with all that hangs on them, set-based: far more than could be said one by one. The copies stand like
 * their models, a minute earlier each.
 */
export async function multiply(server: Pick<TestServer, 'ownerUrl'>, times: number): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    await client.query(
      `create temp table copied as
        select r.id as model, gen_random_uuid() as id, row_number() over () as n from service_request r, generate_series(1, $1::integer)`,
      [times],
    )
    await client.query(`
      insert into service_request select x.* from copied c join service_request r on r.id = c.model,
        lateral jsonb_populate_record(r, jsonb_build_object('id', c.id, 'code', 'GY-2501-' || lpad(c.n::text, 6, '0'),
          'submitted_at', r.submitted_at - c.n * interval '1 minute', 'due_at', r.due_at - c.n * interval '1 minute')) x;
      insert into request_entry select x.* from copied c join request_entry e on e.request_id = c.model,
        lateral jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'request_id', c.id,
          'at', e.at - c.n * interval '1 minute')) x;
      insert into request_party select x.* from copied c join request_party p on p.request_id = c.model,
        lateral jsonb_populate_record(p, jsonb_build_object('request_id', c.id)) x;
      insert into message select x.* from copied c join message m on m.request_id = c.model,
        lateral jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'request_id', c.id)) x;
      insert into search_document select c.district_code, c.id, c.at, d.guarded,
        app.with_lexemes(d.lexemes, array['d:', 'm:'], array['d:' || c.district_code || '@' || c.day, 'm:' || c.district_code || '@' || left(c.day, 7)])
        from (select n.id, n.model, r.district_code, r.submitted_at as at,
            to_char(r.submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
          from copied n join service_request r on r.id = n.id) c
        join search_document d on d.request_id = c.model;
      analyze;`)
  } finally {
    await client.end()
  }
}
