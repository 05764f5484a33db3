import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Trx } from '#kernel/db.ts'
import { seedCatalogue } from '#catalogue/seed.ts'
import { systemClock } from '#kernel/clock.ts'
import { loadConfig } from '#kernel/config.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { csvRows } from '#kernel/csv.ts'
import { importAreas } from './admin.ts'
import { ImportRefused, importDivisions } from './divisions.ts'
import { endOf } from './rules.ts'
import * as org from './service.ts'

const district = '131003'
const subdistrict = '131003/131003001/'
const community = '131003/131003001/131003001001/'
const compound = `${community}131003001001001/`
const building = `${compound}131003001001001002/`
const unit = `${building}13100300100100100201/`

const divisions = `level,code,name,parent_code
district,131003,广阳区,1310
subdistrict,131003001,银河北路街道,131003
community,131003001001,西后街社区居民委员会,131003001
community,131003001002,北大街社区居民委员会,131003001
subdistrict,131003101,万庄镇,131003
community,131003101221,邢营村村民委员会,131003101
`

let test_: TestDatabase
let folder: string
let owner: pg.Client

const within = <T>(work: (trx: Trx) => Promise<T>, inDistrict = district) =>
  test_.database.within({ district: inDistrict, reach: 'none', paths: [], organisations: [] }, work)

async function importText(text: string | Uint8Array): ReturnType<typeof importDivisions> {
  const file = path.join(folder, 'divisions.csv')
  writeFileSync(file, text)
  return importDivisions({ ownerUrl: test_.ownerUrl, file })
}

async function errorsOf(text: string | Uint8Array) {
  const refused = await importText(text).catch((error: unknown) => error)
  if (!(refused instanceof ImportRefused)) throw new Error(`not refused: ${String(refused)}`)
  return refused.errors.map(({ line, field, expected }) => [line, field, expected])
}

beforeAll(async () => {
  test_ = await createTestDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'chuanmen-org-'))
  owner = new pg.Client({ connectionString: test_.ownerUrl })
  await owner.connect()
  await importText(divisions)
  const below = [
    [compound, 'compound', community, '和平小区'],
    [building, 'building', compound, '2号楼'],
    [`${compound}131003001001001010/`, 'building', compound, '10号楼'],
    [unit, 'unit', building, '1单元'],
  ]
  for (const [areaPath, kind, parent, name] of below) {
    await owner.query(
      'insert into area (district_code, path, code, kind, parent_path, name) values ($1, $2, $3, $4, $5, $6)',
      [district, areaPath, areaPath?.split('/').at(-2), kind, parent, name],
    )
  }
  await owner.query(
    `insert into building values ($1, $2, 6, 2, '[[116.7,39.5],[116.71,39.5],[116.71,39.51],[116.7,39.5]]')`,
    [district, building],
  )
  await owner.query(
    `insert into organisation (district_code, id, kind, name, short_name, path) values ($1, $2, 'department', '广阳区城市管理局', '城管局', '131003/')`,
    [district, uuidv7(Temporal.Now.instant())],
  )
})
afterAll(async () => {
  await owner.end()
  await test_.drop()
  await rm(folder, { recursive: true })
})

describe('services', () => {
  test('OR4 each level over a place has its desk, one query', async () => {
    const desks = await within((trx) => org.desksFor(trx, unit))
    expect([desks.community?.name, desks.subdistrict?.name, desks.district?.name]).toEqual([
      '西后街社区居民委员会',
      '银河北路街道办事处',
      '广阳区群众诉求服务中心',
    ])
    expect(Object.keys(await within((trx) => org.desksFor(trx, '131003/')))).toEqual(['district'])
    expect(await within((trx) => org.desksFor(trx, '999999/'))).toEqual({})
  })

  test('OR3 places of a whole page come at once; unknown ones are missing', async () => {
    const places = await within((trx) => org.placeOf(trx, [unit, community, '999999/', `${unit}99/`]))
    expect([...places]).toEqual([
      [unit, '和平小区2号楼1单元'],
      [community, '西后街社区'],
    ])
    expect(await within((trx) => org.areaExists(trx, building))).toBe('building')
    expect(await within((trx) => org.areaExists(trx, '1310'))).toBeNull()
  })

  test('areas come in the order of the street, with the line above them', async () => {
    expect((await within((trx) => org.areasUnder(trx, compound))).map(({ name }) => name)).toEqual([
      '2号楼',
      '10号楼',
    ])
    expect((await within((trx) => org.areasUnder(trx, null))).map(({ name }) => name)).toEqual(['广阳区'])
    expect((await within((trx) => org.areaLine(trx, unit))).map(({ kind }) => kind)).toEqual([
      'district',
      'subdistrict',
      'community',
      'compound',
      'building',
      'unit',
    ])
    expect(await within((trx) => org.areaLine(trx, `${unit}1/`))).toEqual([])
  })

  test('OR5 a part of a name finds the place, in this district only; buildings need a place to look in', async () => {
    const names = async (q: string, under?: string) =>
      (await within((trx) => org.searchAreas(trx, q, undefined, under))).map(({ name }) => name)
    expect(await names('后街')).toEqual(['西后街社区'])
    expect(await names('街')).toEqual(expect.arrayContaining(['西后街社区', '北大街社区', '银河北路街道']))
    expect(await names('平小')).toEqual(['和平小区'])
    expect(await names('号楼')).toEqual([])
    expect(await names('0号', compound)).toEqual(['10号楼'])
    expect(await names('小平')).toEqual([])
    expect(await names("%'")).toEqual([])
    expect(await within((trx) => org.searchAreas(trx, '后街'), '130107')).toEqual([])
  })

  test('organisations that serve a place stand over it or in it, the nearest first', async () => {
    const serving = await within((trx) => org.organisationsServing(trx, unit))
    expect(serving.map(({ shortName }) => shortName)).toEqual([
      '西后街社区居委会',
      '银河北路街道',
      expect.any(String),
      expect.any(String),
    ])
    expect(
      (await within((trx) => org.organisationsServing(trx, unit, '城管'))).map(({ name }) => name),
    ).toEqual(['广阳区城市管理局'])
    expect((await within((trx) => org.organisationsServing(trx, subdistrict))).length).toBe(5)
    const first = await within((trx) => org.organisationsFound(trx, { limit: 2 }))
    const second = await within((trx) => org.organisationsFound(trx, { limit: 100, after: first.next ?? '' }))
    const all = await within((trx) => org.organisationsFound(trx, { limit: 100 }))
    expect([...first.items, ...second.items]).toEqual(all.items)
    expect(all.next).toBeNull()
    await expect(
      within((trx) => org.organisationsFound(trx, { limit: 2, after: 'garbage' })),
    ).rejects.toMatchObject({ code: 'input.invalid' })
  })

  test('the small map shows the buildings of the compound', async () => {
    const found = await within((trx) => org.buildingsNear(trx, unit))
    expect(found).toEqual([
      {
        path: building,
        name: '2号楼',
        floors: 6,
        units: 2,
        footprint: expect.arrayContaining([[116.7, 39.5]]),
      },
    ])
    expect(await within((trx) => org.buildingsNear(trx, '131003/'))).toEqual([])
  })

  test('OR7 an area has one desk, of its own level, and it stays', async () => {
    const id = uuidv7(Temporal.Now.instant())
    const fresh = {
      id,
      kind: 'civic' as const,
      name: '红十字会',
      shortName: '红十字会',
      path: '131003/',
      parent: null,
      deskLevel: null,
      phone: null,
    }
    const added = await within((trx) => org.addOrganisation(trx, fresh))
    expect(await within((trx) => org.addOrganisation(trx, fresh))).toEqual(added)
    await expect(within((trx) => org.addOrganisation(trx, { ...fresh, name: '别的' }))).rejects.toMatchObject(
      { code: 'id_taken' },
    )
    const second = { ...fresh, id: uuidv7(Temporal.Now.instant()), deskLevel: 'district' as const }
    await expect(within((trx) => org.addOrganisation(trx, second))).rejects.toMatchObject({
      code: 'record.invalid_reference',
      details: { field: 'body.deskLevel' },
    })
    expect(await within((trx) => org.changeOrganisation(trx, id, { active: false }, 1))).toMatchObject({
      active: false,
      version: 2,
    })
    await expect(within((trx) => org.changeOrganisation(trx, id, { name: 'x' }, 1))).rejects.toMatchObject({
      code: 'changed_meanwhile',
    })
    const desk = (await within((trx) => org.desksFor(trx, community))).community?.organisation ?? ''
    await expect(
      within((trx) => org.changeOrganisation(trx, desk, { active: false }, 1)),
    ).rejects.toMatchObject({ code: 'record.invalid_reference' })
  })

  test('OR1 under row security the path range is a walk down an index', async () => {
    const plan = await within(async (trx) => {
      await sql`set local enable_seqscan = off`.execute(trx)
      const { rows } = await sql<{
        'QUERY PLAN': string
      }>`explain select path from area where district_code = app.district() and path >= ${compound} and path < ${endOf(compound)}`.execute(
        trx,
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toMatch(/Index Cond: .*path >= /)
  })

  test('row security: another district sees nothing of this one', async () => {
    expect(await within((trx) => org.areasUnder(trx, '131003/'), '130107')).toEqual([])
    expect((await within((trx) => org.organisationsFound(trx, { limit: 10 }), '130107')).items).toEqual([])
    expect((await org.homeDistricts(test_.database.pool)).map((one) => one.codePrefix)).toEqual(['GY'])
  })
})

describe('OR6 import of divisions', () => {
  test('the same file again changes nothing; a new name is taken over', async () => {
    expect(await importText(divisions)).toEqual({
      districts: 0,
      areas: 0,
      renamed: 0,
      desks: 0,
      unchanged: 6,
    })
    expect(
      await importText(`\uFEFF${divisions.replace('北大街', '"北大街"').replaceAll('\n', '\r\n')}`),
    ).toMatchObject({ unchanged: 6 })
    expect(await importText(divisions.replace('邢营村', '新邢营村'))).toMatchObject({
      renamed: 1,
      unchanged: 5,
    })
    expect(await importText(divisions)).toMatchObject({ renamed: 1 })
  })

  test('every row is a committee, an office or a desk under the one above', async () => {
    const { rows } = await owner.query(
      `select child.short_name as child, parent.short_name as parent from organisation child left join organisation parent on parent.id = child.parent_id where child.desk_level is not null order by child.path`,
    )
    expect(rows).toEqual([
      { child: '区诉求中心', parent: null },
      { child: '银河北路街道', parent: '区诉求中心' },
      { child: '西后街社区居委会', parent: '银河北路街道' },
      { child: '北大街社区居委会', parent: '银河北路街道' },
      { child: '万庄镇', parent: '区诉求中心' },
      { child: '邢营村委会', parent: '万庄镇' },
    ])
  })

  test('each error is told with line and field, and nothing is written', async () => {
    const bad = [
      'level,code,name,parent_code',
      'district,130107,井陉矿区,1301',
      'street,130107001,矿市街道,130107',
      'subdistrict,13010700,矿市街道,130107',
      'subdistrict,130107001,,130107',
      'subdistrict,130107002,四微街道,130108',
      'community,130107003001,社区,130107003',
      'district,130107,井陉矿区,1301',
      'subdistrict,130107004,多一列,130107,x',
    ].join('\n')
    expect(await errorsOf(bad)).toEqual([
      [3, 'level', 'level'],
      [4, 'code', 'code'],
      [5, 'name', 'name'],
      [6, 'parent_code', 'parent_code'],
      [7, 'parent_code', 'parent_first'],
      [8, 'code', 'once'],
      [9, 'row', 'columns'],
    ])
    expect((await org.homeDistricts(test_.database.pool)).length).toBe(1)
  })

  test('a file that is none is refused as a whole', async () => {
    expect(await errorsOf('')).toEqual([[1, 'row', 'header']])
    expect(await errorsOf('level,code,name,parent_code\n')).toEqual([[1, 'row', 'a_district']])
    // GBK, as spreadsheet programs save it.
    expect(await errorsOf(Uint8Array.from([0xb9, 0xe3, 0xd1, 0xf4]))).toEqual([[1, 'row', 'encoding']])
  })

  test('csv: what is written is read back, whatever it holds', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '村', ' ') })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), field), { minLength: 1 }), (records) => {
        const text = records
          .map((fields) => fields.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n')
        expect(csvRows(text).map(({ fields }) => fields)).toEqual(records.map((fields) => [...fields]))
      }),
    )
  })
})

test('OR6 an imported district has its categories at once, and the same file again leaves them as they are', async () => {
  const file = path.join(folder, 'another.csv')
  writeFileSync(file, 'level,code,name,parent_code\ndistrict,130107,井陉矿区,1301\n')
  const printed: string[] = []
  const run = (named: string) =>
    importAreas(seedCatalogue)({
      words: [named],
      config: loadConfig({}),
      ownerUrl: test_.ownerUrl,
      database: test_.database,
      keys: test_.keys,
      clock: systemClock,
      print: (line) => void printed.push(line),
    })
  const count = async () => {
    const { rows } = await owner.query<{ n: number; limits: number }>(
      `select count(*)::int as n, (select count(*)::int from category_limit where district_code = '130107') as limits
       from category where district_code = '130107'`,
    )
    return rows[0]
  }
  expect(await run(file)).toBe(0)
  const first = await count()
  expect(first?.n).toBeGreaterThan(50)
  expect(first?.limits).toBe(first?.n)
  expect(await run(file)).toBe(0)
  expect(await count()).toEqual(first)
  expect(await run(path.join(folder, 'nowhere.csv'))).toBe(1)
  expect(printed.at(-1)).toMatch(/nowhere\.csv cannot be read/)
})
