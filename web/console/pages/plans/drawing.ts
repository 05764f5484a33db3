import type { PlanMap, Side } from '#liaison/lists-contract.ts'

/** From degrees to the paper: where everything of a plan stands in its drawing. Pure. */

export type Spot = { x: number; y: number }
type Degrees = readonly [lon: number, lat: number]

/** Size of the paper; a drawing is never higher than this, and as wide as its ground. */
export const paper = { width: 400, height: 372 } as const
const margin = 16
/** Names of compounds stand above them. */
const head = 8
const metresPerDegree = 111_195
/** From so many metres on a way is drawn as a long one. */
const farMetres = 300

export type Projection = { spot(at: Degrees): Spot; metre: number }

/** North up, the buildings as large as the paper allows. Homes that lie outside do not make it smaller. */
export function projectionOf(map: PlanMap): Projection {
  const corners = map.buildings.flatMap(({ outline }) => outline)
  const points: Degrees[] = corners.length > 0 ? corners : map.units.map(({ at }) => at)
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const across = Math.max(40, (east - west) * metresPerDegree * narrowing)
  const high = Math.max(40, (north - south) * metresPerDegree)
  const metre = Math.min((paper.width - 2 * margin) / across, (paper.height - 2 * margin - head) / high)
  return {
    metre,
    spot: ([lon, lat]) => ({
      x: paper.width / 2 + (lon - (west + east) / 2) * metresPerDegree * narrowing * metre,
      y: (paper.height + head) / 2 - (lat - (south + north) / 2) * metresPerDegree * metre,
    }),
  }
}

export const pointsText = (spots: readonly Spot[]) =>
  spots.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')

/** A stairwell's part of its building: four corners; a small square where the outline has another shape. */
export function partOf(
  outline: readonly Degrees[],
  at: number,
  of: number,
  centre: Spot,
  { spot }: Projection,
): Spot[] {
  const ring = outline.slice(0, -1).map(spot)
  const [a, b, c, d] = ring
  if (!a || !b || !c || !d || ring.length !== 4) {
    const half = 5
    return [
      { x: centre.x - half, y: centre.y - half },
      { x: centre.x + half, y: centre.y - half },
      { x: centre.x + half, y: centre.y + half },
      { x: centre.x - half, y: centre.y + half },
    ]
  }
  const between = (from: Spot, to: Spot, share: number) => ({
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
  })
  const gap = 0.03
  const [start, end] = [(at + gap) / of, (at + 1 - gap) / of]
  return [between(a, b, start), between(a, b, end), between(d, c, end), between(d, c, start)]
}

/** Ground of a compound: the box around its buildings. */
export function groundOf(map: PlanMap, compound: string, { spot }: Projection) {
  const corners = map.buildings
    .filter(({ path }) => path.startsWith(compound))
    .flatMap(({ outline }) => outline.map(spot))
  if (corners.length === 0) return undefined
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const room = 8
  const [x, y] = [Math.min(...xs) - room, Math.min(...ys) - room]
  return { x, y, width: Math.max(...xs) + room - x, height: Math.max(...ys) + room - y }
}

export type Dot = { id: string; name: string; at: Spot; full: boolean; over: boolean }

/**
 * People with something to do on this side, each at the nearest of their places to most of it. Who lives where somebody else
 * lives steps aside a little, so that every dot can be seen and pressed.
 */
export function dotsOf(map: PlanMap, side: Side, projection: Projection): Map<string, Dot> {
  const dots = new Map<string, Dot>()
  const taken: Spot[] = []
  for (const person of map.people) {
    if (person.leaving) continue
    const own = map.units.filter(({ shares }) =>
      shares.some((one) => one.side === side && one.person === person.id),
    )
    const places = person.anchors.map(projection.spot)
    const far = ({ x, y }: Spot) =>
      own.reduce((sum, { at }) => {
        const spot = projection.spot(at)
        return sum + Math.hypot(spot.x - x, spot.y - y)
      }, 0)
    const best = places.toSorted((a, b) => far(a) - far(b))[0]
    if (!best) continue
    const at = { ...best }
    for (
      let step = 1;
      step < 40 && taken.some((other) => Math.hypot(other.x - at.x, other.y - at.y) < 8);
      step += 1
    ) {
      at.x = best.x + 2.6 * Math.sqrt(step) * Math.cos(step * 2.4) * 1.6
      at.y = best.y + 2.6 * Math.sqrt(step) * Math.sin(step * 2.4) * 1.6
    }
    taken.push(at)
    const has = side === 'now' ? person.now : person.planned
    dots.set(person.id, {
      id: person.id,
      name: person.name,
      at,
      full: has >= person.most,
      over: has > person.most,
    })
  }
  return dots
}

export type LineKind = 'same' | 'changed' | 'far' | 'hand'
export type Line = {
  unit: string
  person: string
  from: Spot
  to: Spot
  kind: LineKind
  households: number
  metres: number | null
}

/** Who goes where. A way is told by the most telling of what it is: by hand, long, new, the same. */
export function linesOf(
  map: PlanMap,
  side: Side,
  dots: ReadonlyMap<string, Dot>,
  projection: Projection,
): Line[] {
  return map.units
    .flatMap(({ path, at, shares }) =>
      shares.flatMap((share): Line[] => {
        const dot = share.person === null ? undefined : dots.get(share.person)
        if (share.side !== side || !dot) return []
        const kind: LineKind = share.byHand
          ? 'hand'
          : (share.metres ?? 0) >= farMetres
            ? 'far'
            : share.changed > 0
              ? 'changed'
              : 'same'
        const { households, metres } = share
        return [
          { unit: path, person: dot.id, from: dot.at, to: projection.spot(at), kind, households, metres },
        ]
      }),
    )
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

const order: readonly LineKind[] = ['same', 'changed', 'far', 'hand']

/** The dot under a finger, if there is one. */
export function dotNear(dots: Iterable<Dot>, { x, y }: Spot, reach = 12): Dot | undefined {
  let best: Dot | undefined
  let least = reach
  for (const dot of dots) {
    const far = Math.hypot(dot.at.x - x, dot.at.y - y)
    if (far < least) [best, least] = [dot, far]
  }
  return best
}
