import { generator, shuffle } from './random.ts'
import type { Rows } from './terms.ts'

/**
 * One weight vector a label by dual coordinate descent (CL2): minimise over w
 *   1/2 |w|^2 + sum_i c_i max(0, 1 - y_i w x_i)^2,
 * where y is 1 for texts of the label and -1 for all others. The constant 1 is one more column, so the offset is part of w.
 * Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008.
 */

export type Training = {
  rows: Rows
  /** Number of columns of the rows. */
  width: number
  /** Which rows to learn from. */
  chosen: Int32Array
  /** The label of each row, from 0. */
  labels: Int32Array
  count: number
  /** How dear a row is when it is on the wrong side. */
  costs: Float64Array
  seed: number
}

/** `weights[label][column]`, the offset in the last column. `duals[label][k]` belongs to `chosen[k]`; the proof needs them. */
export type Trained = { weights: Float64Array[]; duals: Float64Array[] }

/** How far from the optimum the steepest step may still lead when descent ends. */
const tolerance = 0.02
const mostRounds = 200

/** Learns every label. */
export function train(training: Training): Trained {
  const { rows, chosen } = training
  const lengths = new Float64Array(chosen.length)
  for (let k = 0; k < chosen.length; k += 1) {
    // The constant adds one to the square of the length.
    let square = 1
    for (let at = rows.starts[chosen[k]!]!; at < rows.starts[chosen[k]! + 1]!; at += 1)
      square += rows.values[at]! * rows.values[at]!
    lengths[k] = square
  }
  const weights: Float64Array[] = []
  const duals: Float64Array[] = []
  for (let label = 0; label < training.count; label += 1) {
    const { weight, dual } = trainOne(training, label, lengths)
    weights.push(weight)
    duals.push(dual)
  }
  return { weights, duals }
}

function trainOne(
  { rows, width, chosen, labels, costs, seed }: Training,
  label: number,
  lengths: Float64Array,
): { weight: Float64Array; dual: Float64Array } {
  const { starts, columns, values } = rows
  const weight = new Float64Array(width + 1)
  const dual = new Float64Array(chosen.length)
  const order = Int32Array.from(chosen, (_, index) => index)
  const random = generator(seed + label)
  // Rows that stand safely on their side are set aside, and looked at once more before it ends (the paper's shrinking).
  let active = order.length
  let asideAbove = Infinity
  for (let round = 0; round < mostRounds; round += 1) {
    shuffle(order, active, random)
    let highest = -Infinity
    let lowest = Infinity
    for (let step = 0; step < active; step += 1) {
      const k = order[step]!
      const row = chosen[k]!
      const sign = labels[row] === label ? 1 : -1
      const start = starts[row]!
      const end = starts[row + 1]!
      let score = weight[width]!
      for (let at = start; at < end; at += 1) score += weight[columns[at]!]! * values[at]!
      const slack = 1 / (2 * costs[row]!)
      const before = dual[k]!
      const slope = sign * score - 1 + slack * before
      if (before === 0 && slope > asideAbove) {
        active -= 1
        order[step] = order[active]!
        order[active] = k
        step -= 1
        continue
      }
      // At the border only a step inwards counts.
      const inward = before === 0 ? Math.min(slope, 0) : slope
      if (inward > highest) highest = inward
      if (inward < lowest) lowest = inward
      if (Math.abs(inward) < 1e-12) continue
      const after = Math.max(before - slope / (lengths[k]! + slack), 0)
      dual[k] = after
      const change = (after - before) * sign
      for (let at = start; at < end; at += 1) weight[columns[at]!]! += change * values[at]!
      weight[width]! += change
    }
    asideAbove = highest <= 0 ? Infinity : highest
    if (highest - lowest > tolerance) continue
    if (active === order.length) break
    active = order.length
    asideAbove = Infinity
  }
  return { weight, dual }
}
