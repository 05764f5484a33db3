import fc from 'fast-check'
import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope, Trx } from '#kernel/db.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, paths, personOf, seedFixture } from '#tests/fixture.ts'
import { liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { applyEdit } from './edits.ts'
import type { EditResult, HouseholdEdit } from './edits.ts'
import { careField, residentField } from './fields.ts'
import { householdOf, householdsOf } from './register.ts'

/** Edits of one household on the real database (HH6): whatever the order in which they arrive, nothing is dropped. */

const now = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const whole: Scope = { district, reach: 'district', paths: [], organisations: [], today: '2026-11-20' }
let made: TestDatabase
let count = 0
const within = <T>(work: (trx: Trx) => Promise<T>) => made.database.within(whole, work)
const fresh = () =>
  liveAt(made.ownerUrl, paths.inside.unit, `edits ${(count += 1)}`, { number: `${100 + count}` })
const makerOf = (by: string | null) => ({ keys: made.keys, now, by })

const edit = (home: Home, given: Partial<HouseholdEdit>): HouseholdEdit => ({
  id: uuidv7(now),
  household: home.household,
  kind: 'edit',
  base: 1,
  deviceAt: '2026-11-20T02:00:00.000Z',
  fields: { note: '先打电话' },
  ...given,
})
const enter = (one: HouseholdEdit, by: string | null = personOf('liaison')): Promise<EditResult> =>
  within((trx) => applyEdit(trx, one, makerOf(by)))
const names = async () => new Map<string, { name: string }>()
const seen = (home: Home) =>
  within((trx) => householdOf(trx, home.household, { keys: made.keys, names, now, byName: true }))

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, '2026-01-01T00:00:00.000Z')
})
afterAll(() => made.drop())

describe('HH6 one edit', () => {
  test('is applied, and the household counts on', async () => {
    const home = await fresh()
    expect(await enter(edit(home, {}))).toMatchObject({ fate: 'applied', version: 2, contested: [] })
    expect(await seen(home)).toMatchObject({ note: '先打电话', version: 2 })
    const reader = { keys: made.keys, names, now, byName: false }
    const all = await within((trx) => householdsOf(trx, [home.household, uuidv7(now)], reader))
    expect(all).toEqual([await seen(home)])
  })

  test('the same id twice is one entry, whoever lost the answer', async () => {
    const home = await fresh()
    const one = edit(home, {})
    const first = await enter(one)
    expect(await enter(one)).toEqual(first)
    expect((await seen(home)).version).toBe(2)
  })

  test('a phone number is masked for reading and sealed where it was entered', async () => {
    const home = await fresh()
    const phone = residentField(home.resident, 'phone')
    await enter(edit(home, { fields: { [phone]: '10012345678' } }))
    expect((await seen(home)).members[0]?.phone).toBe('100 **** ***8')
    const owner = new pg.Client({ connectionString: made.ownerUrl })
    await owner.connect()
    const { rows } = await owner.query(
      'select fields::text as text from household_entry where household_id = $1',
      [home.household],
    )
    await owner.end()
    expect(rows[0].text).toContain('sealed')
    expect(rows[0].text).not.toContain('10012345678')
  })

  test('a new member and why somebody looks in are made as one; who left stays with the day', async () => {
    const home = await fresh()
    const [child, care] = [uuidv7(now), uuidv7(now)]
    const result = await enter(
      edit(home, {
        fields: {
          [residentField(child, 'name')]: '钱小宝',
          [residentField(child, 'relation')]: 'grandparent',
          [residentField(child, 'away')]: { kind: 'study', until: '2027-07-01' },
          [residentField(home.resident, 'left')]: { on: '2026-11-01', kind: 'died' },
          [careField(care, 'resident')]: child,
          [careField(care, 'kind')]: 'left_behind',
          [careField(care, 'basis')]: { basis: 'consent', consentedAt: '2026-11-20' },
          [careField(care, 'reviewOn')]: '2027-05-01',
          [careField(care, 'helper')]: personOf('grid_worker'),
        },
      }),
    )
    expect(result).toMatchObject({ fate: 'applied' })
    expect(await seen(home)).toMatchObject({
      members: [
        { id: child, name: '钱小宝', away: { kind: 'study', until: '2027-07-01' } },
        { id: home.resident, left: { on: '2026-11-01', kind: 'died' } },
      ],
      care: [{ id: care, resident: child, kind: 'left_behind', basis: { basis: 'consent' }, endedOn: null }],
    })
  })

  test('what cannot be comes back with the field, and nothing of it is kept', async () => {
    const home = await fresh()
    const other = await fresh()
    const care = uuidv7(now)
    const whole = {
      [careField(care, 'resident')]: home.resident,
      [careField(care, 'kind')]: 'frail',
      [careField(care, 'basis')]: { basis: 'statutory', statute: '《河北省养老服务条例》' },
      [careField(care, 'reviewOn')]: '2027-05-01',
    }
    const wrong: [Record<string, unknown>, string, string][] = [
      [{ religion: 'x' }, 'input.invalid', 'fields.religion'],
      [
        { [residentField(home.resident, 'phone')]: '12' },
        'input.invalid',
        `fields.resident.${home.resident}.phone`,
      ],
      [
        { [residentField(home.resident, 'identity')]: '131003195201011234' },
        'input.invalid',
        `fields.resident.${home.resident}.identity`,
      ],
      [{ [residentField(uuidv7(now), 'birthYear')]: 1980 }, 'input.invalid', 'name'],
      [
        { ...whole, [careField(care, 'basis')]: { basis: 'consent' } },
        'input.invalid',
        `fields.care.${care}.basis`,
      ],
      [
        { ...whole, [careField(care, 'resident')]: other.resident },
        'record.invalid_reference',
        `fields.care.${care}.resident`,
      ],
      [
        { ...whole, [careField(care, 'helper')]: uuidv7(now) },
        'record.invalid_reference',
        `fields.care.${care}.helper`,
      ],
      [
        {
          [residentField(other.resident, 'name')]: '别家的',
          [residentField(other.resident, 'relation')]: 'other',
        },
        'id_taken',
        'id',
      ],
    ]
    for (const [fields, code, field] of wrong) {
      const result = await enter(edit(home, { fields }))
      expect(result, field).toMatchObject({ fate: 'refused', problem: { code } })
      expect(JSON.stringify(result)).toContain(field)
    }
    expect(await enter(edit(home, { base: 9 }))).toMatchObject({ fate: 'refused' })
    expect(await seen(home)).toMatchObject({ version: 1, care: [], note: null })
  })
})

describe('HH6 edits that did not know of each other', () => {
  test('of different fields merge', async () => {
    const home = await fresh()
    await enter(edit(home, {}), personOf('community_desk'))
    expect(
      await enter(edit(home, { fields: { [residentField(home.resident, 'birthYear')]: 1953 } })),
    ).toMatchObject({ fate: 'merged', contested: [] })
    expect(await seen(home)).toMatchObject({
      note: '先打电话',
      members: [{ birthYear: 1953 }],
      conflicts: [],
    })
  })

  test('of the same field stand against each other until somebody who saw both chooses', async () => {
    const home = await fresh()
    await enter(edit(home, { fields: { note: '有狗' } }), personOf('community_desk'))
    const late = edit(home, { fields: { note: '按门铃' }, deviceAt: '2026-11-20T02:10:00.000Z' })
    expect(await enter(late)).toMatchObject({ fate: 'conflict', contested: ['note'] })
    const view = await seen(home)
    expect(view.conflicts).toMatchObject([
      {
        field: 'note',
        words: [
          { value: '有狗', shown: false },
          { value: '按门铃', shown: true },
        ],
      },
    ])
    const choice = edit(home, { kind: 'choose', base: view.version, fields: { note: '有狗，按门铃' } })
    expect(await enter(choice)).toMatchObject({ fate: 'applied', contested: [] })
    expect(await seen(home)).toMatchObject({ note: '有狗，按门铃', conflicts: [] })
  })

  test('one person’s later words take the place of the earlier ones, also when they arrive backwards', async () => {
    const home = await fresh()
    await enter(edit(home, { fields: { note: '后说的' }, deviceAt: '2026-11-20T02:05:00.000Z' }))
    await enter(edit(home, { fields: { note: '先说的' }, deviceAt: '2026-11-20T02:00:00.000Z' }))
    expect(await seen(home)).toMatchObject({ note: '后说的', conflicts: [] })
  })

  test('in any order, some of them twice, leave the same household and the same choices', async () => {
    const people = ['liaison', 'community_desk', 'building_head'] as const
    const edits = fc.uniqueArray(
      fc.record({
        by: fc.constantFrom(...people),
        at: fc.integer({ min: 10, max: 59 }),
        field: fc.constantFrom('note', 'birthYear', 'phone', 'away'),
        value: fc.integer({ min: 0, max: 2 }),
      }),
      // Of one moment the id decides, and each run needs ids of its own.
      { minLength: 2, maxLength: 6, selector: ({ at }) => at },
    )
    const valueOf = {
      note: ['甲', '乙', null],
      birthYear: [1950, 1951, null],
      phone: ['10000000001', '10000000002', null],
      away: [{ kind: 'study', until: null }, { kind: 'work', until: '2027-01-01' }, null],
    }
    await fc.assert(
      fc.asyncProperty(
        edits.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all.keys(), ...all.keys()], { minLength: 2 * all.length }),
          ),
        ),
        async ([all, order]) => {
          const run = async (sequence: readonly number[], seed: number) => {
            const home = await fresh()
            for (const index of sequence) {
              const { by, at, field, value } = all[index]!
              const name = field === 'note' ? 'note' : residentField(home.resident, field)
              await enter(
                edit(home, {
                  id: derivedId('matrix', String(seed), String(index)),
                  deviceAt: `2026-11-20T02:${at}:00.000Z`,
                  fields: { [name]: valueOf[field][value] },
                }),
                personOf(by),
              )
            }
            const { note, version, members, conflicts } = await seen(home)
            const strip = (text: string) => text.replaceAll(home.resident, '')
            return {
              note,
              version,
              members: members.map(({ id: _, version: __, ...rest }) => rest),
              conflicts: conflicts
                .map(
                  ({ field, words }) =>
                    `${strip(field)} ${JSON.stringify(words.map(({ value, shown }) => [value, shown]).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)))}`,
                )
                .toSorted(),
            }
          }
          const seed = (count += 1)
          expect(await run(order, seed * 2)).toEqual(await run([...all.keys()], seed * 2 + 1))
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  test('entries are only ever added to', async () => {
    for (const statement of ['update household_entry set version = 9', 'delete from household_entry'])
      await expect(within((trx) => sql.raw(statement).execute(trx))).rejects.toThrow(/permission denied/)
  })
})
