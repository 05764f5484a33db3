import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { asWorkbook, buildDoors, liveBefore, makeRegister } from '#exchange/register-fixture.ts'
import type { Register } from '#exchange/register-fixture.ts'
import { loadConfig } from '#kernel/config.ts'
import { join } from '#kernel/installation.ts'
import { type House, openHouse, place } from './people.ts'

/** A community with new compounds, whose residents stand in a workbook that nobody has brought in yet. */

export type Newcomers = {
  house: House
  register: Register
  /** The workbook on the disk of whoever brings it in. */
  file: string
  /** Rows as the database has them, read by the owner of the tables. */
  rows<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** @param households of the register, with 200 errors in it. */
export async function newcomers(households: number): Promise<Newcomers> {
  const register = makeRegister(households, 200)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-walk-'))
  const file = path.join(folder, place.workbook)
  writeFileSync(file, await asWorkbook(register))
  const house = await openHouse()
  const { urls, keys } = await join(loadConfig({ CHUANMEN_DATA_DIR: house.product.dataDir }))
  const rows: Newcomers['rows'] = async (sql, values = []) => {
    const client = new pg.Client({ connectionString: urls.owner })
    await client.connect()
    try {
      return (await client.query(sql, values)).rows
    } finally {
      await client.end()
    }
  }
  const [{ path: community, district } = { path: '', district: '' }] = await rows<{
    path: string
    district: string
  }>(`select path, district_code as district from area where kind = 'community' and name = $1`, [
    place.community,
  ])
  await buildDoors(urls.owner, district, community, households + register.elsewhere.length)
  await liveBefore(urls.owner, { district, community, keys }, register, households)
  return {
    house,
    register,
    file,
    rows,
    async close() {
      await house.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A liaison for every thirty households of each new stairwell, who lives near it; the stairwells stand apart from one
 * another, so that it matters who goes where.
 */
export async function hireLiaisons({ rows }: Newcomers): Promise<void> {
  await rows(
    `
    with new as (
      select district_code, path, row_number() over (order by path) as at from area where kind = 'unit' and path in (
        select p.path from area p join area c on p.path > c.path and p.path < c.path || 'z'
        where c.kind = 'compound' and starts_with(c.name, $1))),
    middle as (select lon, lat from area where kind = 'community' and name = $2)
    update area a set lon = m.lon + (n.at % 10) * 0.0006, lat = m.lat + (n.at / 10) * 0.0006
    from new n, middle m where a.district_code = n.district_code and a.path = n.path`,
    [place.newCompounds, place.community],
  )
  await rows(
    `
    with units as (select u.district_code, u.path, u.lon, u.lat from area u
      where u.kind = 'unit' and exists (select 1 from area c where c.kind = 'compound' and starts_with(c.name, $1)
        and u.path > c.path and u.path < c.path || 'z')),
    office as (select organisation_id from post where role = 'liaison' limit 1),
    hired as (select u.*, gen_random_uuid() as id, n from units u, generate_series(1, 7) as n),
    people as (insert into person (district_code, id, name, created_at)
      select district_code, id, $2 || right(path, 5) || n, '2026-01-01' from hired returning id),
    near as (insert into person_anchor (district_code, id, person_id, kind, lon, lat)
      select district_code, gen_random_uuid(), id, 'home', lon + 0.0001 * n, lat from hired)
    insert into post (district_code, id, person_id, organisation_id, role, path, valid_from)
    select district_code, gen_random_uuid(), id, organisation_id, 'liaison', path, '2026-01-01' from hired, office`,
    [place.newCompounds, place.newLiaisons],
  )
}
