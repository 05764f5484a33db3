import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { AreaKind } from './contract.ts'

/** SQL of the ground of an area: everything that stands in it, with where and how. Private to this folder. */

export type Ground = {
  path: string
  kind: AreaKind
  name: string
  village: boolean
  lon: number | null
  lat: number | null
}

export async function groundUnder(trx: Trx, path: string): Promise<Ground[]> {
  const { rows } = await sql<Ground>`
    select path, kind, name, village, lon, lat from area
    where district_code = app.district() and path >= ${path} collate "C" and path < (${path} || chr(1114111)) collate "C"
    order by path`.execute(trx)
  return rows
}

export async function groundAt(trx: Trx, paths: readonly string[]): Promise<Ground[]> {
  const { rows } = await sql<Ground>`
    ${kept} select path, kind, name, village, lon, lat from area
    where district_code = app.district() and path = any (${sql.val(paths)}::text[]) order by path`.execute(
    trx,
  )
  return rows
}

export async function outlinesUnder(
  trx: Trx,
  path: string,
): Promise<{ path: string; outline: [number, number][] }[]> {
  const { rows } = await sql<{ path: string; outline: [number, number][] }>`
    select path, footprint as outline from building
    where district_code = app.district() and path >= ${path} collate "C" and path < (${path} || chr(1114111)) collate "C"
    order by path`.execute(trx)
  return rows
}
