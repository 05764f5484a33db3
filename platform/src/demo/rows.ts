import { phoneIndex } from '#access/reporters.ts'
import { seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { initials } from '#text/pinyin.ts'
import { careOf, noteOf } from './care.ts'
import type { Filling, Row } from './copy.ts'
import { dutyColumns, dutySince, employersOf, holdersOf } from './duties.ts'
import type { liaisonsByUnit } from './duties.ts'
import type { Household } from './households.ts'
import type { Random } from './prng.ts'
import type { Area } from './geography.ts'
import { buildingsOf } from './geography.ts'
import type { World } from './world.ts'
import { iso } from './simulation.ts'

/** Places, organisations and the people who serve, in the order in which they refer to each other. */
export function groundRows(world: World, prefix: string): Filling[] {
  const { geography, organisations, staff } = world
  const district = geography.district.code
  const since = iso(world.since)
  const employers = employersOf(world)
  return [
    {
      table: 'district',
      columns: ['district_code', 'name', 'code_prefix'],
      rows: [[district, geography.district.name, prefix]],
    },
    {
      table: 'area',
      columns: ['district_code', 'path', 'code', 'kind', 'parent_path', 'name', 'village', 'lon', 'lat'],
      rows: map(areasOf(world), (a) => [
        district,
        a.path,
        a.code,
        a.kind,
        a.parentPath,
        a.name,
        a.village,
        a.lon,
        a.lat,
      ]),
    },
    {
      table: 'building',
      columns: ['district_code', 'path', 'floors', 'units', 'footprint'],
      rows: map(buildingsOf(geography), (b) => [
        district,
        b.area.path,
        b.plan.floors,
        b.units.length,
        b.ring,
      ]),
    },
    {
      table: 'organisation',
      columns: [
        'district_code',
        'id',
        'kind',
        'name',
        'short_name',
        'parent_id',
        'path',
        'desk_level',
        'phone',
      ],
      rows: map(organisations.all, (o) => [
        district,
        o.id,
        o.kind,
        o.name,
        o.shortName,
        o.parent,
        o.path,
        o.deskLevel,
        o.phone,
      ]),
    },
    {
      table: 'person',
      columns: ['district_code', 'id', 'name', 'work_phone', 'login', 'created_at', 'employer_id'],
      rows: map(staff.people, (p) => [
        district,
        p.id,
        p.name,
        p.phone,
        p.login,
        since,
        employers.get(p) ?? null,
      ]),
    },
    {
      table: 'person_initials',
      columns: ['district_code', 'person_id', 'initials'],
      rows: map(staff.people, (p) => [district, p.id, initials(p.name)]),
    },
    {
      table: 'post',
      columns: [
        'district_code',
        'id',
        'person_id',
        'organisation_id',
        'role',
        'path',
        'backup_person_id',
        'valid_from',
      ],
      rows: map(staff.posts, (p) => [
        district,
        p.id,
        p.person.id,
        p.organisation.id,
        p.role,
        p.path,
        p.backup?.id ?? null,
        since,
      ]),
    },
  ]
}

export function* areasOf({ geography, units }: World): Generator<Area> {
  yield geography.district
  for (const subdistrict of geography.subdistricts) {
    yield subdistrict.area
    for (const community of subdistrict.communities) {
      yield community.area
      for (const compound of community.compounds) yield compound.area
    }
  }
  for (const building of buildingsOf(geography)) yield building.area
  for (const unit of units) yield unit.area
}

/** Rows of one stretch of stairwells. */
export type Homes = { dwellings: Row[]; households: Row[]; residents: Row[]; care: Row[]; duties: Row[] }

export const homeColumns = {
  dwellings: ['district_code', 'id', 'path', 'floor', 'number'],
  households: ['district_code', 'id', 'dwelling_id', 'path', 'moved_in', 'note'],
  residents: [
    'district_code',
    'id',
    'household_id',
    'path',
    'name',
    'relation',
    'birth_year',
    'phone_sealed',
    'phone_index',
    'away_kind',
    'away_until',
  ],
  care: [
    'district_code',
    'id',
    'resident_id',
    'household_id',
    'path',
    'kind',
    'basis',
    'consented_at',
    'statute',
    'review_on',
    'plan',
  ],
  duties: dutyColumns,
} as const

type Liaisons = ReturnType<typeof liaisonsByUnit>

/** Draws who lives in some stairwells and whose duty their doors are; phones are sealed as the register seals them. */
export function homesOf(world: World, units: World['units'], keys: Keys, liaisons: Liaisons): Homes {
  const homes: Homes = { dwellings: [], households: [], residents: [], care: [], duties: [] }
  const district = world.geography.district.code
  const given = dutySince(world)
  for (const unit of units) {
    const { path, code } = unit.area
    const random = world.random.fork(`register/${code}`)
    const doors = [...world.dwellings(unit)]
    for (const { id, floor, number, household } of doors) {
      homes.dwellings.push([district, id, path, floor, number])
      if (household) fillHousehold(homes, household, { world, keys, random, path, door: id })
    }
    for (const { dwelling, person } of holdersOf(doors, liaisons.get(path) ?? []))
      homes.duties.push([district, random.uuid(world.since), dwelling, path, person.id, given])
  }
  return homes
}

function fillHousehold(
  homes: Homes,
  household: Household,
  at: { world: World; keys: Keys; random: Random; path: string; door: string },
): void {
  const { world, keys, random, path, door } = at
  const district = world.geography.district.code
  const now = world.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  homes.households.push([district, household.id, door, path, household.movedIn, noteOf(random)])
  const alone = household.residents.filter(({ away }) => away === null).length === 1
  for (const resident of household.residents) {
    const { phone, away } = resident
    homes.residents.push([
      district,
      resident.id,
      household.id,
      path,
      resident.name,
      resident.relation,
      resident.birthYear,
      phone === null ? null : seal(keys, phone, `resident.phone:${resident.id}`),
      phone === null ? null : phoneIndex(keys, phone),
      away?.kind ?? null,
      away?.until ?? null,
    ])
    if (away) continue
    if (resident.relation === 'head' && random.chance(0.004))
      homes.residents.push(
        enteredTwice(resident, { household: nextDoor(homes, path, random), district, path, keys, random }),
      )
    for (const care of careOf(resident, { alone, since: world.since, now }, random))
      homes.care.push([
        district,
        care.id,
        resident.id,
        household.id,
        path,
        care.kind,
        care.statute === null ? 'consent' : 'statutory',
        care.consentedAt,
        care.statute,
        care.reviewOn,
        care.plan,
      ])
  }
}

/** The household in hand, or the one before it in the same stairwell: typed under the wrong door. */
function nextDoor(homes: Homes, path: string, random: Random): string {
  const before = homes.households.at(-2)
  const own = homes.households.at(-1)
  const chosen = before?.[3] === path && random.chance(0.5) ? before : own
  const id = chosen?.[1]
  return typeof id === 'string' ? id : ''
}

/** Somebody who stands in the register twice: typed in again, with the same phone. */
function enteredTwice(
  { name, birthYear, phone }: Household['residents'][number],
  at: { household: string; district: string; path: string; keys: Keys; random: Random },
): Row {
  const id = at.random.uuid(Date.UTC(2026, 0, 1))
  return [
    at.district,
    id,
    at.household,
    at.path,
    name,
    'other',
    birthYear,
    phone === null ? null : seal(at.keys, phone, `resident.phone:${id}`),
    phone === null ? null : phoneIndex(at.keys, phone),
    null,
    null,
  ]
}

function* map<T>(list: Iterable<T>, row: (item: T) => Row): Generator<Row> {
  for (const item of list) yield row(item)
}
