import type { Distance } from './contract.ts'

/**
 * Where somebody or something is, and the whole metres between (LE2). Points of the sphere stand on a ball in space, so that
 * boxes around points bound distances from below as they do in the plane.
 */

/** Mean radius of the earth (IUGG), metres. */
const earthRadius = 6_371_008.8

/** Points, and whose they are: people may have several. Those of one owner stand together. */
export type Places = {
  owners: number
  /** Points of owner k: `starts[k]` to `starts[k + 1]`. */
  starts: Int32Array
  owner: Int32Array
  x: Float64Array
  y: Float64Array
  z: Float64Array
  /** As they were given. */
  east: Float64Array
  north: Float64Array
}

type At = { x: number; y: number; anchors?: readonly (readonly [number, number])[] }

export function placesOf(things: readonly At[], distance: Distance): Places {
  const starts = new Int32Array(things.length + 1)
  things.forEach(({ anchors }, index) => (starts[index + 1] = starts[index]! + 1 + (anchors?.length ?? 0)))
  const count = starts[things.length]!
  const places: Places = {
    owners: things.length,
    starts,
    owner: new Int32Array(count),
    x: new Float64Array(count),
    y: new Float64Array(count),
    z: new Float64Array(count),
    east: new Float64Array(count),
    north: new Float64Array(count),
  }
  things.forEach(({ x, y, anchors }, index) => {
    let at = starts[index]!
    put(places, at, index, x, y, distance)
    for (const [anchorX, anchorY] of anchors ?? []) put(places, (at += 1), index, anchorX, anchorY, distance)
  })
  return places
}

function put(places: Places, at: number, owner: number, x: number, y: number, distance: Distance): void {
  places.owner[at] = owner
  places.east[at] = x
  places.north[at] = y
  if (distance === 'plane') {
    places.x[at] = x
    places.y[at] = y
    return
  }
  const east = (x * Math.PI) / 180
  const north = (y * Math.PI) / 180
  places.x[at] = earthRadius * Math.cos(north) * Math.cos(east)
  places.y[at] = earthRadius * Math.cos(north) * Math.sin(east)
  places.z[at] = earthRadius * Math.sin(north)
}

/** Distances over the ground by way of space are good to far less than this. */
export const doubt = 1e-6

/** Whole metres between two owners, half a metre rounding up: from the nearest point of the one to the nearest of the other. */
export function metresBetween(a: Places, i: number, b: Places, j: number, isRound: boolean): number {
  let least = Infinity
  let nearP = 0
  let nearQ = 0
  for (let p = a.starts[i]!; p < a.starts[i + 1]!; p += 1) {
    for (let q = b.starts[j]!; q < b.starts[j + 1]!; q += 1) {
      const x = a.x[p]! - b.x[q]!
      const y = a.y[p]! - b.y[q]!
      const z = a.z[p]! - b.z[q]!
      const square = x * x + y * y + z * z
      if (square >= least) continue
      least = square
      nearP = p
      nearQ = q
    }
  }
  const straight = Math.sqrt(least)
  if (!isRound) return Math.floor(straight + 0.5)
  const arc = 2 * earthRadius * Math.asin(Math.min(1, straight / (2 * earthRadius)))
  const part = arc - Math.floor(arc) - 0.5
  // On the very edge the usual formula decides, so that whoever checks rounds the same way.
  return Math.floor((Math.abs(part) < doubt ? haversine(a, nearP, b, nearQ) : arc) + 0.5)
}

function haversine(a: Places, p: number, b: Places, q: number): number {
  const radians = Math.PI / 180
  const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2
  const square =
    half(b.north[q]! - a.north[p]!) +
    Math.cos(a.north[p]! * radians) * Math.cos(b.north[q]! * radians) * half(b.east[q]! - a.east[p]!)
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(square)))
}
