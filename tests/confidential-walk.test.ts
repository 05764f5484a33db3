import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access/permissions.ts'
import { localFiles } from '#kernel/files.ts'
import { allRoutes } from '#platform/app.ts'
import { confide, door, giveTo } from './confided.ts'
import type { Confided, Place } from './confided.ts'
import { ids } from './fixture.ts'
import { samples } from './samples.ts'
import type { Sample } from './samples/sample.ts'
import { asOwner, startDistrict } from './story.ts'

/**
 * RQ10: every route there is, asked by everybody whom a confidential request is about, before and after it was given to
 * them. Who said it, with which words and from which door, is in no answer; and asking for it finds nothing.
 */

const routes = allRoutes({ keys: null as never, files: localFiles('.'), mode: 'demo', dataDir: '.' })
/** Sessions and passwords are one's own; an upload brings something and reads nothing. */
const walked = routes
  .filter((route) => !route.uploadBytes && route.allow !== 'credential.change')
  .filter((route) => !route.allow.startsWith('session.') || ['/api/me', '/api/follow'].includes(route.path))
  .toSorted((a, b) => Number(b.method === 'GET') - Number(a.method === 'GET'))

type Scenario = {
  whom: string
  complainedOf: string[]
  giver: 'community_desk' | 'subdistrict_desk'
  to: string
  asks: Role[]
}
const scenarios: Scenario[] = [
  { whom: 'a firm', complainedOf: [ids.firm], giver: 'community_desk', to: ids.firm, asks: ['handler'] },
  {
    whom: 'a community and its desk',
    complainedOf: [ids.community],
    giver: 'subdistrict_desk',
    to: ids.community,
    asks: ['community_desk', 'grid_worker', 'building_head'],
  },
  {
    whom: 'the district, its desk and its administrators',
    complainedOf: [ids.district],
    giver: 'community_desk',
    to: ids.district,
    asks: ['district_desk', 'system_admin', 'security_admin'],
  },
  {
    whom: 'nobody in particular',
    complainedOf: [],
    giver: 'community_desk',
    to: ids.firm,
    asks: ['handler', 'grid_worker', 'liaison'],
  },
  // By themselves: the ledger also keeps what the others above ask for.
  {
    whom: 'the office of whoever reads the ledger',
    complainedOf: [ids.district],
    giver: 'community_desk',
    to: ids.district,
    asks: ['audit_admin'],
  },
]

describe.each(scenarios)('complained of: $whom', ({ complainedOf, giver, to, asks }) => {
  let at: Place
  let one: Confided
  let asked = 0
  beforeAll(async () => {
    at = await startDistrict()
    one = await confide(at, complainedOf)
  })
  afterAll(() => at.server.close())

  /** The ledger names what was done to which record, and nothing more of it. */
  const isLedger = (path: string) => path.startsWith('/api/audit')

  /** The register draws every stairwell there is, whoever said something behind its doors. */
  const drawsPlaces = (path: string) => path.startsWith('/api/handbook/')

  /** From an address of its own each time: a call that is put off for too many before it would prove nothing. */
  async function ask(token: string, method: string, url: string, sample: Omit<Sample, 'url'> = {}) {
    asked += 1
    const answer = await at.server.server.inject({
      method: method as 'GET',
      url,
      remoteAddress: `10.2.${asked >> 8}.${asked & 255}`,
      headers: { cookie: `chuanmen_session=${token}`, ...sample.headers },
      ...(sample.body !== undefined && { payload: sample.body as object }),
    })
    if (method === 'GET') expect(answer.statusCode, url).not.toBe(429)
    return { status: answer.statusCode, text: answer.body }
  }

  async function walk(role: Role, hidden: boolean) {
    const token = await at.server.session(role)
    const at0 = one.request
    const nowhere = {
      household: at0,
      resident: at0,
      dwelling: at0,
      visit: at0,
      visitTask: at0,
      promise: at0,
      whistle: at0,
    }
    const records = { ...one, ...nowhere, attachment: one.photo }
    const known = samples(at.server, { inside: records, outside: records })
    const sees = (url: string, text: string, secrets: readonly string[]) => {
      for (const secret of secrets)
        expect(text.includes(secret), `${role} reads ${secret} at ${url}: ${text.slice(0, 2000)}`).toBe(false)
    }
    for (const route of walked) {
      const name = `${route.method} ${route.path}`
      const sample = known[name]!('inside')
      const { text } = await ask(token, route.method, sample.url, sample)
      sees(name, text, [
        ...one.secrets.filter((secret) => secret !== door || !drawsPlaces(route.path)),
        ...(hidden ? [one.code] : []),
        ...(hidden && !isLedger(route.path) ? [one.request] : []),
      ])
      // The ledger keeps what was asked of it, and so would say the secrets back; see confidential.test.ts.
      if (route.method !== 'GET' || !route.query || isLedger(route.path)) continue
      // Asking for what one wants to know: each field of the query in turn, filled with each of the secrets.
      for (const field of Object.keys((route.query as z.ZodObject).shape)) {
        for (const secret of one.probes) {
          const probe = new URL(sample.url, 'http://x')
          probe.searchParams.set(field, secret)
          const found = await ask(token, 'GET', `${probe.pathname}${probe.search}`)
          if (found.status !== 200) continue
          const where = `${role} finds it by ${field}=${secret} at ${name}: ${found.text.slice(0, 2000)}`
          expect(found.text.includes(one.request), where).toBe(false)
        }
      }
    }
  }

  /** Notices, mail and whatever else goes out to those it is about. */
  async function outbox() {
    const rows = await asOwner(
      at.server,
      'select * from message where to_organisation_id = any ($1) or to_person_id is not null',
      [[...complainedOf, to]],
    )
    return rows.filter((row) => row['request_id'] === one.request)
  }

  test.each(asks)('said: %s learns neither who nor what, nor that there is anything', async (role) => {
    await walk(role, complainedOf.length > 0)
    expect(await outbox()).toEqual([])
  })

  test.each(asks)('given to them: %s learns what is to be solved and nothing more', async (role) => {
    if (role === asks[0]) await giveTo(at, at.staff[giver], one.request, to)
    await walk(role, false)
    for (const row of await outbox())
      for (const secret of one.secrets) expect(JSON.stringify(row)).not.toContain(secret)
  })
})
