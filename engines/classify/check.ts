import type { Trained, Training } from './train.ts'

/**
 * Proves a training optimal without following it (CL2): from the dual variables alone it builds the weights, then both
 * sides of the problem. The primal value is never below the dual one; where they meet, nothing is better.
 */

export type Proof = {
  /** Largest difference between a weight and the one its duals imply. */
  weightError: number
  /** Largest (primal - dual) / primal over the labels; 0 at the optimum. */
  gap: number
  /** Largest amount by which a dual variable is below zero. */
  outside: number
}

export function check(training: Training, trained: Trained): Proof {
  const { rows, width, chosen, labels, costs, count } = training
  const proof: Proof = { weightError: 0, gap: 0, outside: 0 }
  for (let label = 0; label < count; label += 1) {
    const dual = trained.duals[label]!
    const implied = new Float64Array(width + 1)
    const cells = (k: number) => {
      const row = chosen[k]!
      const from = rows.starts[row]!
      const to = rows.starts[row + 1]!
      return [...rows.columns.slice(from, to)].map((column, at) => [column, rows.values[from + at]!] as const)
    }
    const sign = (k: number) => (labels[chosen[k]!] === label ? 1 : -1)
    for (let k = 0; k < chosen.length; k += 1) {
      proof.outside = Math.max(proof.outside, -dual[k]!)
      for (const [column, value] of [...cells(k), [width, 1] as const])
        implied[column]! += dual[k]! * sign(k) * value
    }
    for (let column = 0; column <= width; column += 1)
      proof.weightError = Math.max(
        proof.weightError,
        Math.abs(implied[column]! - trained.weights[label]![column]!),
      )
    const square = implied.reduce((sum, value) => sum + value * value, 0)
    let primal = square / 2
    let value = -square / 2
    for (let k = 0; k < chosen.length; k += 1) {
      const cost = costs[chosen[k]!]!
      const score = cells(k).reduce((sum, [column, x]) => sum + implied[column]! * x, implied[width]!)
      primal += cost * Math.max(0, 1 - sign(k) * score) ** 2
      value += dual[k]! - dual[k]! ** 2 / (4 * cost)
    }
    proof.gap = Math.max(proof.gap, (primal - value) / primal)
  }
  return proof
}
