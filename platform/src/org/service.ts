import type pg from 'pg'
import { pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type {
  Area,
  AreaKind,
  Building,
  NewOrganisation,
  Organisation,
  OrganisationChange,
  OrganisationsQuery,
} from './contract.ts'
import type { deskLevels } from './contract.ts'
import { lineOf, placeWords } from './rules.ts'
import * as store from './store.ts'
import type { AreaRow } from './store.ts'

/** Places and organisations, for every capability above. Ids and paths in, plain words out; one query for many. */

export type Level = (typeof deskLevels)[number]

/** Most areas that a search by name gives back. */
const mostFound = 20
/** Most organisations offered for one place. */
const mostServing = 200

/** The desk of each level over a place. A level without a desk is missing (OR4). */
export type Desks = Partial<Record<Level, { organisation: string; name: string }>>

export async function desksFor(trx: Trx, path: string): Promise<Desks> {
  return (await desksAmong(trx, [path])).get(path) ?? {}
}

/** The desks over each of several places, in one statement (OR4). */
export async function desksAmong(trx: Trx, paths: readonly string[]): Promise<Map<string, Desks>> {
  const found = await store.desksOver(trx, paths)
  return new Map(
    [...new Set(paths)].map((path) => {
      const desks: Desks = {}
      for (const { id, name, path: area, deskLevel } of found) {
        if (deskLevel && path.startsWith(area)) desks[deskLevel] = { organisation: id, name }
      }
      return [path, desks]
    }),
  )
}

/** The desks of these areas and of all below them, in the order of their paths. */
export async function desksWithin(trx: Trx, paths: readonly string[], most: number): Promise<Organisation[]> {
  return store.desksWithin(trx, paths, most)
}

/** Organisations by id, also those no longer active; what is not there is missing. */
export async function organisationNames(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, Organisation>> {
  const found = await store.organisationsById(trx, [...new Set(ids)])
  return new Map(found.map((organisation) => [organisation.id, organisation]))
}

/** Paths to plain words (OR3). One query for a whole page; an unknown path is missing. */
export async function placeOf(trx: Trx, paths: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(paths)]
  const known = new Map(
    (await store.areasAt(trx, [...new Set(wanted.flatMap(lineOf))])).map((area) => [area.path, area]),
  )
  return new Map(
    wanted.flatMap((path) =>
      known.has(path)
        ? [[path, placeWords(lineOf(path).flatMap((one) => known.get(one) ?? []))] as const]
        : [],
    ),
  )
}

/** Areas by their codes; what is not there is missing. */
export async function areasAtCodes(
  trx: Trx,
  codes: readonly string[],
): Promise<Map<string, { path: string; kind: AreaKind; village: boolean }>> {
  return new Map((await store.areasOfCodes(trx, codes)).map((area) => [area.code, area]))
}

/** The kind of the area with this path, or null when there is none. */
export async function areaExists(trx: Trx, path: string): Promise<AreaKind | null> {
  return (await store.areasAt(trx, [path]))[0]?.kind ?? null
}

async function withPlaces(trx: Trx, rows: readonly AreaRow[]): Promise<Area[]> {
  const places = await placeOf(
    trx,
    rows.map(({ path }) => path),
  )
  return rows.map((row) => ({ ...row, place: places.get(row.path) ?? row.name }))
}

/** The areas directly under one, in the order of the street; with null, the district. */
export async function areasUnder(trx: Trx, parent: string | null): Promise<Area[]> {
  return withPlaces(trx, await store.areasUnder(trx, parent))
}

/** An area and all above it, the district first; empty when there is no such area. */
export async function areaLine(trx: Trx, path: string): Promise<Area[]> {
  const line = await store.areasAt(trx, lineOf(path))
  return line.at(-1)?.path === path ? withPlaces(trx, line) : []
}

/** An area and everything below it, in path order; for whoever reads a whole register. */
export async function areasBelow(
  trx: Trx,
  path: string,
): Promise<{ path: string; kind: AreaKind; name: string }[]> {
  return store.areasBelow(trx, path)
}

/** The area with a code and all above it; empty when there is none. */
export async function areaOfCode(trx: Trx, code: string): Promise<Area[]> {
  const path = await store.pathOfCode(trx, code)
  return path === undefined ? [] : areaLine(trx, path)
}

/** At most 20 areas whose name holds the words. Buildings and units repeat everywhere, so they need `under` (OR5). */
export async function searchAreas(trx: Trx, q: string, kind?: AreaKind, under?: string): Promise<Area[]> {
  return withPlaces(trx, await store.areasNamed(trx, q, { kind, under, most: mostFound }))
}

/** Organisations over a place or in it, nearest first, at most 200; `q` narrows by name. */
export async function organisationsServing(trx: Trx, path: string, q?: string): Promise<Organisation[]> {
  return store.organisationsServing(trx, path, q, mostServing)
}

/** The same for each of several places, in one statement. */
export async function organisationsServingEach(
  trx: Trx,
  paths: readonly string[],
): Promise<Map<string, Organisation[]>> {
  return store.organisationsServingEach(trx, [...new Set(paths)], mostServing)
}

/** One page of organisations by name. */
export async function organisationsFound(
  trx: Trx,
  query: OrganisationsQuery,
): Promise<{ items: Organisation[]; next: string | null }> {
  const after = query.after ? readCursor(query.after) : null
  const { rows, next } = pageOf(
    await store.organisationPage(trx, query, after),
    query.limit,
    ({ name, id }) => ({ key: name, id }),
  )
  return { items: rows, next }
}

/** OR7: adds an organisation that serves an existing area; an area has at most one desk, of its own level. */
export async function addOrganisation(trx: Trx, organisation: NewOrganisation): Promise<Organisation> {
  const { id, path, parent, deskLevel } = organisation
  const kind = await areaExists(trx, path)
  if (kind === null) refuse('record.invalid_reference', { field: 'body.path' })
  if (deskLevel !== null && deskLevel !== kind)
    refuse('record.invalid_reference', { field: 'body.deskLevel' })
  if (parent !== null && !(await organisationNames(trx, [parent])).has(parent))
    refuse('record.invalid_reference', { field: 'body.parent' })
  const added = await store.addOrganisation(trx, organisation)
  const known = (await organisationNames(trx, [id])).get(id)
  // Neither added nor there: the area has a desk already.
  if (!known) refuse('record.invalid_reference', { field: 'body.deskLevel' })
  const same = known.kind === organisation.kind && known.name === organisation.name && known.path === path
  return added || same ? known : refuse('id_taken', { field: 'body.id' })
}

/** Changes an organisation whose `version` the caller has seen. A desk stays: requests always have somewhere to go (RQ1). */
export async function changeOrganisation(
  trx: Trx,
  id: string,
  change: OrganisationChange,
  version: number,
): Promise<Organisation> {
  const known = (await store.lockOrganisation(trx, id)) ?? refuse('record.not_found')
  if (known.version !== version) refuse('changed_meanwhile')
  if (change.active === false && known.deskLevel !== null)
    refuse('record.invalid_reference', { field: 'body.active' })
  const {
    name = known.name,
    shortName = known.shortName,
    phone = known.phone,
    active = known.active,
  } = change
  const changed = { ...known, name, shortName, phone, active, version: version + 1 }
  await store.changeOrganisation(trx, changed)
  return changed
}

/** Path length, in codes, of a compound: district, subdistrict, community, compound. */
const compoundDepth = 4
const communityDepth = 3

/** Buildings of the compound a place lies in, of the community for a community; none above that. */
export async function buildingsNear(trx: Trx, path: string): Promise<Building[]> {
  const line = lineOf(path)
  const around = line[compoundDepth - 1] ?? line[communityDepth - 1]
  return around ? store.buildingsUnder(trx, around) : []
}

/** The districts that live in this installation. Read before any is known, so outside row security; nothing personal. */
export async function homeDistricts(
  pool: pg.Pool,
): Promise<{ district: string; name: string; codePrefix: string }[]> {
  const { rows } = await pool.query<{ district: string; name: string; codePrefix: string }>(
    'select district_code as district, name, code_prefix as "codePrefix" from district order by district_code',
  )
  return rows
}

/** These areas and all above them, by path; what is not there is missing. */
export async function areasAlong(trx: Trx, paths: readonly string[]): Promise<Map<string, AreaRow>> {
  const found = await store.areasAt(trx, [...new Set(paths.flatMap(lineOf))])
  return new Map(found.map((area) => [area.path, area]))
}

/** Storeys of buildings, by path. */
export async function floorsOf(trx: Trx, buildings: readonly string[]): Promise<Map<string, number>> {
  return new Map(
    (await store.floorsOf(trx, [...new Set(buildings)])).map(({ path, floors }) => [path, floors]),
  )
}
