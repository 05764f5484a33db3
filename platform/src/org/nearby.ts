import type { Trx } from '#kernel/db.ts'
import type { AreaKind } from './contract.ts'
import { placeName } from './rules.ts'
import { areaOfCode, areasAt, areasWithin, placesWithNames } from './store.ts'

/** From what programs know of a place, a point or an address, to an area of ours; and back to what everybody may know. */

const metresPerDegree = 111_320

/** OR9: how far the middle of an area of each kind may be from a point that is said to lie in it, nearest kind first. */
const reaches: readonly (readonly [AreaKind, number])[] = [
  ['building', 60],
  ['compound', 500],
  ['community', 5_000],
]

/** OR9: the path of the nearest building, compound or community of a point (WGS-84); null when the district is elsewhere. */
export async function areaNear(trx: Trx, lon: number, lat: number): Promise<string | null> {
  const shrink = Math.max(Math.cos((lat * Math.PI) / 180), 0.01)
  for (const [kind, metres] of reaches) {
    const up = metres / metresPerDegree
    const aside = up / shrink
    const found = await areasWithin(trx, kind, {
      south: lat - up,
      north: lat + up,
      west: lon - aside,
      east: lon + aside,
    })
    const near = found
      .map(({ path, lon: x, lat: y }) => ({
        path,
        metres: Math.hypot(((x ?? 0) - lon) * shrink, (y ?? 0) - lat) * metresPerDegree,
      }))
      .filter((one) => one.metres <= metres)
      .toSorted((a, b) => a.metres - b.metres)[0]
    if (near) return near.path
  }
  return null
}

/** OR9: the compound or community whose name stands in an address; of several the longest name. */
export async function areaNamedIn(trx: Trx, address: string): Promise<string | null> {
  const [best] = (await placesWithNames(trx))
    .map(({ path, kind, name }) => ({ path, name: placeName(kind, name) }))
    .filter(({ name }) => address.includes(name))
    .toSorted((a, b) => b.name.length - a.name.length)
  return best?.path ?? null
}

/** The path of the area with this code, as the divisions number it. */
export async function areaCalled(trx: Trx, code: string): Promise<string | null> {
  return (await areaOfCode(trx, code))?.path ?? null
}

export type Spot = { code: string; name: string; lon: number | null; lat: number | null }

/** Where areas lie and what they are called, by path; unknown ones are missing. */
export async function spots(trx: Trx, paths: readonly string[]): Promise<Map<string, Spot>> {
  const found = await areasAt(trx, [...new Set(paths)])
  return new Map(
    found.map(({ path, code, kind, name, lon, lat }) => [
      path,
      { code, name: placeName(kind, name), lon, lat },
    ]),
  )
}
