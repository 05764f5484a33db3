import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pushed } from '#field/contract.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { district, paths, personOf } from '../fixture.ts'
import { liveAt } from '../homes.ts'
import type { Home } from '../homes.ts'
import { Phone } from '../phone.ts'
import { startTestServer } from '../server.ts'
import type { TestServer } from '../server.ts'

/**
 * FD2, boundary 9: whatever duties there are, were and will be, and whoever stands in for whom, a phone gets exactly the
 * households that are its holder's own today. Nothing of a neighbour's comes by the feed, and nothing goes there by an entry.
 */

let server: TestServer
const homes: (Home & { name: string; phone: string })[] = []
const roles = ['liaison', 'building_head', 'grid_worker'] as const
type Holder = (typeof roles)[number]
const doors = 6
const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'] as const
const today = '2026-11-20'

async function asOwner(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  server = await startTestServer()
  for (let door = 0; door < doors; door += 1) {
    const name = `${'赵钱孙李周吴'[door]}家${door}号`
    const home = await liveAt(server.ownerUrl, paths.inside.unit, `own ${door}`, {
      name,
      number: `${500 + door}`,
    })
    homes.push({ ...home, name, phone: `1001000200${door}` })
    const desk = await server.session('community_desk')
    const entered = await server.call('POST', `/api/households/${home.household}/entries`, {
      token: desk,
      body: {
        id: uuidv7(server.clock.now()),
        base: 1,
        deviceAt: '2026-11-20T02:00:00Z',
        fields: { [`resident.${home.resident}.phone`]: `1001000200${door}`, note: `${name}的话` },
      },
    })
    expect(entered.status, entered.text).toBe(200)
  }
})
afterAll(() => server.close())

const span = fc.record({
  from: fc.constantFrom(...days),
  until: fc.option(fc.constantFrom(...days), { nil: null }),
})
const duty = fc.record({ door: fc.nat(doors - 1), person: fc.constantFrom(...roles), span })
const absence = fc.record({ person: fc.constantFrom(...roles), backup: fc.constantFrom(...roles), span })
const moved = fc.record({ door: fc.nat(doors - 1), out: fc.constantFrom(...days) })

type Duty = { door: number; person: Holder; span: { from: string; until: string | null } }
type Absence = { person: Holder; backup: Holder; span: Duty['span'] }

const covers = ({ from, until }: Duty['span']) => from <= today && (until === null || until > today)

/** Whose duties somebody fulfils today: worked out apart from the database. */
function actsFor(person: Holder, absences: readonly Absence[]): Set<Holder> {
  const found = new Set<Holder>([person])
  for (let before = 0; before < found.size;) {
    before = found.size
    for (const one of absences)
      if (found.has(one.backup) && covers(one.span) && one.backup !== one.person) found.add(one.person)
  }
  return found
}

test('a phone gets exactly what is its holder’s own, and gives to nothing else', async () => {
  const phones = new Map<Holder, Phone>()
  for (const role of roles) {
    const phone = new Phone({
      line: (method, url, options) => server.call(method, url, options),
      token: await server.session(role),
      now: () => server.clock.now(),
    })
    await phone.register()
    phones.set(role, phone)
  }
  await fc.assert(
    fc.asyncProperty(
      // A door has one duty at a time: the first that was drawn for it.
      fc.uniqueArray(duty, { maxLength: doors, selector: ({ door }) => door }),
      fc.array(absence, { maxLength: 3 }),
      fc.uniqueArray(moved, { maxLength: 2, selector: ({ door }) => door }),
      async (duties, absences, gone) => {
        await asOwner(async (client) => {
          await client.query('delete from duty; delete from absence; update household set moved_out = null')
          for (const [index, { door, person, span }] of duties.entries()) {
            const until = span.until !== null && span.until < span.from ? span.from : span.until
            await client.query(
              `insert into duty (district_code, id, dwelling_id, path, person_id, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6, $7)`,
              [
                district,
                derivedId('duty', String(index)),
                homes[door]!.dwelling,
                paths.inside.unit,
                personOf(person),
                span.from,
                until,
              ],
            )
          }
          for (const [index, { person, backup, span }] of absences.entries()) {
            const until = span.until !== null && span.until < span.from ? span.from : span.until
            if (person === backup) continue
            await client.query(
              `insert into absence (district_code, id, person_id, backup_person_id, from_on, until_on) values ($1, $2, $3, $4, $5, $6)`,
              [
                district,
                derivedId('absence', String(index)),
                personOf(person),
                personOf(backup),
                span.from,
                until,
              ],
            )
          }
          for (const { door, out } of gone)
            await client.query('update household set moved_out = $2 where id = $1', [
              homes[door]!.household,
              out,
            ])
        })
        for (const role of roles) {
          const acts = actsFor(role, absences)
          const own = homes.filter((_, door) => {
            const away = gone.find((one) => one.door === door)
            return (
              duties.some((one) => one.door === door && acts.has(one.person) && covers(one.span)) &&
              (!away || away.out > today)
            )
          })
          const phone = phones.get(role)!
          const answer = await phone.page()
          await phone.fetch()
          const ids = own.map(({ household }) => household)
          expect([...phone.households.keys()].toSorted()).toEqual(ids.toSorted())
          for (const home of homes.filter((one) => !own.includes(one))) {
            for (const word of [home.resident, home.name, home.phone])
              expect(answer.text, `${role} ${home.name}`).not.toContain(word)
            const entry = {
              id: uuidv7(server.clock.now()),
              kind: 'household.edit',
              base: 2,
              deviceAt: phone.clock,
              data: { household: home.household, fields: { note: '不该写进去' } },
            }
            const pushed = (await phone.post([entry])).json as Pushed
            expect(['refused', 'left_over']).toContain(pushed.results[0]!.fate)
          }
        }
        await asOwner(async (client) => {
          const { rows } = await client.query(`select 1 from household where note = '不该写进去'`)
          expect(rows).toEqual([])
        })
        // Limits count calls of a session.
        for (const role of roles) phones.get(role)!.token = await server.session(role)
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)
