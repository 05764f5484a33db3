import { writeXlsxStream } from 'hucre/xlsx'
import pg from 'pg'
import { csvValue } from '#kernel/csv.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { checkCharacter } from '#households/identity.ts'
import { identityIndex } from '#households/stored.ts'
import type { CellFault } from './check.ts'
import text from './data/register-fixture.json' with { type: 'json' }

/** A made-up register in a district's own words, with errors planted in cells that are known. Nobody of it lives. */

export const header: string[] = Object.values(text.columns)
type ColumnName = keyof typeof text.columns
const at = (name: ColumnName) => header.indexOf(text.columns[name])

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

/** Counted from nought, said from one. */
const said = (words: string, index: number) => words.replace('{n}', String(index + 1))

/** The path of a stairwell under a community. */
function unitPath(community: string, { compound, building, unit }: ReturnType<typeof placeOf>): string {
  const code = community.split('/').at(-2) ?? ''
  const first = `${code}${String(compound + 500).padStart(3, '0')}`
  const second = `${first}${String(building + 1).padStart(3, '0')}`
  return `${community}${first}/${second}/${second}${String(unit + 1).padStart(2, '0')}/`
}

const pick = (signs: string, number: number) => signs[number % signs.length] ?? ''

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

/** The members of a household as rows; person numbers run on over the whole file. */
function members(household: number): Cell[][] {
  const place = placeOf(household)
  return text.relations.slice(0, 1 + (household % 3)).map((relation, member) => {
    const person = household * 3 + member
    const year = bornIn(person)
    const row: Cell[] = header.map(() => '')
    row[at('number')] = person + 1
    row[at('compound')] = said(text.compound, place.compound)
    row[at('building')] = said(text.building, place.building)
    row[at('unit')] = said(text.unit, place.unit)
    row[at('door')] = place.door
    row[at('name')] =
      pick(text.surnames, household) +
      pick(text.given, person) +
      pick(text.given, Math.floor(person / 29) + 7)
    row[at('relation')] = relation
    row[at('identity')] = identityOf(person, year)
    row[at('phone')] = `100${String(person).padStart(8, '0')}`
    row[at('birth')] = String(year)
    row[at('political')] = text.usual.political
    row[at('movedIn')] = '2019-05-01'
    row[at('away')] = person % 17 === 0 ? text.usual.away : ''
    if (person % 41 === 0) {
      row[at('care')] = text.usual.care
      row[at('consent')] = '2026-03-01'
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

const set = (code: CellFault, column: ColumnName, value: Cell, member?: 1): Plant => ({
  code,
  col: at(column),
  ...(member && { member }),
  change: (row) => void (row[at(column)] = value),
})

/** A way to be wrong for every kind there is; the last two are wrong only against what the register has. */
const plants: readonly Plant[] = [
  set('name.missing', 'name', ''),
  set('name.unfit', 'name', text.wrong.name),
  set('relation.missing', 'relation', ''),
  set('relation.unknown', 'relation', text.wrong.relation),
  set('relation.second_head', 'relation', text.relations[0] ?? '', 1),
  set('identity.length', 'identity', '13100319500101001'),
  set('identity.rounded', 'identity', 1.310_031_950_010_1e17),
  {
    code: 'identity.date',
    col: at('identity'),
    change: (row) => void (row[at('identity')] = '131003195002300018'),
  },
  {
    code: 'identity.check_digit',
    col: at('identity'),
    change(row) {
      const number = String(row[at('identity')])
      row[at('identity')] = number.slice(0, 17) + (number.endsWith('1') ? '2' : '1')
    },
  },
  {
    code: 'identity.twice',
    col: at('identity'),
    change(row, other) {
      row[at('identity')] = other[at('identity')] ?? ''
      row[at('birth')] = other[at('birth')] ?? ''
    },
  },
  set('phone.unfit', 'phone', '1001234'),
  set('birth.unfit', 'birth', text.wrong.birth),
  set('birth.differs', 'birth', '1901'),
  set('place.unknown_compound', 'compound', text.wrong.compound),
  set('place.unknown_building', 'building', text.wrong.building),
  set('place.unknown_unit', 'unit', text.wrong.unit),
  set('place.unknown_door', 'door', '9901'),
  set('door.missing', 'door', ''),
  {
    code: 'place.missing',
    col: at('building'),
    change: (row) => void (row[at('compound')] = row[at('building')] = row[at('unit')] = ''),
  },
  set('moved_in.unfit', 'movedIn', text.wrong.movedIn),
  set('moved_in.future', 'movedIn', '2031-01-01'),
  set('away.unknown', 'away', text.wrong.away),
  {
    code: 'care.unknown',
    col: at('care'),
    change: (row) => void ([row[at('care')], row[at('consent')]] = [text.wrong.care, '2026-03-01']),
  },
  {
    code: 'care.no_basis',
    col: at('consent'),
    change: (row) => void ([row[at('care')], row[at('consent')]] = [text.usual.disability, '']),
  },
  {
    code: 'care.consent_date',
    col: at('consent'),
    change: (row) => void ([row[at('care')], row[at('consent')]] = [text.usual.disability, '2039-01-01']),
  },
  {
    code: 'minor.no_consent',
    col: at('birth'),
    change: (row) =>
      void ([row[at('identity')], row[at('birth')], row[at('care')]] = ['', text.wrong.minor, '']),
  },
  set('cell.too_long', 'name', text.wrong.long.repeat(201)),
  set('cell.characters', 'name', text.wrong.characters),
  { code: 'identity.elsewhere', col: at('identity'), change: () => undefined },
  { code: 'household.taken', col: at('door'), change: () => undefined },
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
          for (const name of ['compound', 'building', 'unit', 'door'] as const)
            row[at(name)] = rows[0]?.[at(name)] ?? ''
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
  const stream = writeXlsxStream([header, ...rows], { name: text.sheet })
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
      ['compound', compound, said(text.compound, place.compound)],
      ['building', building, said(text.building, place.building)],
      ['unit', path, said(text.unit, place.unit)],
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
      `insert into resident (district_code, id, household_id, path, name, relation, identity_index) values ($1, $2, $3, $4, $6, 'head', $5)`,
      [district, derivedId('before', 'resident', String(household)), id, path, identity, text.before],
    )
  }
  try {
    for (const household of taken) await live(household, null)
    for (const [count, row] of elsewhere.entries())
      await live(households + count, identityIndex(keys, String(row[at('identity')])))
  } finally {
    await client.end()
  }
}
