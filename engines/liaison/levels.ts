import type { Places } from './geometry.ts'
import type { Model } from './model.ts'
import { middleOf } from './order.ts'

/**
 * The problem from afar (LE8): on each level people and units are taken together in neighbourhoods, ranges of their order, at the weighted middle of
 * their places. The last level is the problem itself.
 */

export type Points = { count: number; x: Float64Array; y: Float64Array; z: Float64Array }

export type Level = {
  isFinest: boolean
  rows: Points
  columns: Points
  needs: Int32Array
  most: Int32Array
  /** How much each column may keep back: most - least. */
  slack: Int32Array
  /** Members of neighbourhood k on the next finer level: `rowsBelow[k]` to `rowsBelow[k + 1]`. Empty on the finest. */
  rowsBelow: Int32Array
  columnsBelow: Int32Array
}

/** How many neighbourhoods the first level has, and how many each becomes on the next: powers of two. */
const coarsest = 5
const quarters = 2

export function levelsOf(model: Model): Level[] {
  const { rows, columns, needs, most } = model
  const finest = finestOf(model)
  const levels = [finest]
  // From the finest up, so that each level knows the ranges below it.
  let finer: { rows: Int32Array; columns: Int32Array } | undefined
  for (const depth of depths(Math.min(rows.owners, columns.owners))) {
    const ranges = { rows: rangesOf(rows.owners, depth), columns: rangesOf(columns.owners, depth) }
    levels.unshift({
      isFinest: false,
      rows: middles(rows, needs, ranges.rows),
      columns: middles(columns, most, ranges.columns),
      needs: sums(needs, ranges.rows),
      most: sums(most, ranges.columns),
      slack: sums(finest.slack, ranges.columns),
      rowsBelow: finer ? within(ranges.rows, finer.rows) : ranges.rows,
      columnsBelow: finer ? within(ranges.columns, finer.columns) : ranges.columns,
    })
    finer = ranges
  }
  return levels
}

/** The problem itself as a level. */
function finestOf({ rows, columns, needs, least, most }: Model): Level {
  return {
    isFinest: true,
    rows: firsts(rows),
    columns: firsts(columns),
    needs,
    most,
    slack: most.map((one, column) => one - least[column]!),
    rowsBelow: new Int32Array(0),
    columnsBelow: new Int32Array(0),
  }
}

/** How often the order is halved on each coarse level, from the finest up. */
function depths(count: number): number[] {
  const result: number[] = []
  for (let depth = coarsest; 1.5 * 2 ** depth < count; depth += quarters) result.unshift(depth)
  return result
}

/** Where the ranges begin after halving so many times, and where the last one ends. */
function rangesOf(count: number, depth: number): Int32Array {
  let starts = [0, count]
  for (let k = 0; k < depth; k += 1)
    starts = starts.flatMap((from, index) =>
      index + 1 < starts.length ? [from, middleOf(from, starts[index + 1]!)] : [from],
    )
  return Int32Array.from(starts)
}

/** The same places said in positions of the finer ranges. */
function within(coarse: Int32Array, fine: Int32Array): Int32Array {
  let at = 0
  return coarse.map((start) => {
    while (fine[at]! < start) at += 1
    return at
  })
}

function sums(numbers: Int32Array, starts: Int32Array): Int32Array {
  const result = new Int32Array(starts.length - 1)
  for (let range = 0; range < result.length; range += 1)
    for (let k = starts[range]!; k < starts[range + 1]!; k += 1) result[range]! += numbers[k]!
  return result
}

/** Where each owner is: the first of its points. */
function firsts({ owners, starts, x, y, z }: Places): Points {
  if (owners === x.length) return { count: owners, x, y, z }
  const first = (all: Float64Array) =>
    Float64Array.from({ length: owners }, (_, owner) => all[starts[owner]!]!)
  return { count: owners, x: first(x), y: first(y), z: first(z) }
}

function middles(places: Places, weights: Int32Array, starts: Int32Array): Points {
  const count = starts.length - 1
  const points = { count, x: new Float64Array(count), y: new Float64Array(count), z: new Float64Array(count) }
  for (const axis of ['x', 'y', 'z'] as const) {
    for (let range = 0; range < count; range += 1) {
      let sum = 0
      let weight = 0
      for (let k = starts[range]!; k < starts[range + 1]!; k += 1) {
        sum += weights[k]! * places[axis][places.starts[k]!]!
        weight += weights[k]!
      }
      points[axis][range] = sum / weight
    }
  }
  return points
}
