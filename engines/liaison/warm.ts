import type { Pairs } from './candidates.ts'
import type { Level } from './levels.ts'
import type { Model } from './model.ts'
import { boxes } from './price.ts'
import type { Since } from './price.ts'
import { bestPairs, edge, sitesOf } from './prove.ts'
import type { Start } from './refine.ts'
import { costs, emptyStart } from './start.ts'

/**
 * A start from an earlier plan (LE9): what it gave to whom as far as it fits, the rest to whoever has room at the least reduced cost, and pairs
 * that the earlier prices call nearly tight. Undefined where too much is open for that to be a good start.
 */

/** Prices of an earlier plan by row and column, and who had what in it. */
export type Before = { rows: Float64Array; columns: Float64Array; kept: Model['kept'] }

/** Up to about 0.3 % open it beats a fresh solution. */
const mostOpen = 1 / 300
/** How far that looks, metres, and for how many pairs of a person: what it passes by need not be looked at again until prices moved as far. */
const near = { width: 16, than: 250 }
/** The same where more than half of the room is wanted: prices move farther. */
const far = { width: 24, than: 400 }
const scarce = 1 / 2

export function warmStart(
  model: Model,
  level: Level,
  before: Before,
): { level: Level; start: Start; pairs: Pairs; since: Since } | undefined {
  const { needs, most, least } = model
  const costOf = costs(model, level)
  const start = emptyStart(level)
  const room = before.kept.length + level.rows.count + level.columns.count
  start.rowPrices = before.rows
  start.columnPrices = before.columns
  start.columns = new Int32Array(room)
  start.rows = new Int32Array(room)
  start.flows = new Int32Array(room)
  const due = Int32Array.from(needs)
  const left = Int32Array.from(most)
  const under = Int32Array.from(least)
  const give = (column: number, row: number, flow: number): void => {
    if (start.count === room) return
    start.columns[start.count] = column
    start.rows[start.count] = row
    start.flows[start.count++] = flow
    due[row]! -= flow
    left[column]! -= flow
    under[column] = Math.max(0, under[column]! - flow)
  }
  for (const { row, column, households } of before.kept) {
    const flow = Math.min(households, due[row]!, left[column]!)
    if (flow > 0) give(column, row, flow)
  }
  const open = due.reduce((sum, one) => sum + one, 0)
  const isScarce = open > left.reduce((sum, one) => sum + one, 0) * scarce
  if (open > Math.max(400, model.households * mostOpen)) return undefined
  // First those who still lack their minimum, then all who have room.
  const lacking = indicesOf(under)
  const roomy = indicesOf(left)
  for (let row = 0; row < due.length; row += 1) {
    while (due[row]! > 0) {
      const isLacking = lacking.some((column) => under[column]! > 0)
      let best = -1
      let gain = Infinity
      for (const column of isLacking ? lacking : roomy) {
        if ((isLacking ? under : left)[column] === 0) continue
        const value = costOf(column, row) + before.columns[column]!
        if (value < gain) {
          gain = value
          best = column
        }
      }
      if (best < 0 || start.count === room) return undefined
      give(best, row, Math.min(due[row]!, isLacking ? under[best]! : left[best]!))
    }
  }
  if (under.some((one) => one > 0)) return undefined
  start.back.set(left)
  const { width, row, since } = bestPairs(
    boxes(sitesOf(model.rows)),
    sitesOf(model.columns),
    costOf,
    before,
    level.columns.count,
    { ...(isScarce ? far : near), rounding: edge(model) },
  )
  const pairs: Pairs = { columns: new Int32Array(row.length), rows: new Int32Array(row.length), count: 0 }
  row.forEach((one, at) => {
    if (one < 0) return
    pairs.columns[pairs.count] = Math.floor(at / width)
    pairs.rows[pairs.count++] = one
  })
  return { level, start: merged(start), pairs, since }
}

function indicesOf(numbers: Int32Array): number[] {
  const found: number[] = []
  numbers.forEach((one, index) => {
    if (one > 0) found.push(index)
  })
  return found
}

/** Every pair once. */
function merged(start: Start): Start {
  const seen = new Map<number, number>()
  const result = {
    ...start,
    columns: start.columns.slice(),
    rows: start.rows.slice(),
    flows: start.flows.slice(),
    count: 0,
  }
  for (let k = 0; k < start.count; k += 1) {
    const key = start.rows[k]! * start.back.length + start.columns[k]!
    const known = seen.get(key)
    if (known !== undefined) {
      result.flows[known]! += start.flows[k]!
      continue
    }
    seen.set(key, result.count)
    result.columns[result.count] = start.columns[k]!
    result.rows[result.count] = start.rows[k]!
    result.flows[result.count++] = start.flows[k]!
  }
  return result
}
