import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Home } from '#tests/homes.ts'
import { ruleOf, startRounds, visit, work } from '#tests/rounds.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, newId } from '#tests/story.ts'
import { addDays } from './lifecycle.ts'

/** VI1, VR3: phones come back in any order, workers run whenever they like; what stands afterwards is the same. */

let server: TestServer
let home: Home

beforeAll(async () => {
  let homes: Home[]
  ;({ server, homes } = await startRounds(1))
  home = homes[0]!
})
afterAll(() => server.close())

const tables =
  'visit_task, visit_task_entry, visit, visit_need, visit_confirmation, promise, visit_run, visit_day, visit_rule'

/** Everything that a round leaves, without when it arrived. */
const left = () =>
  asOwner(
    server,
    `select t.rule_id, t.period, t.state, t.tries, t.next_try_on::text, t.ended_as, t.visit_id,
       (select jsonb_agg(jsonb_build_array(e.kind, e.on_day, e.visit_id) order by e.on_day, e.visit_id)
        from visit_task_entry e where e.task_id = t.id and e.kind <> 'miss') as entries
     from visit_task t where t.rule_id = $1 order by 1, 2`,
    [ruleOf('monthly')],
  )

type Knock = { day: number; outcome: 'met' | 'not_at_home' | 'declined' }
const knocks = fc.uniqueArray(
  fc.record({
    day: fc.integer({ min: 0, max: 13 }),
    outcome: fc.constantFrom('met', 'not_at_home', 'not_at_home', 'declined' as const),
  }),
  { minLength: 2, maxLength: 5, selector: ({ day }) => day },
)

/** The days from 24 November on; the window of the month ends in the middle of them. */
const dayOf = (knock: Knock) => addDays('2026-11-24', knock.day)

async function round(list: readonly (Knock & { id: string })[], runs: readonly boolean[]) {
  await asOwner(server, `truncate ${tables} cascade`)
  server.clock.set('2026-11-01T01:00:00.000Z')
  await work(server)
  server.clock.set('2026-12-07T12:00:00.000Z')
  const token = await server.session('liaison')
  for (const [index, knock] of list.entries()) {
    if (runs[index]) await work(server)
    const body = { id: knock.id, outcome: knock.outcome, deviceAt: `${dayOf(knock)}T10:00:00+08:00` }
    const done = await visit(server, token, home.household, body)
    expect(done.status, done.text).toBe(201)
  }
  await work(server)
  return left()
}

test('the same visits in any order, with the worker in between or not, leave the same tasks', async () => {
  await fc.assert(
    fc.asyncProperty(
      knocks.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray(
            list.map((_, index) => index),
            { minLength: list.length },
          ),
          fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        ),
      ),
      async ([list, order, runs]) => {
        const named = list.toSorted((a, b) => a.day - b.day).map((knock) => ({ ...knock, id: newId(server) }))
        const first = await round(named, [true, true, true, true, true])
        const second = await round(
          order.map((index) => named[index]!),
          runs,
        )
        expect(second).toEqual(first)
      },
    ),
    { numRuns: 12 },
  )
}, 120_000)
