import type { Places } from './geometry.ts'

/**
 * Owners in the order of a balanced tree of median splits (LE8): every range that halving the order gives is a compact
 * neighbourhood. Split where the range is widest, by the first point of each owner.
 */
export function order(places: Places): Int32Array {
  const count = places.owners
  const line = new Int32Array(count)
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const z = new Float64Array(count)
  for (let k = 0; k < count; k += 1) {
    line[k] = k
    x[k] = places.x[places.starts[k]!]!
    y[k] = places.y[places.starts[k]!]!
    z[k] = places.z[places.starts[k]!]!
  }
  const axes = [x, y, z]
  const low = axes.map((axis) => axis.reduce((least, one) => Math.min(least, one), Infinity))
  const high = axes.map((axis) => axis.reduce((most, one) => Math.max(most, one), -Infinity))
  // Where the cell is widest it is cut at the middle one.
  const split = (from: number, to: number): void => {
    if (to - from < 2) return
    const middle = middleOf(from, to)
    let widest = 0
    for (const k of [1, 2]) if (high[k]! - low[k]! > high[widest]! - low[widest]!) widest = k
    const axis = axes[widest]!
    select(line, axis, from, to - 1, middle)
    const cut = axis[line[middle]!]!
    const kept = [low[widest]!, high[widest]!] as const
    high[widest] = cut
    split(from, middle)
    high[widest] = kept[1]
    low[widest] = cut
    split(middle, to)
    low[widest] = kept[0]
  }
  split(0, count)
  return line
}

/** Where a range is halved; the same everywhere, so that a range is known by its path alone. */
export function middleOf(from: number, to: number): number {
  return (from + to + 1) >> 1
}

/** Quickselect: afterwards no key before `wanted` is greater and none behind it less. */
function select(line: Int32Array, keys: Float64Array, low: number, high: number, wanted: number): void {
  let left = low
  let right = high
  while (left < right) {
    const cut = part(line, keys, left, right, keys[line[(left + right) >> 1]!]!)
    if (wanted <= cut) right = cut
    else left = cut + 1
  }
}

/** Hoare's partition: where the part of the lower keys ends. */
function part(line: Int32Array, keys: Float64Array, left: number, right: number, pivot: number): number {
  let i = left
  let j = right
  for (;;) {
    while (keys[line[i]!]! < pivot) i += 1
    while (keys[line[j]!]! > pivot) j -= 1
    if (i >= j) return j
    const swapped = line[i]!
    line[i] = line[j]!
    line[j] = swapped
    i += 1
    j -= 1
  }
}
