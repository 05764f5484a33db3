import { phoneIndex } from '#access/reporters.ts'
import { seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { initials } from '#text/pinyin.ts'
import type { Row } from './copy.ts'
import type { Area } from './geography.ts'
import { buildingsOf } from './geography.ts'
import type { World } from './world.ts'
import { iso } from './simulation.ts'

/** What goes into one table: its columns, and the rows as they are drawn. */
export type Filling = { table: string; columns: readonly string[]; rows: Iterable<Row> }

/** Places, organisations and the people who serve, in the order in which they refer to each other. */
export function groundRows(world: World, prefix: string): Filling[] {
  const { geography, organisations, staff } = world
  const district = geography.district.code
  const since = iso(world.since)
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
      columns: ['district_code', 'id', 'name', 'work_phone', 'login', 'created_at'],
      rows: map(staff.people, (p) => [district, p.id, p.name, p.phone, p.login, since]),
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

/** Rows of the three tables of one stretch of stairwells. */
export type Homes = { dwellings: Row[]; households: Row[]; residents: Row[] }

export const homeColumns = {
  dwellings: ['district_code', 'id', 'path', 'floor', 'number'],
  households: ['district_code', 'id', 'dwelling_id', 'path', 'moved_in'],
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
  ],
} as const

/** Draws who lives in some stairwells; phones are sealed as the register seals them. */
export function homesOf(world: World, units: World['units'], keys: Keys): Homes {
  const homes: Homes = { dwellings: [], households: [], residents: [] }
  const district = world.geography.district.code
  for (const unit of units) {
    const { path } = unit.area
    for (const { id, floor, number, household } of world.dwellings(unit)) {
      homes.dwellings.push([district, id, path, floor, number])
      if (!household) continue
      homes.households.push([district, household.id, id, path, household.movedIn])
      for (const resident of household.residents) {
        const { phone } = resident
        const sealed = phone === null ? null : seal(keys, phone, `resident.phone:${resident.id}`)
        const index = phone === null ? null : phoneIndex(keys, phone)
        homes.residents.push([
          district,
          resident.id,
          household.id,
          path,
          resident.name,
          resident.relation,
          resident.birthYear,
          sealed,
          index,
        ])
      }
    }
  }
  return homes
}

function* map<T>(list: Iterable<T>, row: (item: T) => Row): Generator<Row> {
  for (const item of list) yield row(item)
}
