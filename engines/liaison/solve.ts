import { improve } from '#engines/flow/improve.ts'
import { addArc, network } from '#engines/flow/network.ts'
import type { Network } from '#engines/flow/network.ts'
import { plant } from '#engines/flow/plant.ts'
import { planOf } from './answer.ts'
import type { Counts } from './answer.ts'
import { Cancelled } from './contract.ts'
import type { Id, Plan, Problem, SolveOptions } from './contract.ts'
import { metresBetween } from './geometry.ts'
import { modelOf } from './model.ts'
import type { Model } from './model.ts'

/** Solves the problem to the proven optimum (LE3). */
export function solve<I extends Id>(problem: Problem<I>, options: SolveOptions = {}): Plan<I> {
  const { now, cancelled, onProgress } = options
  const before = now?.() ?? 0
  const model = modelOf(problem)
  const counts: Counts = { pivots: 0, pricingRounds: 0, candidates: 0, levels: 1 }
  const onSteps = (steps: number): void => {
    counts.pivots += steps
    if (cancelled?.()) throw new Cancelled('cancelled')
  }
  onProgress?.({ step: 'preparing', share: 0, pivots: 0 })
  const net = start(model)
  if (net.rows > 0) {
    for (;;) {
      improve(net, onSteps)
      counts.pricingRounds += 1
      onProgress?.({
        step: 'solving',
        share: counts.pricingRounds / (counts.pricingRounds + 2),
        pivots: counts.pivots,
      })
      if (price(net, model) === 0) break
    }
  }
  counts.candidates = net.arcs
  return planOf(problem, model, net, { ...counts, seconds: ((now?.() ?? 0) - before) / 1000 })
}

function start(model: Model): Network {
  const { rows, columns, needs, least, most, isRound } = model
  const net = network(rows.owners, columns.owners, 8 * (rows.owners + columns.owners) + 16)
  if (rows.owners === 0) return net
  const costOf = (column: number, row: number): number =>
    metresBetween(columns, column - rows.owners, rows, row, isRound)
  const given = most.reduce((sum, one) => sum + one, 0)
  let slack = given - model.households
  const carried: number[] = []
  const left = Int32Array.from(most)
  const isOpen = slack > 0
  for (let column = 0; column < columns.owners; column += 1) {
    const back = Math.min(slack, most[column]! - least[column]!)
    if (isOpen || column === 0) {
      addArc(net, rows.owners + column, net.root, 0, isOpen ? most[column]! - least[column]! : undefined)
      carried.push(back)
    }
    left[column]! -= back
    slack -= back
  }
  let column = 0
  for (let row = 0; row < rows.owners; row += 1) {
    let due = needs[row]!
    while (due > 0) {
      const flow = Math.min(due, left[column]!)
      if (flow > 0) {
        addArc(net, rows.owners + column, row, costOf(rows.owners + column, row))
        carried.push(flow)
      }
      due -= flow
      left[column]! -= flow
      if (left[column] === 0) column += 1
    }
  }
  for (const { row, column: keeper, households } of model.stability > 0 ? model.kept : []) {
    addArc(net, rows.owners + keeper, row, costOf(rows.owners + keeper, row) - model.stability, households)
    carried.push(0)
  }
  plant(net, Int32Array.from(carried), costOf)
  return net
}

/** Adds arcs worth entering: of every row and every column the few best. Gives their number. */
function price(net: Network, model: Model): number {
  const { rows, columns, isRound } = model
  const before = net.arcs
  const many = 6
  for (let row = 0; row < rows.owners; row += 1) {
    const found: { gain: number; column: number; cost: number }[] = []
    for (let column = 0; column < columns.owners; column += 1) {
      const most = net.price[row]! - net.price[rows.owners + column]!
      if (most < 0.5) continue
      const cost = metresBetween(columns, column, rows, row, isRound)
      if (cost < most) found.push({ gain: cost - most, column, cost })
    }
    found.sort((a, b) => a.gain - b.gain)
    for (const { column, cost } of found.slice(0, many)) addArc(net, rows.owners + column, row, cost)
  }
  return net.arcs - before
}
