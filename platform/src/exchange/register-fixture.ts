import { writeXlsxStream } from 'hucre/xlsx'
import pg from 'pg'
import { csvValue } from '#kernel/csv.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { checkCharacter } from '#households/identity.ts'
import { identityIndex } from '#households/stored.ts'
import type { CellFault } from './check.ts'

/** A made-up register in a district's own words, with errors planted in cells that are known. Nobody of it lives. */

export const header = [
  '序号',
  '小区名称',
  '楼号',
  '单元',
  '房号',
  '姓名',
  '与户主关系',
  '身份证号码',
  '联系电话',
  '出生年月',
  '政治面貌',
  '入住时间',
  '外出情况',
  '关爱类别',
  '同意日期',
  '备注',
]
const at = (name: string) => header.indexOf(name)

/** Compounds of five buildings, four stairwells each, twenty floors of ten doors. */
const perCompound = 5 * 4 * 200
export const compoundsFor = (households: number): number => Math.ceil(households / perCompound)

type Cell = string | number
export type Planted = { row: number; col: number; code: CellFault }

function placeOf(household: number) {
  const compound = Math.floor(household / perCompound)
  const within = household % perCompound
  const building = Math.floor(within / 800)
  const unit = Math.floor((within % 800) / 200)
  const floor = Math.floor((within % 200) / 10) + 1
  const door = `${floor}${String((within % 10) + 1).padStart(2, '0')}`
  return { compound, building, unit, floor, door }
}

const compoundName = (compound: number) => `新苑${compound + 1}区`

/** The path of a stairwell under a community. */
function unitPath(community: string, { compound, building, unit }: ReturnType<typeof placeOf>): string {
  const code = community.split('/').at(-2) ?? ''
  const first = `${code}${String(compound + 500).padStart(3, '0')}`
  const second = `${first}${String(building + 1).padStart(3, '0')}`
  return `${community}${first}/${second}/${second}${String(unit + 1).padStart(2, '0')}/`
}

const surnames = '王李张刘陈杨赵黄周吴'
const given = '秀桂玉淑凤春丽红晓雪海立文思雅佳梦欣亚志建国庆华明军强勇'
const pick = (text: string, number: number) => text[number % text.length] ?? ''

/** Days of a year that every month has, and numbers given out on each. */
const days = 12 * 28
const perDay = 1000

/** Of all who share a day and a number each is born in a year of their own, so that no two of 23 million are the same. */
const bornIn = (person: number) => 1930 + ((person * 7 + Math.floor(person / (days * perDay))) % 70)

/** An identity number of nobody: the place code 131003, a day of birth, a sequence, a right check character. */
function identityOf(person: number, year: number): string {
  const day = Math.floor(person / perDay) % days
  const born = `${year}${String((day % 12) + 1).padStart(2, '0')}${String(Math.floor(day / 12) + 1).padStart(2, '0')}`
  const first = `131003${born}${String(person % perDay).padStart(3, '0')}`
  return first + checkCharacter(first)
}

const relations = ['户主', '配偶', '父亲'] as const

/** The members of a household as rows; person numbers run on over the whole file. */
function members(household: number): Cell[][] {
  const place = placeOf(household)
  return relations.slice(0, 1 + (household % 3)).map((relation, member) => {
    const person = household * 3 + member
    const year = bornIn(person)
    const row: Cell[] = header.map(() => '')
    row[at('序号')] = person + 1
    row[at('小区名称')] = compoundName(place.compound)
    row[at('楼号')] = `${place.building + 1}号楼`
    row[at('单元')] = `${place.unit + 1}单元`
    row[at('房号')] = place.door
    row[at('姓名')] =
      pick(surnames, household) + pick(given, person) + pick(given, Math.floor(person / 29) + 7)
    row[at('与户主关系')] = relation
    row[at('身份证号码')] = identityOf(person, year)
    row[at('联系电话')] = `100${String(person).padStart(8, '0')}`
    row[at('出生年月')] = String(year)
    row[at('政治面貌')] = '群众'
    row[at('入住时间')] = '2019-05-01'
    row[at('外出情况')] = person % 17 === 0 ? '务工' : ''
    if (person % 41 === 0) {
      row[at('关爱类别')] = '独居老人'
      row[at('同意日期')] = '2026-03-01'
    }
    return row
  })
}

type Plant = {
  code: CellFault
  col: number
  /** Which member; the head when left out. */ member?: 1
  change(row: Cell[], other: Cell[]): void
}

const set = (code: CellFault, column: string, value: Cell, member?: 1): Plant => ({
  code,
  col: at(column),
  ...(member && { member }),
  change: (row) => void (row[at(column)] = value),
})

/** A way to be wrong for every kind there is; the last two are wrong only against what the register has. */
const plants: readonly Plant[] = [
  set('name.missing', '姓名', ''),
  set('name.unfit', '姓名', '王3'),
  set('relation.missing', '与户主关系', ''),
  set('relation.unknown', '与户主关系', '朋友的朋友'),
  set('relation.second_head', '与户主关系', '户主', 1),
  set('identity.length', '身份证号码', '13100319500101001'),
  set('identity.rounded', '身份证号码', 1.310_031_950_010_1e17),
  {
    code: 'identity.date',
    col: at('身份证号码'),
    change: (row) => void (row[at('身份证号码')] = '131003195002300018'),
  },
  {
    code: 'identity.check_digit',
    col: at('身份证号码'),
    change(row) {
      const number = String(row[at('身份证号码')])
      row[at('身份证号码')] = number.slice(0, 17) + (number.endsWith('1') ? '2' : '1')
    },
  },
  {
    code: 'identity.twice',
    col: at('身份证号码'),
    change(row, other) {
      row[at('身份证号码')] = other[at('身份证号码')] ?? ''
      row[at('出生年月')] = other[at('出生年月')] ?? ''
    },
  },
  set('phone.unfit', '联系电话', '1001234'),
  set('birth.unfit', '出生年月', '五十年代'),
  set('birth.differs', '出生年月', '1901'),
  set('place.unknown_compound', '小区名称', '没有这个小区'),
  set('place.unknown_building', '楼号', '99号楼'),
  set('place.unknown_unit', '单元', '9单元'),
  set('place.unknown_door', '房号', '9901'),
  set('door.missing', '房号', ''),
  {
    code: 'place.missing',
    col: at('楼号'),
    change: (row) => void (row[at('小区名称')] = row[at('楼号')] = row[at('单元')] = ''),
  },
  set('moved_in.unfit', '入住时间', '去年'),
  set('moved_in.future', '入住时间', '2031-01-01'),
  set('away.unknown', '外出情况', '不清楚'),
  {
    code: 'care.unknown',
    col: at('关爱类别'),
    change: (row) => void ([row[at('关爱类别')], row[at('同意日期')]] = ['重点人员', '2026-03-01']),
  },
  {
    code: 'care.no_basis',
    col: at('同意日期'),
    change: (row) => void ([row[at('关爱类别')], row[at('同意日期')]] = ['残疾', '']),
  },
  {
    code: 'care.consent_date',
    col: at('同意日期'),
    change: (row) => void ([row[at('关爱类别')], row[at('同意日期')]] = ['残疾', '2039-01-01']),
  },
  {
    code: 'minor.no_consent',
    col: at('出生年月'),
    change: (row) =>
      void ([row[at('身份证号码')], row[at('出生年月')], row[at('关爱类别')]] = ['', '2018年6月', '']),
  },
  set('cell.too_long', '姓名', '长'.repeat(201)),
  set('cell.characters', '姓名', '王\u{FFFD}梅'),
  { code: 'identity.elsewhere', col: at('身份证号码'), change: () => undefined },
  { code: 'household.taken', col: at('房号'), change: () => undefined },
]

export type Register = {
  rows: Cell[][]
  planted: Planted[]
  /** Households of which a number is already known elsewhere, and those whose door belongs to others. */
  elsewhere: Cell[][]
  taken: number[]
}

/** A register with that many errors, one in a household at most, spread over the file. */
export function makeRegister(households: number, errors: number): Register {
  const register: Register = { rows: [], planted: [], elsewhere: [], taken: [] }
  const every = errors === 0 ? Infinity : Math.floor(households / errors)
  for (let household = 0, planted = 0; household < households; household += 1) {
    const rows = members(household)
    const plant =
      planted < errors && household % every === every - 1 ? plants[planted % plants.length] : undefined
    if (plant) {
      planted += 1
      if (plant.code === 'household.taken') {
        rows.splice(1)
        register.taken.push(household)
      }
      if (plant.member && rows.length < 2) rows.push(...members(household - (household % 3) + 1).slice(1, 2))
      const row = rows[plant.member ?? 0]
      if (row) {
        if (plant.member)
          for (const name of ['小区名称', '楼号', '单元', '房号']) row[at(name)] = rows[0]?.[at(name)] ?? ''
        if (plant.code === 'identity.elsewhere') register.elsewhere.push(row)
        plant.change(row, register.rows[planted] ?? [])
        register.planted.push({
          row: register.rows.length + 2 + (plant.member ?? 0),
          col: plant.col,
          code: plant.code,
        })
      }
    }
    register.rows.push(...rows)
  }
  return register
}

export function asCsv({ rows }: Pick<Register, 'rows'>): string {
  return `${[header, ...rows].map((row) => row.map((cell) => csvValue(cell)).join(',')).join('\r\n')}\r\n`
}

export async function asWorkbook({ rows }: Pick<Register, 'rows'>): Promise<Buffer> {
  const stream = writeXlsxStream([header, ...rows], { name: '居民台账' })
  return Buffer.from(await new Response(stream).arrayBuffer())
}

/** The compounds of the register with all their doors, under a community. Written as the owner. */
export async function buildDoors(
  ownerUrl: string,
  district: string,
  community: string,
  households: number,
): Promise<void> {
  const areas: (string | null)[][] = []
  const add = (kind: string, path: string, name: string) => {
    const parts = path.split('/')
    areas.push([kind, path, parts.at(-2) ?? '', `${parts.slice(0, -2).join('/')}/`, name])
  }
  const doors: (string | number)[][] = []
  const known = new Set<string>()
  for (let household = 0; household < households; household += 1) {
    const place = placeOf(household)
    const path = unitPath(community, place)
    const building = path.split('/').slice(0, -2).join('/') + '/'
    const compound = building.split('/').slice(0, -2).join('/') + '/'
    for (const [kind, one, name] of [
      ['compound', compound, compoundName(place.compound)],
      ['building', building, `${place.building + 1}号楼`],
      ['unit', path, `${place.unit + 1}单元`],
    ] as const)
      if (!known.has(one)) {
        add(kind, one, name)
        known.add(one)
      }
    doors.push([derivedId('dwelling', path, place.door), path, place.floor, place.door])
  }
  const column = (rows: (string | number | null)[][], index: number) => rows.map((row) => row[index])
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into area (district_code, kind, path, code, parent_path, name)
       select $1, a.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as a`,
      [district, ...[0, 1, 2, 3, 4].map((index) => column(areas, index))],
    )
    await client.query(
      `insert into dwelling (district_code, id, path, floor, number)
       select $1, d.* from unnest($2::uuid[], $3::text[], $4::smallint[], $5::text[]) as d`,
      [district, ...[0, 1, 2, 3].map((index) => column(doors, index))],
    )
    await client.query('analyze area, dwelling')
  } finally {
    await client.end()
  }
}

/** What the register has before: strangers behind the doors that are taken, and somebody elsewhere with a number of the file. */
export async function liveBefore(
  ownerUrl: string,
  { district, community, keys }: { district: string; community: string; keys: Keys },
  { elsewhere, taken }: Register,
  households: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const live = async (household: number, identity: string | null) => {
    const place = placeOf(household)
    const path = unitPath(community, place)
    const id = derivedId('before', String(household))
    await client.query(
      `insert into household (district_code, id, dwelling_id, path, moved_in) values ($1, $2, $3, $4, '2011-01-01')`,
      [district, id, derivedId('dwelling', path, place.door), path],
    )
    await client.query(
      `insert into resident (district_code, id, household_id, path, name, relation, identity_index) values ($1, $2, $3, $4, '早先的人', 'head', $5)`,
      [district, derivedId('before', 'resident', String(household)), id, path, identity],
    )
  }
  try {
    for (const household of taken) await live(household, null)
    for (const [count, row] of elsewhere.entries())
      await live(households + count, identityIndex(keys, String(row[at('身份证号码')])))
  } finally {
    await client.end()
  }
}
