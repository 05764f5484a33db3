import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#kernel/db.ts'
import { district, ids, openSession, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, entered, newId, said, startDistrict } from '#tests/story.ts'
import { ringWhistles } from './clock.ts'
import { followOpen } from './follow.ts'
import { workerOf } from './people-fixture.ts'

/** The joined lifecycles of request and whistle, through the front door and with a worker that is cut off at random. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let bureau: { token: string }

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  bureau = await workerOf(server, ids.bureau, paths.district, '翟志平')
})
afterAll(() => server.close())

/** A worker that dies now and then: before its commit, or right after it. */
function dying(database: Database, dies: () => 'before' | 'after' | 'not'): Database {
  return {
    ...database,
    async within(scope, work) {
      const death = dies()
      const result = await database.within(scope, async (trx) => {
        const made = await work(trx)
        if (death === 'before') throw new Error('cut off before the commit')
        return made
      })
      if (death === 'after') throw new Error('cut off after the commit')
      return result
    },
  }
}

const step = fc.record({
  hours: fc.integer({ min: 0, max: 30 }),
  who: fc.constantFrom<'town' | 'bureau' | 'firm' | 'community'>('town', 'bureau', 'firm', 'community'),
  what: fc.constantFrom<object>(
    { kind: 'blow', lead: ids.bureau, assisting: [ids.firm] },
    { kind: 'report_in' },
    { kind: 'object', basis: 'not_our_duty', words: '不归我们' },
    { kind: 'insist', organisation: ids.bureau, words: '归您' },
    { kind: 'release', organisation: ids.firm, words: '有理' },
    { kind: 'note', words: '到现场了' },
    { kind: 'done', words: '好了' },
    { kind: 'send_back', words: '先找热力公司' },
  ),
  dies: fc.constantFrom<'before' | 'after' | 'not'>('before', 'after', 'not', 'not'),
})

test('RQ1 RQ4 RQ18 whatever happens: one holder until it is over, no due time moved, each warning and supervision once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 10 }), async (steps) => {
      const { id } = await said(server, { words: '暖气不热，没有物业', path: paths.inside.unit })
      await entered(server, staff.community_desk, id, accept)
      const due = async () =>
        (
          await asOwner<{ due: string | null; state: string; holder: string | null }>(
            server,
            'select due_at as due, state, holder_organisation_id as holder from service_request where id = $1',
            [id],
          )
        )[0]!
      const before = await due()
      const whistle = newId(server)
      const made = await server.call('POST', '/api/whistles', {
        token: staff.community_desk,
        body: { id: whistle, requests: [id], urgent: true, words: '几家一起来' },
      })
      expect(made.status, made.text).toBe(201)
      const finals = ['closed', 'declined', 'merged', 'withdrawn']
      for (const { hours, who, what, dies } of steps) {
        server.clock.advance({ hours })
        for (const role of ['community_desk', 'subdistrict_desk', 'handler'] as const)
          staff[role] = await openSession(server.ownerUrl, role, server.clock.now().toString())
        const tokens = {
          town: staff.subdistrict_desk,
          bureau: bureau.token,
          firm: staff.handler,
          community: staff.community_desk,
        }
        const body = { id: newId(server), ...what }
        const url = `/api/whistles/${whistle}/entries`
        // Sent twice, as a line that breaks makes it.
        const once = await server.call('POST', url, { token: tokens[who], body })
        const again = await server.call('POST', url, { token: tokens[who], body })
        expect(once.status, once.text).toBeLessThan(500)
        if (once.status === 200) expect(again.json.version).toBe(once.json.version)
        const worker = dying(server.database, () => dies)
        await followOpen(worker, district, server.clock.now()).catch(() => 0)
        await ringWhistles(worker, district, server.clock.now()).catch(() => 0)
        const now = await due()
        expect(now.holder === null).toBe(finals.includes(now.state))
        // The due time is that of the acceptance until somebody answers.
        if (now.state === 'whistled' || now.state === 'accepted' || now.state === 'in_progress')
          expect(now.due).toEqual(before.due)
      }
      while ((await ringWhistles(server.database, district, server.clock.now())) > 0);
      const rung = await asOwner<{ n: number }>(
        server,
        `select count(*)::int as n from whistle_entry where whistle_id = $1 and kind in ('remind', 'supervise')
           group by kind, data ->> 'clock', data ->> 'organisation', data ->> 'share'`,
        [whistle],
      )
      expect(rung.every(({ n }) => n === 1)).toBe(true)
      // Each supervision of the whistle stands once in the ledger of the request, too.
      const [both] = await asOwner<{ here: number; there: number }>(
        server,
        `select (select count(*)::int from whistle_entry where whistle_id = $1 and kind = 'supervise') as here,
           (select count(*)::int from request_entry where request_id = $2 and kind = 'supervise'
             and texts ? 'demand' and by_kind = 'system' and data ->> 'clock' is null) as there`,
        [whistle, id],
      )
      expect(both?.there).toBe(both?.here)
    }),
    { numRuns: 4 },
  )
})
