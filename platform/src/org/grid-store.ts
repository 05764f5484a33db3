import { sql } from 'kysely'
import { oneAtATime } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import type { AreaKind } from './contract.ts'
import type { GridKind, Part } from './hierarchy.ts'

/** SQL of grids, their parts and the levels of a district. Private to this folder. */

export type GridLine = { path: string; kind: GridKind }

export async function gridsUnder(trx: Trx, path: string): Promise<GridLine[]> {
  const { rows } = await sql<GridLine>`
    select path, grid_kind as kind from area
    where district_code = app.district() and kind = 'grid' and path >= ${path} collate "C" and path < (${path} || chr(1114111)) collate "C"
    order by path`.execute(trx)
  return rows
}

/** Parts of grids on a day. */
export async function partsOn(trx: Trx, day: string): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select part_path as part, grid_path as grid from grid_part
    where district_code = app.district() and valid_from <= ${day}::date and (valid_until is null or valid_until > ${day}::date)
    order by part_path`.execute(trx)
  return rows
}

/** Parts that have no end, after everybody who is changing some has done so. */
export async function lockParts(trx: Trx): Promise<Part[]> {
  await oneAtATime(trx, 'grid_part')
  const { rows } = await sql<Part>`
    select part_path as part, grid_path as grid from grid_part where district_code = app.district() and valid_until is null`.execute(
    trx,
  )
  return rows
}

/** Gives parts to a grid from a day on; whom they were with before stays known. */
export async function putParts(
  trx: Trx,
  grid: string,
  parts: readonly string[],
  from: string,
): Promise<void> {
  await sql`
    update grid_part set valid_until = greatest(valid_from, ${from}::date)
    where district_code = app.district() and part_path = any (${sql.val(parts)}::text[]) and grid_path <> ${grid} and valid_until is null`.execute(
    trx,
  )
  await sql`
    insert into grid_part (district_code, id, part_path, grid_path, valid_from)
    select app.district(), gen_random_uuid(), p, ${grid}, ${from}::date from unnest(${sql.val(parts)}::text[]) as p
    on conflict (district_code, part_path) where valid_until is null do nothing`.execute(trx)
}

export type NewArea = {
  path: string
  code: string
  kind: AreaKind
  parent: string
  name: string
  village: boolean
  gridKind: GridKind | null
}

/** Adds areas, or takes a new name over. @returns how many are new. */
export async function putAreas(trx: Trx, areas: readonly NewArea[]): Promise<number> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into area as known (district_code, path, code, kind, parent_path, name, village, grid_kind)
    select app.district(), a.path, a.code, a.kind, a.parent, a.name, a.village, a."gridKind"
    from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb)
      as a (path text, code text, kind text, parent text, name text, village boolean, "gridKind" text)
    on conflict (district_code, path) do update set name = excluded.name where known.name <> excluded.name
    returning xmax = 0 as fresh`.execute(trx)
  return rows.filter(({ fresh }) => fresh).length
}

export async function levelsOf(trx: Trx): Promise<{ kind: AreaKind; under: AreaKind[] }[]> {
  const { rows } = await sql<{ kind: AreaKind; under: AreaKind[] }>`
    select kind, under from area_level where district_code = app.district()`.execute(trx)
  return rows
}

export async function putLevels(
  trx: Trx,
  levels: readonly { kind: AreaKind; under: readonly AreaKind[] }[],
): Promise<void> {
  await sql`
    insert into area_level (district_code, kind, under)
    select app.district(), l.kind, array(select jsonb_array_elements_text(l.under))
    from jsonb_to_recordset(${JSON.stringify(levels)}::jsonb) as l (kind text, under jsonb)
    on conflict (district_code, kind) do update set under = excluded.under`.execute(trx)
}
