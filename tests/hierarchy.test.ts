import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkAllGrids } from '#households/admin.ts'
import { checkGrids } from '#households/grid-check.ts'
import { households } from '#households/register.ts'
import { giveDuties } from '#households/duties.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Config } from '#kernel/config.ts'
import { importBelow, importParts } from '#org/below-admin.ts'
import { importDivisions } from '#org/divisions.ts'
import { addAreasBelow, giveParts, gridsOn, setLevels } from '#org/grids.ts'
import type { Below } from '#org/grids.ts'
import { gridsOver, mayLieUnder } from '#org/hierarchy.ts'
import { lineOf } from '#org/rules.ts'
import { areasAtCodes, placeOf } from '#org/service.ts'
import { rotasAt } from '#rota/on-duty.ts'
import { servingHere } from '#people/here.ts'
import { createTestDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import { district as town, paths, seedFixture } from './fixture.ts'

/**
 * Two districts of different shape on the same product (O1, O2): a town with compounds, buildings and stairwells, and the
 * county of Lulong, which has villages only: town > village > grid > group of households > linked households.
 */

const county = '130324'
const now = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const today = '2026-11-20'
const village = `${county}/130324100/130324100201/`
let made: TestDatabase
const scopeOf = (district: string): Scope => ({
  district,
  reach: 'district',
  paths: [],
  organisations: [],
  today,
})
const within = <T>(district: string, work: (trx: Trx) => Promise<T>) =>
  made.database.within(scopeOf(district), work)
const below = (district: string, rows: Below[]) =>
  within(district, (trx) => addAreasBelow(trx, rows, (codes) => areasAtCodes(trx, codes)))
const area = (
  kind: string,
  code: string,
  name: string,
  parent: string,
  gridKind: string | null = null,
): Below => ({
  kind,
  code,
  name,
  parent,
  gridKind,
})
let owner: pg.Client

async function live(
  district: string,
  at: string,
  number: string,
): Promise<{ dwelling: string; household: string }> {
  const [dwelling, household] = [derivedId('dwelling', at, number), derivedId('household', at, number)]
  await owner.query('insert into dwelling values ($1, $2, $3, 1, $4)', [district, dwelling, at, number])
  await owner.query('insert into household (district_code, id, dwelling_id, path) values ($1, $2, $3, $4)', [
    district,
    household,
    dwelling,
    at,
  ])
  return { dwelling, household }
}

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, '2026-01-01T00:00:00.000Z')
  await importDivisions({
    ownerUrl: made.ownerUrl,
    file: path.join(import.meta.dirname, 'data/lulong.csv'),
    prefixes: { [county]: 'LL' },
  })
  owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await made.drop()
})

const grid = '13032410020101'
const group = `${grid}001`
const groupPath = `${village}${grid}/${group}/`

describe('O1 a county of villages', () => {
  test('has five levels down to the group of households, and people live in the groups', async () => {
    const rows = [
      area('grid', grid, '第一网格', '130324100201', 'residential'),
      area('grid', '13032410020102', '第二网格', '130324100201', 'residential'),
      area('grid', '13032410020190', '村口集市', '130324100201', 'market'),
      area('household_group', group, '一组', grid),
      area('household_group', `${grid}002`, '二组', grid),
    ]
    expect(await below(county, rows)).toEqual({ added: 5, errors: [] })
    expect(await below(county, rows)).toEqual({ added: 0, errors: [] })
    const places = await within(county, (trx) => placeOf(trx, [groupPath, `${village}${grid}/`]))
    expect([...places.values()]).toEqual(['范庄村一组', '范庄村第一网格'])
  })

  test('tells every row that does not fit, and takes none of them', async () => {
    const rows = [
      area('household_group', `${grid}003`, '三组', grid),
      area('unit', `${grid}009`, '单元', grid),
      area('household_group', '999', '组', grid),
      area('grid', '13032410020103', '网格', '130324100201', 'forest'),
      area('household_group', `${grid}004`, ' ', grid),
      area('compound', '13032499', '小区', '13032498'),
      area('community', '130324100999', '村', '130324100'),
    ]
    const { added, errors } = await below(county, rows)
    expect(added).toBe(0)
    expect(errors.map(({ row, field }) => [row, field])).toEqual([
      [1, 'kind'],
      [2, 'code'],
      [3, 'grid_kind'],
      [4, 'name'],
      [5, 'parent_code'],
      [6, 'kind'],
    ])
  })

  test('says who to turn to in a group, its liaison by duty, and the head of the market is no liaison', async () => {
    const person = derivedId('person', 'linked')
    await owner.query(
      `insert into person (district_code, id, name, created_at) values ($1, $2, '范连户', now())`,
      [county, person],
    )
    const [desk] = (
      await owner.query('select id from organisation where district_code = $1 and path = $2', [
        county,
        village,
      ])
    ).rows
    for (const [role, at] of [
      ['liaison', groupPath],
      ['building_head', `${village}13032410020190/`],
    ])
      await owner.query(
        'insert into post (district_code, id, person_id, organisation_id, role, path, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
        [county, derivedId('post', String(role)), person, desk.id, role, at, '2026-01-01'],
      )
    const homes = [await live(county, groupPath, '1'), await live(county, groupPath, '2')]
    await live(county, `${village}${grid}/${grid}002/`, '1')
    await within(county, (trx) =>
      giveDuties(
        trx,
        homes.map(({ dwelling }) => ({ dwelling, person })),
        { from: '2026-01-01', plan: null },
      ),
    )
    const here = await within(county, (trx) =>
      servingHere(trx, groupPath, now, {
        doorsIn: async () => new Map(),
        dutiesAt: async () => [],
        rotasAt,
      }),
    )
    expect(here.liaisons).toMatchObject([{ name: '范连户' }])
    const market = await within(county, (trx) =>
      servingHere(trx, `${village}13032410020190/`, now, {
        doorsIn: async () => new Map(),
        dutiesAt: async () => [],
        rotasAt,
      }),
    )
    expect(market).toMatchObject({ liaisons: [], buildingHead: { name: '范连户' } })
    const own: Scope = { ...scopeOf(county), reach: 'scoped', person, duty: true }
    const list = await made.database.within(own, (trx) =>
      households(trx, { limit: 10 }, own, {
        keys: made.keys,
        names: async () => new Map(),
        now,
        byName: true,
      }),
    )
    expect(list.items.map(({ id }) => id).toSorted()).toEqual(
      homes.map(({ household }) => household).toSorted(),
    )
  })
})

describe('by command', () => {
  const run = async (action: typeof importBelow, text: string) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-areas-'))
    const file = path.join(folder, 'areas.csv')
    writeFileSync(file, text)
    const printed: string[] = []
    const code = await action({
      words: [file],
      config: {} as Config,
      ownerUrl: made.ownerUrl,
      database: made.database,
      keys: made.keys,
      clock: { now: () => now },
      print: (line) => void printed.push(line),
    })
    rmSync(folder, { recursive: true })
    return { code, printed }
  }

  test('areas and parts come from files, all or nothing, and the check says where homes are in no grid', async () => {
    const head = 'kind,code,name,parent_code,grid_kind\n'
    const good =
      'grid,13032410020501,第一网格,130324100205,residential\nvillage_group,1303241002050201,一组,130324100205,\n'
    expect(await run(importBelow, head + good)).toEqual({ code: 0, printed: ['130324: 2 rows taken over'] })
    const bad = await run(importBelow, `${head}${good}grid,1303249,网格,130324999,residential\n`)
    expect(bad).toEqual({
      code: 1,
      printed: ['line 4: parent_code does not fit', '130324: 1 errors; nothing was written'],
    })
    expect((await run(importBelow, 'a,b\n')).code).toBe(2)
    const parts = 'part_code,grid_code,from\n'
    expect((await run(importParts, `${parts}1303241002050201,13032410020501,2026-01-01\n`)).code).toBe(0)
    const elsewhere = await run(importParts, `${parts}130324100206,13032410020501,2026-01-01\n`)
    expect(elsewhere.printed[0]).toBe('line 2: record.invalid_reference')
    expect((await run(importParts, `${parts}1303241002050201,13032410020501,soon\n`)).code).toBe(1)
    expect((await run(checkAllGrids, '')).code).toBe(0)
  })
})

describe('O1 levels are data', () => {
  test('chains of three to six levels and more stand on the standard; a district may say otherwise', async () => {
    const chains = [
      ['district', 'subdistrict', 'community'],
      ['district', 'subdistrict', 'community', 'grid'],
      ['district', 'subdistrict', 'community', 'grid', 'household_group'],
      ['district', 'subdistrict', 'community', 'compound', 'building', 'unit'],
      ['district', 'subdistrict', 'community', 'compound', 'building', 'household_group'],
      ['district', 'subdistrict', 'community', 'grid', 'building', 'unit'],
      ['district', 'subdistrict', 'community', 'village_group', 'grid', 'household_group'],
    ] as const
    for (const chain of chains)
      for (const [at, kind] of chain.entries()) {
        const under = chain[at - 1]
        if (under) expect(mayLieUnder(kind, under), chain.join(' > ')).toBe(true)
      }
    const odd = [
      area('compound', '13032410020200001', '场院', '130324100202', null),
      area('grid', '1303241002020000101', '院内网格', '13032410020200001', 'residential'),
    ]
    expect((await below(county, odd)).errors).toEqual([{ row: 1, field: 'kind' }])
    await within(county, (trx) => setLevels(trx, { grid: ['community', 'compound'] }))
    expect((await below(county, odd)).errors).toEqual([])
    // The other district is not asked.
    const elsewhere = [area('grid', '13100300100100100199', '网格', '131003001001001', 'residential')]
    expect((await below(town, elsewhere)).errors).toEqual([{ row: 0, field: 'kind' }])
  })
})

describe('O2 every household is in exactly one residential grid', () => {
  const gridPath = (code: string) => `${paths.inside.community}${code}/`
  const [first, second, market] = ['13100300100191', '13100300100192', '13100300100199'].map(gridPath)

  test('in the villages by the tree; a door in a market or in no grid is told', async () => {
    expect(await within(county, (trx) => checkGrids(trx, county, now))).toEqual([])
    await live(county, `${village}13032410020190/`, '9')
    await live(county, `${county}/130324100/130324100203/`, '1')
    const found = await within(county, (trx) => checkGrids(trx, county, now))
    expect(found.map(({ place, what, households: many }) => [place, what, many])).toEqual([
      ['范庄村村口集市', 'special', 1],
      ['朱庄子村', 'none', 1],
    ])
  })

  test('in the town by parts, with the history of the borders', async () => {
    await below(town, [
      area('grid', '13100300100191', '第一网格', '131003001001', 'residential'),
      area('grid', '13100300100192', '第二网格', '131003001001', 'residential'),
      area('grid', '13100300100199', '北大街', '131003001001', 'road'),
    ])
    await live(town, paths.inside.unit, '201')
    const check = (at = now) => within(town, (trx) => checkGrids(trx, town, at))
    expect(await check()).toMatchObject([{ what: 'none', place: '和平小区1号楼1单元' }])
    const building = lineOf(paths.inside.unit)[4] ?? ''
    await within(town, (trx) => giveParts(trx, first ?? '', [building], '2026-01-01'))
    expect(await check()).toEqual([])
    const give = (grid: string | undefined, part: string) =>
      within(town, (trx) => giveParts(trx, grid ?? '', [part], '2026-06-01'))
    // A stairwell of the building cannot be another's, a road holds nobody's home, and no grid reaches into the next community.
    await expect(give(second, paths.inside.unit)).rejects.toThrow('grid.overlap')
    await expect(give(market, building)).rejects.toThrow('record.invalid_reference')
    await expect(give(second, paths.outside.community)).rejects.toThrow('record.invalid_reference')
    await give(second, building)
    expect(await check()).toEqual([])
    const gridOn = (day: string) =>
      within(town, async (trx) =>
        gridsOver(lineOf(paths.inside.unit), await gridsOn(trx, paths.district, day)),
      )
    expect(await gridOn('2026-05-31')).toEqual([first])
    expect(await gridOn('2026-06-01')).toEqual([second])
  })

  test('whatever parts are given in whatever order, no stairwell is in two', async () => {
    const line = lineOf(paths.inside.unit).slice(3)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(first, second), fc.constantFrom(...line)), {
          minLength: 1,
          maxLength: 6,
        }),
        async (gifts) => {
          for (const [grid, part] of gifts)
            await within(town, (trx) => giveParts(trx, grid ?? '', [part], today)).catch((error: unknown) => {
              expect(String(error)).toContain('grid.overlap')
            })
          const grids = await within(town, (trx) => gridsOn(trx, paths.district, today))
          expect(gridsOver(lineOf(paths.inside.unit), grids)).toHaveLength(1)
        },
      ),
      { numRuns: 15 },
    )
  })
})
