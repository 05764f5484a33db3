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
const finer = 2

export function levelsOf(model: Model): Level[] {
  const { rows, columns } = model
  return levelsAt(model, depths(Math.min(rows.owners, columns.owners)))
}

/** The problem itself as a level, for who needs no other. */
export function finestOf(model: Model): Level {
  return levelsAt(model, [Infinity])[0]!
}

/** @param wanted from the finest up. */
function levelsAt(model: Model, wanted: readonly number[]): Level[] {
  const { rows, columns, needs, least, most } = model
  const slack = most.map((one, column) => one - least[column]!)
  const levels: Level[] = []
  // From the finest up, so that each level knows the ranges below it.
  let rowsBelow: Int32Array = new Int32Array(0)
  let columnsBelow: Int32Array = new Int32Array(0)
  for (const depth of wanted) {
    const rowRanges = ranges(rows.owners, depth)
    const columnRanges = ranges(columns.owners, depth)
    levels.unshift({
      isFinest: depth === Infinity,
      rows: middles(rows, needs, rowRanges),
      columns: middles(columns, most, columnRanges),
      needs: sums(needs, rowRanges),
      most: sums(most, columnRanges),
      slack: sums(slack, columnRanges),
      rowsBelow: depth === Infinity ? rowsBelow : within(rowRanges, rowsBelow),
      columnsBelow: depth === Infinity ? columnsBelow : within(columnRanges, columnsBelow),
    })
    rowsBelow = rowRanges
    columnsBelow = columnRanges
  }
  return levels
}

/** How often the order is halved on each level, from the finest up. */
function depths(count: number): number[] {
  const result: number[] = []
  for (let depth = coarsest; 1.5 * 2 ** depth < count; depth += finer) result.unshift(depth)
  return [Infinity, ...result]
}

/** Where the ranges begin after halving so many times, and where the last one ends. */
function ranges(count: number, depth: number): Int32Array {
  if (depth === Infinity) return Int32Array.from({ length: count + 1 }, (_, index) => index)
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

function middles(
  places: { starts: Int32Array; x: Float64Array; y: Float64Array; z: Float64Array },
  weights: Int32Array,
  starts: Int32Array,
): Points {
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
