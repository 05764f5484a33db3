import pg from 'pg'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { district, ids, paths } from './fixture.ts'

/**
 * A small estate in the fixture's community for whoever plans: stairwells in a row, thirty metres apart, doors with a household
 * behind each, and liaisons with a home, a post and duties. Written as the owner.
 */

export const estate = `${paths.inside.community}131003001001900/`
const building = `${estate}131003001001900001/`
const unitAt = (n: number) => `${building}1310030010019000010${n + 1}/`
const metresPerDegree = 111_195
const lat = (metres: number) => 39.5 + metres / metresPerDegree

export type Planned = { name: string; metres: number; has: readonly [unit: number, doors: number][] }

/** @param units doors of each stairwell. @returns paths of the stairwells, and ids of the liaisons by name. */
export async function buildEstate(
  ownerUrl: string,
  units: readonly number[],
  liaisons: readonly Planned[],
): Promise<{ units: string[]; person: (name: string) => string }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const person = (name: string) => derivedId('estate person', name)
  const taken = units.map(() => 0)
  try {
    const area = (kind: string, path: string, name: string, north: number) =>
      client.query(
        `insert into area (district_code, path, code, kind, parent_path, name, lon, lat) values ($1, $2, $3, $4, $5, $6, 116.7, $7)`,
        [district, path, path.split('/').at(-2), kind, path.replace(/[^/]+\/$/, ''), name, lat(north)],
      )
    await area('compound', estate, '试验小区', 0)
    await area('building', building, '1号楼', 0)
    await client.query(
      `insert into building (district_code, path, floors, units, footprint) values ($1, $2, 6, $3, $4)`,
      [
        district,
        building,
        units.length,
        JSON.stringify([
          [116.7, 39.5],
          [116.701, 39.5],
          [116.701, 39.501],
          [116.7, 39.501],
          [116.7, 39.5],
        ]),
      ],
    )
    for (const [n, doors] of units.entries()) {
      await area('unit', unitAt(n), `${n + 1}单元`, n * 30)
      for (let door = 0; door < doors; door += 1) {
        const dwelling = derivedId('estate door', String(n), String(door))
        await client.query('insert into dwelling values ($1, $2, $3, $4, $5)', [
          district,
          dwelling,
          unitAt(n),
          1 + Math.floor(door / 2),
          `${1 + Math.floor(door / 2)}0${1 + (door % 2)}`,
        ])
        await client.query(
          `insert into household (district_code, id, dwelling_id, path, moved_in) values ($1, $2, $3, $4, '2020-05-01')`,
          [district, derivedId('estate home', String(n), String(door)), dwelling, unitAt(n)],
        )
      }
    }
    for (const { name, metres, has } of liaisons) {
      const id = person(name)
      await client.query(
        'insert into person (district_code, id, name, created_at) values ($1, $2, $3, now())',
        [district, id, name],
      )
      await client.query(
        `insert into post (district_code, id, person_id, organisation_id, role, path, valid_from) values ($1, $2, $3, $4, 'liaison', $5, '2026-01-01T00:00:00Z')`,
        [district, derivedId('estate post', name), id, ids.bureau, estate],
      )
      await client.query(
        `insert into person_anchor (district_code, id, person_id, kind, lon, lat) values ($1, $2, $3, 'home', 116.7, $4)`,
        [district, derivedId('estate anchor', name), id, lat(metres)],
      )
      for (const [unit, doors] of has) {
        for (let n = 0; n < doors; n += 1) {
          const dwelling = derivedId('estate door', String(unit), String(taken[unit]))
          taken[unit]! += 1
          await client.query(
            `insert into duty (district_code, id, dwelling_id, path, person_id, valid_from) values ($1, $2, $3, $4, $5, '2026-03-01')`,
            [district, uuidv7(Temporal.Now.instant()), dwelling, unitAt(unit), id],
          )
        }
      }
    }
  } finally {
    await client.end()
  }
  return { units: units.map((_, n) => unitAt(n)), person }
}
