import { checkCharacter, spelledIdentity } from '#households/identity.ts'
import type { Field } from './fields.ts'
import { isSensitive } from './fields.ts'
import type { Places } from './places.ts'
import {
  isNothing,
  listed,
  masked,
  meaning,
  placeKey,
  readDay,
  readPhone,
  readYear,
  wordsOf,
} from './rules.ts'
import type { SheetRow } from './read/source.ts'

/** One row of a register: what it says, or each cell that is wrong and why. Pure: knows neither database nor clock. */

export const cellFaults = [
  'name.missing',
  'name.unfit',
  'relation.missing',
  'relation.unknown',
  'relation.second_head',
  'identity.length',
  'identity.date',
  'identity.check_digit',
  'identity.rounded',
  'identity.twice',
  'identity.elsewhere',
  'identity.other',
  'phone.unfit',
  'birth.unfit',
  'birth.differs',
  'place.missing',
  'place.unread',
  'place.unknown_community',
  'place.unknown_compound',
  'place.unknown_building',
  'place.unknown_unit',
  'place.unknown_door',
  'place.ambiguous',
  'door.missing',
  'row.twice',
  'household.taken',
  'moved_in.unfit',
  'moved_in.future',
  'away.unknown',
  'away.until',
  'care.unknown',
  'care.no_basis',
  'care.consent_date',
  'care.review',
  'minor.no_consent',
  'cell.too_long',
  'cell.characters',
] as const
export type CellFault = (typeof cellFaults)[number]

/** `col` counts from 0; -1 when no cell of the row is to blame more than another. `shown` is masked where it must be. */
export type CellError = {
  row: number
  col: number
  code: CellFault
  params: Record<string, string | number>
  shown: string
}

export type Mapping = readonly (Field | null)[]

export type CareSaid = {
  kinds: string[]
  basis: 'consent' | 'statutory'
  consentedAt: string | null
  statute: string | null
  reviewOn: string
}

/** What a row says, in the notation of the register. Null: the cell is empty, and what is known stays. */
export type Said = {
  row: number
  path: string
  door: string
  name: string
  relation: string
  identity: string | null
  phone: string | null
  birthYear: number | null
  movedIn: string | null
  away: { kind: string; until: string | null } | null
  care: CareSaid | null
}

export type Checking = { mapping: Mapping; places: Places; today: string }

const longestName = 40
const longestText = 200
const youngestAlone = 14

/** The cells of a row by the field they hold, and where an error about a field is shown. */
function cellsOf(mapping: Mapping, row: SheetRow) {
  const errors: CellError[] = []
  const column = (field: Field): number => mapping.indexOf(field)
  const text = (field: Field): string => row.cells[column(field)] ?? ''
  const wrong = (field: Field, code: CellFault, params: CellError['params'] = {}): void => {
    const col = column(field)
    const shown = text(field).slice(0, 60)
    const isPrivate = isSensitive('households', field)
    errors.push({ row: row.row, col, code, params, shown: isPrivate ? masked(shown) : shown })
  }
  for (const [col, field] of mapping.entries()) {
    const cell = field === null ? '' : (row.cells[col] ?? '')
    if (field === null || cell === '') continue
    if (cell.length > longestText) wrong(field, 'cell.too_long', { most: longestText })
    else if (/[\p{Cc}\u{FFFD}]/u.test(cell)) wrong(field, 'cell.characters')
  }
  return { column, text, wrong, errors, has: (field: Field) => column(field) >= 0 }
}

type Cells = ReturnType<typeof cellsOf>

/** What the row says; when errors came of it they are all that counts. */
export function checkRow(
  row: SheetRow,
  { mapping, places, today }: Checking,
): { said: Said } | { errors: CellError[] } {
  const cells = cellsOf(mapping, row)
  if (cells.errors.length > 0) return { errors: cells.errors }
  const { text, wrong, errors } = cells
  const place = placeOf(cells, places)
  const name = text('name')
  if (name === '') wrong('name', 'name.missing')
  else if (name.length > longestName || /\d/.test(name)) wrong('name', 'name.unfit', { most: longestName })
  const relation = meaning('relations', text('relation'))
  if (text('relation') === '') wrong('relation', 'relation.missing')
  else if (relation === undefined) wrong('relation', 'relation.unknown', { known: wordsOf('relations') })
  const phone = readPhone(text('phone'))
  if (text('phone') !== '' && phone === null) wrong('phone', 'phone.unfit')
  const { identity, birthYear } = personOf(cells, row, today)
  const movedIn = readDay(text('movedIn'))
  if (text('movedIn') !== '' && movedIn === null) wrong('movedIn', 'moved_in.unfit')
  else if (movedIn !== null && movedIn > today) wrong('movedIn', 'moved_in.future')
  const away = awayOf(cells)
  const care = careOf(cells, today)
  const youngest = Number(today.slice(0, 4)) - youngestAlone
  if (birthYear !== null && birthYear > youngest && care === null)
    wrong(cells.has('birth') && text('birth') !== '' ? 'birth' : 'identity', 'minor.no_consent', {
      age: youngestAlone,
    })
  if (errors.length > 0 || !place || relation === undefined) return { errors }
  return { said: { row: row.row, ...place, name, relation, identity, phone, birthYear, movedIn, away, care } }
}

function placeOf({ text, wrong, has }: Cells, places: Places): { path: string; door: string } | null {
  if (has('place') && text('place') !== '') {
    const found = places.read(text('place'), text('community'))
    if ('door' in found) return found
    wrong('place', found.fault)
    return null
  }
  if (has('place') && !has('door')) {
    wrong('place', 'place.missing')
    return null
  }
  const found = places.find({
    community: text('community'),
    compound: text('compound'),
    building: text('building'),
    unit: text('unit'),
  })
  if ('fault' in found) wrong(found.level, found.fault)
  const door = placeKey('door', text('door'))
  if (door === '') wrong('door', 'door.missing')
  return 'fault' in found || door === '' ? null : { path: found.path, door }
}

/** Identity number and year of birth, which must not say different things. */
function personOf({ text, column, wrong }: Cells, row: SheetRow, today: string) {
  const given = spelledIdentity(text('identity'))
  let identity: string | null = null
  if (given !== '') {
    if (row.rounded?.includes(column('identity'))) wrong('identity', 'identity.rounded')
    else if (!/^\d{17}[\dX]$/.test(given)) wrong('identity', 'identity.length')
    else {
      const born = readDay(given.slice(6, 14))
      if (born === null || born > today || born < '1900') wrong('identity', 'identity.date')
      else if (checkCharacter(given.slice(0, 17)) !== given[17]) wrong('identity', 'identity.check_digit')
      else identity = given
    }
  }
  let birthYear = readYear(text('birth'))
  const thisYear = Number(today.slice(0, 4))
  if (text('birth') !== '' && (birthYear === null || birthYear > thisYear)) {
    wrong('birth', 'birth.unfit')
    birthYear = null
  }
  const told = identity === null ? null : Number(identity.slice(6, 10))
  if (told !== null && birthYear !== null && told !== birthYear)
    wrong('birth', 'birth.differs', { year: told })
  return { identity, birthYear: birthYear ?? told }
}

function awayOf({ text, wrong }: Cells): Said['away'] {
  if (text('away') === '') return null
  const kind = meaning('away', text('away'))
  if (kind === undefined) {
    wrong('away', 'away.unknown', { known: wordsOf('away') })
    return null
  }
  const until = readDay(text('awayUntil'))
  if (text('awayUntil') !== '' && until === null) wrong('awayUntil', 'away.until')
  return kind === 'none' ? null : { kind, until }
}

/** Boundary 2: what somebody is in need of is taken with consent or a ground of law, and with a day to look again. */
function careOf({ text, wrong, has }: Cells, today: string): CareSaid | null {
  if (isNothing(text('care'))) return null
  const kinds: string[] = []
  for (const word of listed(text('care'))) {
    const kind = meaning('care', word)
    if (kind === undefined) wrong('care', 'care.unknown', { known: wordsOf('care') })
    else if (!kinds.includes(kind)) kinds.push(kind)
  }
  const consentedAt = readDay(text('careConsent'))
  const statute = text('careBasis')
  if (text('careConsent') !== '' && (consentedAt === null || consentedAt > today))
    wrong('careConsent', 'care.consent_date')
  else if (consentedAt === null && statute === '')
    wrong(has('careConsent') ? 'careConsent' : 'care', 'care.no_basis')
  const review = readDay(text('careReview'))
  if (text('careReview') !== '' && (review === null || review <= today)) wrong('careReview', 'care.review')
  const basis = consentedAt === null ? 'statutory' : 'consent'
  const reviewOn =
    review ??
    `${Number(today.slice(0, 4)) + 1}${today.slice(4, 8)}${today.slice(8) === '29' ? '28' : today.slice(8)}`
  return { kinds, basis, consentedAt, statute: basis === 'statutory' ? statute : null, reviewOn }
}
