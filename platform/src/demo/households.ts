import cast from './data/cast.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import type { Unit } from './geography.ts'
import { demoPhone, drawName, drawSurname, type Gender } from './names.ts'
import type { Random } from './prng.ts'

export type Relation = 'head' | 'spouse' | 'child' | 'parent' | 'grandparent' | 'tenant' | 'other'
/** Only what the register may hold: who, how related, how old, and one phone a household. */
export type Resident = {
  id: string
  name: string
  relation: Relation
  birthYear: number
  phone: string | null
  away: { kind: 'study' | 'work'; until: string } | null
}
export type Household = { id: string; movedIn: string; residents: Resident[] }
export type Dwelling = { id: string; floor: number; number: string; household: Household | null }

/**
 * The dwellings of one unit and who lives in them. Always the same for the same unit, so that whoever needs a resident
 * later draws the unit again instead of keeping 600,000 people in memory.
 *
 * @param first number of the unit's first household in the whole district, from which the phone numbers come.
 */
export function* dwellingsOf(
  unit: Unit,
  random: Random,
  first: number,
  now: Temporal.PlainDate,
): Generator<Dwelling> {
  const since = Date.UTC(now.year - 1, 0, 15)
  const empty = drawEmpty(unit, random)
  const keep = starring(unit)
  // A drawn resident's home is never one of the empty ones.
  for (const star of keep)
    moveEmpty(
      empty,
      indexOf(unit, star.number),
      unit.floors * unit.doors,
      keep.map((s) => indexOf(unit, s.number)),
    )
  let n = first
  for (let i = 0; i < unit.floors * unit.doors; i++) {
    const floor = Math.floor(i / unit.doors) + 1
    const number = unit.area.village
      ? `${i + 1}`
      : `${floor}${((i % unit.doors) + 1).toString().padStart(2, '0')}`
    const id = random.uuid(since)
    if (empty.has(i)) {
      yield { id, floor, number, household: null }
      continue
    }
    const star = keep.find((one) => one.number === number)
    const household = drawHousehold(
      random,
      since,
      demoPhone(HOUSEHOLD_PHONES + n++),
      now.year,
      unit.area.village,
    )
    const [head] = household.residents
    if (star && head) {
      household.residents.splice(1)
      Object.assign(head, { name: star.name, relation: 'head', birthYear: star.birthYear, phone: star.phone })
      if (star.child) {
        const away = { kind: 'work', until: `${now.year + 1}-02-01` } as const
        household.residents.push({
          ...star.child,
          id: random.fork(number).uuid(since),
          relation: 'child',
          phone: null,
          away,
        })
      }
    } else sendAway(household, random.fork(`away/${number}`), now)
    yield { id, floor, number, household }
  }
}

/** Staff phones are numbered from 0, households from here. */
const HOUSEHOLD_PHONES = 1_000_000

/** Grown children study or work elsewhere, until summer or the Spring Festival. */
function sendAway(household: Household, random: Random, now: Temporal.PlainDate): void {
  for (const one of household.residents) {
    const age = now.year - one.birthYear
    if (one.relation !== 'child' || age < 18) continue
    if (age <= 23 && random.chance(0.5)) one.away = { kind: 'study', until: `${now.year + 1}-07-01` }
    else if (age > 23 && random.chance(0.25)) one.away = { kind: 'work', until: `${now.year + 1}-02-01` }
  }
}

type Star = {
  name: string
  number: string
  birthYear: number
  phone: string
  child?: { name: string; birthYear: number }
}

function starring(unit: Unit): Star[] {
  const building = unit.building.area.code
  return ([cast.resident, cast.neighbour] as (Star & { building: number; unit: number })[]).filter((star) => {
    const code = `${places.showcase.community}001${star.building.toString().padStart(3, '0')}`
    return building === code && unit.area.code === `${code}${star.unit.toString().padStart(2, '0')}`
  })
}

function indexOf(unit: Unit, number: string): number {
  return (Number(number.slice(0, -2)) - 1) * unit.doors + Number(number.slice(-2)) - 1
}

function moveEmpty(empty: Set<number>, taken: number, size: number, keep: number[]): void {
  if (!empty.delete(taken)) return
  for (let i = 0; i < size; i++) {
    if (empty.has(i) || keep.includes(i)) continue
    empty.add(i)
    return
  }
}

function drawEmpty(unit: Unit, random: Random): Set<number> {
  const empty = new Set<number>()
  while (empty.size < unit.vacant) empty.add(random.between(0, unit.floors * unit.doors - 1))
  return empty
}

function drawHousehold(
  random: Random,
  since: number,
  phone: string,
  year: number,
  village: boolean,
): Household {
  const gender: Gender = random.chance(0.35) ? 'female' : 'male'
  const surname = drawSurname(random)
  const residents: Resident[] = []
  const add = (relation: Relation, birthYear: number, sex?: Gender, family?: string) => {
    const name = drawName(random, sex, family)
    residents.push({
      id: random.uuid(since),
      name,
      relation,
      birthYear,
      phone: residents.length === 0 ? phone : null,
      away: null,
    })
  }
  const other: Gender = gender === 'male' ? 'female' : 'male'
  const moved = `${random.between(year - 22, year - 1)}-${random.between(1, 12).toString().padStart(2, '0')}-01`
  const kind = random.weighted(village ? [14, 26, 24, 12, 20, 4] : [13, 22, 20, 20, 12, 13])
  if (kind === 5) {
    for (let i = random.between(1, 3); i > 0; i--) add('tenant', year - random.between(21, 45))
    return { id: random.uuid(since), movedIn: moved, residents }
  }
  const age =
    kind === 0 ? random.between(55, 88) : kind === 1 ? random.between(58, 82) : random.between(31, 58)
  add('head', year - age, gender, surname)
  if (kind >= 1) add('spouse', year - age + random.between(-3, 3), other)
  // Children under 14 are left out: the law asks for separate consent, and the demo has nobody to ask.
  if (kind >= 2 && age >= 38)
    add('child', year - random.between(14, Math.max(14, age - 23)), undefined, surname)
  if (kind === 3 && age >= 44)
    add('child', year - random.between(14, Math.max(14, age - 25)), undefined, surname)
  if (kind === 4)
    add(
      'parent',
      year - Math.min(92, age + random.between(23, 30)),
      random.chance(0.6) ? 'female' : 'male',
      random.chance(0.4) ? surname : undefined,
    )
  return { id: random.uuid(since), movedIn: moved, residents }
}
