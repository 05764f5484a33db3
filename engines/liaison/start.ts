import { addArc, network } from '#engines/flow/network.ts'
import type { Network } from '#engines/flow/network.ts'
import { plant } from '#engines/flow/plant.ts'
import type { Pairs } from './candidates.ts'
import { metresBetween } from './geometry.ts'
import type { Level } from './levels.ts'
import type { Model } from './model.ts'
import type { Start } from './refine.ts'

/** From flows and candidates to a planted network; and the first flows of all. */

function emptyStart({ rows, columns }: Level): Start {
  return {
    rowPrices: new Float64Array(rows.count),
    columnPrices: new Float64Array(columns.count),
    back: new Int32Array(columns.count),
    columns: new Int32Array(columns.count + rows.count),
    rows: new Int32Array(columns.count + rows.count),
    flows: new Int32Array(columns.count + rows.count),
    count: 0,
  }
}

/** The rule of the north-west corner: row by row in their order, from the columns in theirs. */
export function corner(level: Level): Start {
  const { needs, most, slack } = level
  const start = emptyStart(level)
  let over = most.reduce((sum, one) => sum + one, 0) - needs.reduce((sum, one) => sum + one, 0)
  const left = most.map((one, column) => {
    start.back[column] = Math.min(over, slack[column]!)
    over -= start.back[column]!
    return one - start.back[column]!
  })
  let column = 0
  needs.forEach((need, row) => {
    for (let due = need; due > 0;) {
      const flow = Math.min(due, left[column]!)
      if (flow > 0) {
        start.columns[start.count] = column
        start.rows[start.count] = row
        start.flows[start.count++] = flow
      }
      due -= flow
      left[column]! -= flow
      if (left[column] === 0) column += 1
    }
  })
  return start
}

export function allPairs({ rows, columns }: Level): Pairs {
  const count = rows.count * columns.count
  return {
    count,
    columns: Int32Array.from({ length: count }, (_, k) => Math.floor(k / rows.count)),
    rows: Int32Array.from({ length: count }, (_, k) => k % rows.count),
  }
}

export type CostOf = (column: number, row: number) => number

/** What a household costs on a level: whole metres on the finest, from middle to middle on the others. */
export function costs(model: Model, { rows, columns, isFinest }: Level): CostOf {
  if (isFinest) return (column, row) => metresBetween(model.columns, column, model.rows, row, model.isRound)
  return (column, row) => {
    const x = columns.x[column]! - rows.x[row]!
    const y = columns.y[column]! - rows.y[row]!
    const z = columns.z[column]! - rows.z[row]!
    return Math.sqrt(x * x + y * y + z * z)
  }
}

/**
 * The network of a level: arcs to the root first, then by columns; planted. Where nobody may keep anything back a single arc holds the
 * tree. What is kept with its present liaison has arcs of its own on the finest level, cheaper by the stability.
 */
export function build(model: Model, level: Level, start: Start, pairs: Pairs): Network {
  const { rows, columns, slack } = level
  const costOf = costs(model, level)
  const kept = level.isFinest && model.stability > 0 ? model.kept : []
  const net = network(
    rows.count,
    columns.count,
    columns.count + Math.ceil(pairs.count * 1.2) + start.count + kept.length + 64,
  )
  const carried = new Int32Array(net.tail.length)
  if (start.back.some((back) => back > 0)) {
    for (let column = 0; column < columns.count; column += 1) {
      addArc(net, rows.count + column, net.root, 0, slack[column]!)
      carried[column] = start.back[column]!
    }
  } else {
    addArc(net, rows.count, net.root, 0)
  }
  // The flows of a column, to be found among its candidates.
  const first = new Int32Array(columns.count).fill(-1)
  const next = new Int32Array(start.count)
  for (let k = 0; k < start.count; k += 1) {
    next[k] = first[start.columns[k]!]!
    first[start.columns[k]!] = k
  }
  const isPlaced = new Uint8Array(start.count)
  for (let k = 0; k < pairs.count; k += 1) {
    const column = pairs.columns[k]!
    const row = pairs.rows[k]!
    const arc = addArc(net, rows.count + column, row, costOf(column, row))
    for (let f = first[column]!; f >= 0; f = next[f]!) {
      if (start.rows[f] !== row) continue
      carried[arc] = start.flows[f]!
      isPlaced[f] = 1
    }
  }
  for (let f = 0; f < start.count; f += 1) {
    if (isPlaced[f] === 1) continue
    const column = start.columns[f]!
    const row = start.rows[f]!
    carried[addArc(net, rows.count + column, row, costOf(column, row))] = start.flows[f]!
  }
  for (const { row, column, households } of kept)
    addArc(net, rows.count + column, row, costOf(column, row) - model.stability, households)
  net.price.set(start.rowPrices)
  net.price.set(start.columnPrices, rows.count)
  plant(net, carried, (column, row) => costOf(column - rows.count, row))
  return net
}
