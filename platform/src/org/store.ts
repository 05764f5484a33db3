import { sql, type ExpressionBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Position } from '#kernel/cursor.ts'
import type {
  Area,
  AreaKind,
  Building,
  NewOrganisation,
  Organisation,
  OrganisationsQuery,
} from './contract.ts'
import { endOf, lineOf } from './rules.ts'

/** SQL of the tables area, building and organisation. Private to this folder. */

type Tables = {
  area: {
    district_code: string
    path: string
    code: string
    kind: AreaKind
    parent_path: string | null
    name: string
    village: boolean
    lon: number | null
    lat: number | null
  }
  building: {
    district_code: string
    path: string
    floors: number
    units: number
    footprint: [number, number][]
  }
  organisation: {
    district_code: string
    id: string
    kind: Organisation['kind']
    name: string
    short_name: string
    parent_id: string | null
    path: string
    desk_level: Organisation['deskLevel']
    phone: string | null
    active: boolean
    version: number
  }
}

export type AreaRow = Omit<Area, 'place'>

const areaColumns = ['path', 'code', 'kind', 'name', 'village', 'lon', 'lat'] as const

const district = sql<string>`app.district()`

function areas(trx: Trx) {
  return trx.withTables<Tables>().selectFrom('area').where('district_code', '=', district)
}

/** The areas with these paths, in path order; what is not there is left out. */
export async function areasAt(trx: Trx, paths: readonly string[]): Promise<AreaRow[]> {
  if (paths.length === 0) return []
  return areas(trx)
    .where('path', '=', sql<string>`any (${sql.val(paths)}::text[])`)
    .orderBy('path')
    .select(areaColumns)
    .execute()
}

/** Where the area with this code stands in the tree. */
export async function pathOfCode(trx: Trx, code: string): Promise<string | undefined> {
  const found = await areas(trx)
    .where('code', '=', code)
    .orderBy('path')
    .limit(1)
    .select('path')
    .executeTakeFirst()
  return found?.path
}

export async function areasBelow(
  trx: Trx,
  path: string,
): Promise<{ path: string; kind: AreaKind; name: string }[]> {
  return areas(trx)
    .where('path', '>=', path)
    .where('path', '<', endOf(path))
    .orderBy('path')
    .select(['path', 'kind', 'name'])
    .execute()
}

/** The areas directly under one; with null, the district itself. */
export async function areasUnder(trx: Trx, parent: string | null): Promise<AreaRow[]> {
  return areas(trx)
    .where('parent_path', parent === null ? 'is' : '=', parent)
    .orderBy('path')
    .select(areaColumns)
    .execute()
}

/** Areas whose name holds the words; whole names first, then the shortest. Buildings and units only with `under`. */
export async function areasNamed(
  trx: Trx,
  q: string,
  { kind, under, most }: { kind?: AreaKind | undefined; under?: string | undefined; most: number },
): Promise<AreaRow[]> {
  const found = under ? sql`select app.find_areas_under(${q}, ${under})` : sql`select app.find_areas(${q})`
  let query = areas(trx).where('path', '=', sql<string>`any (array(${found}))`)
  if (!under) query = query.where('kind', 'in', ['district', 'subdistrict', 'community', 'compound'])
  if (kind) query = query.where('kind', '=', kind)
  return query
    .orderBy(sql`char_length(name)`)
    .orderBy('path')
    .limit(most)
    .select(areaColumns)
    .execute()
}

/** Areas of a kind whose middle lies in a box; an index over kind and latitude finds them. */
export async function areasWithin(
  trx: Trx,
  kind: AreaKind,
  box: { south: number; north: number; west: number; east: number },
): Promise<AreaRow[]> {
  return areas(trx)
    .where('kind', '=', kind)
    .where('lat', '>=', box.south)
    .where('lat', '<=', box.north)
    .where('lon', '>=', box.west)
    .where('lon', '<=', box.east)
    .select(areaColumns)
    .execute()
}

/** Compounds and communities, by path: few enough to be compared with an address one by one. */
export async function placesWithNames(trx: Trx): Promise<AreaRow[]> {
  return areas(trx)
    .where('kind', '=', sql<AreaKind>`any (${['community', 'compound']}::text[])`)
    .orderBy('path')
    .select(areaColumns)
    .execute()
}

export async function areaOfCode(trx: Trx, code: string): Promise<AreaRow | undefined> {
  return areas(trx).where('code', '=', code).select(areaColumns).executeTakeFirst()
}

export async function areasOfCodes(trx: Trx, codes: readonly string[]): Promise<AreaRow[]> {
  if (codes.length === 0) return []
  return areas(trx)
    .where('code', '=', sql<string>`any (${sql.val(codes)}::text[])`)
    .select(areaColumns)
    .execute()
}

/** Buildings under an area, in path order. */
export async function buildingsUnder(trx: Trx, path: string): Promise<Building[]> {
  return trx
    .withTables<Tables>()
    .selectFrom('building as b')
    .innerJoin('area as a', (join) =>
      join.onRef('a.district_code', '=', 'b.district_code').onRef('a.path', '=', 'b.path'),
    )
    .where('b.district_code', '=', district)
    .where('b.path', '>=', path)
    .where('b.path', '<', endOf(path))
    .orderBy('b.path')
    .select(['b.path', 'a.name', 'b.floors', 'b.units', 'b.footprint'])
    .execute()
}

export async function floorsOf(
  trx: Trx,
  paths: readonly string[],
): Promise<{ path: string; floors: number }[]> {
  return trx
    .withTables<Tables>()
    .selectFrom('building')
    .where('district_code', '=', district)
    .where('path', '=', sql<string>`any (${sql.val(paths)}::text[])`)
    .select(['path', 'floors'])
    .execute()
}

const organisationColumns = [
  'id',
  'kind',
  'name',
  'short_name as shortName',
  'phone',
  'path',
  'desk_level as deskLevel',
  'parent_id as parent',
  'active',
  'version',
] as const

function organisations(trx: Trx) {
  return trx.withTables<Tables>().selectFrom('organisation').where('district_code', '=', district)
}

export async function organisationsById(trx: Trx, ids: readonly string[]): Promise<Organisation[]> {
  if (ids.length === 0) return []
  return organisations(trx)
    .where('id', '=', sql<string>`any (${sql.val(ids)}::uuid[])`)
    .select(organisationColumns)
    .execute()
}

/** The active desk of each area in the lines from the district down to the paths. */
export async function desksOver(trx: Trx, paths: readonly string[]): Promise<Organisation[]> {
  const lines = [...new Set(paths.flatMap(lineOf))]
  return organisations(trx)
    .where('path', '=', sql<string>`any (${sql.val(lines)}::text[])`)
    .where('desk_level', 'is not', null)
    .where('active', '=', true)
    .select(organisationColumns)
    .execute()
}

/** Active desks of these areas and of all below them, in the order of their paths. */
export async function desksWithin(trx: Trx, paths: readonly string[], most: number): Promise<Organisation[]> {
  if (paths.length === 0) return []
  return organisations(trx)
    .where((is) => is.or(paths.map((path) => is.and([is('path', '>=', path), is('path', '<', endOf(path))]))))
    .where('desk_level', 'is not', null)
    .where('active', '=', true)
    .orderBy('path')
    .limit(most)
    .select(organisationColumns)
    .execute()
}

/** Over the place, or in it. Departments stand at the district and are therefore over every place. */
function serves(path: string) {
  return (is: ExpressionBuilder<Tables, 'organisation'>) =>
    is.or([
      is('path', '=', sql<string>`any (${sql.val(lineOf(path))}::text[])`),
      is.and([is('path', '>=', path), is('path', '<', endOf(path))]),
    ])
}

// As an array, so that the rows are fetched by key, however few or many the table holds.
const named = (q: string) => sql<string>`any (array(select app.find_organisations(${q})))`

/** Active organisations that serve a place, the nearest first. */
export async function organisationsServing(
  trx: Trx,
  path: string,
  q: string | undefined,
  most: number,
): Promise<Organisation[]> {
  let query = organisations(trx).where('active', '=', true).where(serves(path))
  if (q) query = query.where('id', '=', named(q))
  return query
    .orderBy(sql`char_length(path)`, 'desc')
    .orderBy('name')
    .orderBy('id')
    .limit(most)
    .select(organisationColumns)
    .execute()
}

/** The same for each of several places, in one statement; a place that nobody serves is missing. */
export async function organisationsServingEach(
  trx: Trx,
  paths: readonly string[],
  most: number,
): Promise<Map<string, Organisation[]>> {
  if (paths.length === 0) return new Map()
  const asked = paths.map((path) => ({ place: path, line: lineOf(path), beyond: endOf(path) }))
  const { rows } = await sql<Organisation & { place: string }>`
    select p.place, o.id, o.kind, o.name, o.short_name as "shortName", o.phone, o.path, o.desk_level as "deskLevel",
      o.parent_id as parent, o.active, o.version
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as p (place text, line text[], beyond text)
    cross join lateral (
      select * from organisation
      where district_code = app.district() and active and (path = any (p.line) or (path >= p.place and path < p.beyond))
      order by char_length(path) desc, name, id limit ${most}) o
    order by p.place, char_length(o.path) desc, o.name, o.id`.execute(trx)
  return new Map(
    [...Map.groupBy(rows, ({ place }) => place)].map(([place, of]) => [
      place,
      of.map(({ place: _, ...organisation }) => organisation),
    ]),
  )
}

/** One page of active organisations by name, and one row more. */
export async function organisationPage(
  trx: Trx,
  { q, path, kind, limit }: Omit<OrganisationsQuery, 'after'>,
  after: Position | null,
): Promise<Organisation[]> {
  let query = organisations(trx).where('active', '=', true)
  if (path) query = query.where(serves(path))
  if (q) query = query.where('id', '=', named(q))
  if (kind) query = query.where('kind', '=', kind)
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.key}, ${after.id}::uuid)`)
  return query
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .select(organisationColumns)
    .execute()
}

/** One organisation, held until the transaction ends. */
export async function lockOrganisation(trx: Trx, id: string): Promise<Organisation | undefined> {
  return organisations(trx).where('id', '=', id).forUpdate().select(organisationColumns).executeTakeFirst()
}

/** Adds an organisation unless the id is there already, or its area has a desk and it would be another. @returns whether it was added. */
export async function addOrganisation(trx: Trx, organisation: NewOrganisation): Promise<boolean> {
  const { id, kind, name, shortName, path, parent, deskLevel, phone } = organisation
  const added = await trx
    .withTables<Tables>()
    .insertInto('organisation')
    .values({
      district_code: district,
      id,
      kind,
      name,
      short_name: shortName,
      path,
      parent_id: parent,
      desk_level: deskLevel,
      phone,
      active: true,
      version: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function changeOrganisation(
  trx: Trx,
  { id, name, shortName, phone, active, version }: Organisation,
): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('organisation')
    .set({ name, short_name: shortName, phone, active, version })
    .where('district_code', '=', district)
    .where('id', '=', id)
    .execute()
}
