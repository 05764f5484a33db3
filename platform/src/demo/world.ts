import { generateGeography, buildingsOf } from './geography.ts'
import type { DemoSize, Geography, Unit } from './geography.ts'
import { dwellingsOf } from './households.ts'
import type { Dwelling } from './households.ts'
import { generateOrganisations } from './organisations.ts'
import type { Organisations } from './organisations.ts'
import { generateStaff } from './people.ts'
import type { Staff } from './people.ts'
import { seededRandom } from './prng.ts'
import type { Random } from './prng.ts'

/** Change it and another district stands there. */
const SEED = 'guangyang'

/** The whole made-up district except its dwellings and requests, which are drawn when asked for. */
export type World = {
  size: DemoSize
  now: Temporal.Instant
  /** When everything had been set up, as epoch milliseconds. */
  since: number
  geography: Geography
  organisations: Organisations
  staff: Staff
  units: Unit[]
  dwellings(unit: Unit): Generator<Dwelling>
  random: Random
}

export function generateWorld(size: DemoSize, now: Temporal.Instant): World {
  const random = seededRandom(SEED)
  const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const since = now.epochMilliseconds - 400 * 86_400_000
  const geography = generateGeography(random.fork('geography'), size)
  const organisations = generateOrganisations(geography, random.fork('organisations'), since)
  const staff = generateStaff(geography, organisations, random.fork('staff'), since)
  const units = buildingsOf(geography).flatMap((building) => building.units)
  const first = new Map<Unit, number>()
  let households = 0
  for (const unit of units) {
    first.set(unit, households)
    households += unit.households
  }
  const homes = random.fork('homes')
  const dwellings = (unit: Unit) => dwellingsOf(unit, homes.fork(unit.area.code), first.get(unit) ?? 0, today)
  return { size, now, since, geography, organisations, staff, units, dwellings, random }
}
