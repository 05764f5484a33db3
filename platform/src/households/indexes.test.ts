import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scope, Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { absences } from '#people/away.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, paths, personOf, seedFixture } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { dutiesOfDoor, dutiesOn, giveDuties, liaisonsAt } from './duties.ts'
import { duplicateRules } from './duplicate-rules.ts'
import { duplicates } from './duplicates.ts'
import { applyEdit } from './edits.ts'
import { careList } from './handbook.ts'
import { historyOf, staysAt } from './life.ts'
import { householdOf, households } from './register.ts'

/**
 * No query of the register without an index, under row security, for a liaison and for a desk: three thousand of everything
 * lie elsewhere, and PostgreSQL counts the rows it touches.
 */

const now = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const today = '2026-11-20'
const known = [
  'household',
  'resident',
  'resident_past',
  'care',
  'duty',
  'household_entry',
  'household_conflict',
  'absence',
  'dwelling',
]
const few = 150

const elsewhere = `
  create temp table n as select n, '131003/131003002/131003002002/131003002002001/' || lpad(n::text, 18, '0') || '/' as path,
    gen_random_uuid() as id, gen_random_uuid() as other from generate_series(1, 3000) n;
  insert into area (district_code, path, code, kind, parent_path, name)
    select '${district}', '131003/131003002/131003002002/131003002002001/', '131003002002001', 'compound', '131003/131003002/131003002002/', '远处'
    union all select '${district}', path, lpad(n::text, 18, '0'), 'building', '131003/131003002/131003002002/131003002002001/', n || '号楼' from n;
  insert into person (district_code, id, name, created_at) select '${district}', id, '别人' || n, now() from n;
  insert into dwelling select '${district}', id, path, 1, '101' from n;
  insert into household (district_code, id, dwelling_id, path) select '${district}', id, id, path from n;
  insert into resident (district_code, id, household_id, path, name, relation, birth_year, phone_index, identity_index)
    select '${district}', id, id, path, '别人' || n, 'head', 1950, n::text, n::text from n;
  insert into resident_past (district_code, id, resident_id, household_id, path, until_on, entry_id)
    select '${district}', id, id, id, path, '2026-01-01', id from n;
  insert into care (district_code, id, resident_id, household_id, path, kind, basis, consented_at, review_on)
    select '${district}', id, id, id, path, 'frail', 'consent', '2026-01-01', '2026-12-01' from n;
  insert into duty (district_code, id, dwelling_id, path, person_id, valid_from) select '${district}', id, id, path, id, '2026-01-01' from n;
  insert into household_entry (district_code, id, household_id, path, base_version, version, kind, at, device_at, fate)
    select '${district}', id, id, path, 0, 1, 'edit', now(), now(), 'applied' from n;
  insert into household_conflict (district_code, id, household_id, path, field, entry_ids, opened_at)
    select '${district}', id, id, path, 'note', array[id], now() from n;
  insert into absence (district_code, id, person_id, backup_person_id, from_on, until_on)
    select '${district}', gen_random_uuid(), id, lag(id, 1, '${personOf('handler')}') over (order by id), '2026-01-01', '2026-01-05' from n;
  analyze;`

let made: TestDatabase
let home: Home

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, '2026-01-01T00:00:00.000Z')
  const owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
  await owner.query(elsewhere)
  await owner.end()
  home = await liveAt(made.ownerUrl, paths.inside.unit, 'home')
  await giveDoor(made.ownerUrl, home.dwelling, 'liaison')
})
afterAll(() => made.drop())

const none: Scope = { district, reach: 'scoped', paths: [], organisations: [], today }
const scopes = {
  liaison: { ...none, person: personOf('liaison'), duty: true },
  desk: { ...none, person: personOf('community_desk'), paths: [paths.inside.community] },
} satisfies Record<string, Scope>

type Query = (trx: Trx, scope: Scope) => Promise<unknown>
const names = async () => new Map<string, { name: string }>()
const reader = () => ({ keys: made.keys, names, now, byName: true })
const both: Record<string, Query> = {
  'the list of households': (trx, scope) => households(trx, { limit: 60 }, scope, reader()),
  'one household': (trx) => householdOf(trx, home.household, reader()),
  'the care list': (trx, scope) => careList(trx, { limit: 60, due: '2027-01-01' }, scope, reader()),
  'what was entered': (trx) => historyOf(trx, home.household, reader()),
  'who lived behind a door': (trx) => staysAt(trx, home.dwelling, today),
  'duties of a person': (trx) => dutiesOn(trx, today, { persons: [personOf('liaison')] }),
  'duties of a door': (trx) => dutiesOfDoor(trx, home.dwelling),
  'liaisons of a stairwell': (trx) => liaisonsAt(trx, paths.inside.unit),
  'absences of a person': (trx) => absences(trx, { day: today, person: personOf('liaison') }),
  'an edit': (trx) =>
    applyEdit(
      trx,
      {
        id: uuidv7(now),
        household: home.household,
        kind: 'edit',
        base: 1,
        deviceAt: now.toString(),
        fields: { note: 'x' },
      },
      { keys: made.keys, now, by: null },
    ),
}
const ofDesk: Record<string, Query> = {
  ...Object.fromEntries(
    duplicateRules.map(({ name }) => [
      `twice by ${name}`,
      ((trx, scope) => duplicates(trx, { rule: name, limit: 30 }, scope, reader())) satisfies Query,
    ]),
  ),
  'duties given': (trx) =>
    giveDuties(trx, [{ dwelling: home.dwelling, person: personOf('handler') }], {
      from: today,
      plan: null,
    }),
}

async function counted(trx: Trx): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int as read from pg_stat_xact_user_tables
    where relname = any (${sql.val(known)}::text[])`.execute(trx)
  return rows[0]?.read ?? Infinity
}
const rowsRead = (scope: Scope, work: Query): Promise<number> =>
  made.database.within(scope, async (trx) => {
    const soFar = await counted(trx)
    await work(trx, scope)
    return (await counted(trx)) - soFar
  })

test('the yardstick bites: a question without an index is found out', async () => {
  expect(
    await rowsRead(scopes.desk, (trx) => sql`select count(*) from household where note = 'x'`.execute(trx)),
  ).toBeGreaterThan(3_000)
})

const asked = [
  ...Object.entries(both).flatMap(([name, query]) => [
    ['liaison', name, query] as const,
    ['desk', name, query] as const,
  ]),
  ...Object.entries(ofDesk).map(([name, query]) => ['desk', name, query] as const),
]
test.each(asked)('%s, %s: read by an index', async (who, _, query) => {
  expect(await rowsRead(scopes[who], query)).toBeLessThan(few)
})
