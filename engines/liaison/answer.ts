import type { Network } from '#engines/flow/network.ts'
import type { Assignment, Certificate, Id, Plan, Problem, Unserved } from './contract.ts'
import { boundOf } from './bound.ts'
import type { Model } from './model.ts'
import type { Counts } from './optimum.ts'
import { reasonsOf } from './reasons.ts'

/** From the solved network back to names: the plan, its cost and its proof. */

export function planOf<I extends Id>(
  problem: Problem<I>,
  model: Model,
  net: Network,
  counts: Counts & { seconds: number },
): Plan<I> {
  const { units, people } = problem
  const flows = flowsOf(model, net)
  const assignments: Assignment<I>[] = flows.map(({ person, unit, households }) => ({
    person: people[person]!.id,
    unit: units[unit]!.id,
    households,
  }))
  const served = new Float64Array(units.length)
  for (const { unit, households } of flows) served[unit]! += households
  const unserved: Unserved<I>[] = units.flatMap(({ id, households }, index) =>
    households > served[index]! ? [{ unit: id, households: households - served[index]! }] : [],
  )
  const changed = changedOf(problem, model, flows)
  const certificate = certificateOf(problem, model, net)
  return {
    status: model.kind === 'fits' ? 'optimal' : 'infeasible',
    cost:
      flows.reduce((sum, { cost, households }) => sum + cost * households, 0) + problem.stability * changed,
    dualBound: boundOf(problem, certificate),
    assignments,
    unserved,
    explanation: reasonsOf(problem, flows),
    certificate,
    stats: {
      seconds: counts.seconds,
      units: units.length,
      people: people.length,
      households: units.reduce((sum, unit) => sum + unit.households, 0),
      changed,
      pivots: counts.pivots,
      pricingRounds: counts.pricingRounds,
      candidates: counts.candidates,
      levels: counts.levels,
    },
  }
}

/** Households with a person: indices of the problem, and metres. */
export type Flow = { person: number; unit: number; households: number; cost: number }

/** By unit, then by person, each pair once. */
function flowsOf(model: Model, net: Network): Flow[] {
  const { rows, root, tail, head, state, limit, arc, parent, flow } = net
  const carried: Flow[] = []
  const isShort = model.kind === 'short'
  const add = (index: number, households: number): void => {
    if (households === 0 || head[index] === root) return
    const row = model.rowOf[head[index]!]!
    const column = model.columnOf[tail[index]! - rows]!
    // What is kept has an arc of its own beside the one of those that come.
    const isKept = limit[index]! < 0x7fff_ffff
    const cost = net.cost[index]! + (isKept ? model.stability : 0)
    carried.push({ person: isShort ? row : column, unit: isShort ? column : row, households, cost })
  }
  for (let node = 0; node < root; node += 1) if (parent[node]! >= 0) add(arc[node]!, flow[node]!)
  for (let index = 0; index < net.arcs; index += 1) if (state[index] === -1) add(index, limit[index]!)
  carried.sort((a, b) => a.unit - b.unit || a.person - b.person)
  let count = 0
  for (const one of carried) {
    const last = carried[count - 1]
    if (count > 0 && last!.unit === one.unit && last!.person === one.person)
      last!.households += one.households
    else carried[count++] = one
  }
  carried.length = count
  return carried
}

/** What `current` says less what stays so. */
function changedOf<I extends Id>(
  { units, current = [] }: Problem<I>,
  model: Model,
  flows: readonly Flow[],
): number {
  let changed = current.reduce((sum, { households }) => sum + households, 0)
  // Where the flows of each unit begin.
  const starts = new Int32Array(units.length + 1)
  for (const { unit } of flows) starts[unit + 1]! += 1
  for (let unit = 0; unit < units.length; unit += 1) starts[unit + 1]! += starts[unit]!
  for (const { row, column, households } of model.kept) {
    const isShort = model.kind === 'short'
    const unit = isShort ? model.columnOf[column]! : model.rowOf[row]!
    const person = isShort ? model.rowOf[row]! : model.columnOf[column]!
    for (let at = starts[unit]!; at < starts[unit + 1]!; at += 1)
      if (flows[at]!.person === person) changed -= Math.min(households, flows[at]!.households)
  }
  return changed
}

/**
 * Prices in the terms of the problem, also for those who take no part: a unit without households may cost anything low, a person without
 * places anything high. Without freedom all prices may move together.
 */
function certificateOf<I extends Id>(problem: Problem<I>, model: Model, net: Network): Certificate {
  const { units, people } = problem
  const rowPrices = Float64Array.from(model.rowOf, (_, row) => net.price[row]! - net.price[net.root]!)
  const columnPrices = Float64Array.from(
    model.columnOf,
    (_, column) => net.price[net.rows + column]! - net.price[net.root]!,
  )
  const isShort = model.kind === 'short'
  const certificate: Certificate = {
    units: Array.from({ length: units.length }, () => -Infinity),
    people: Array.from({ length: people.length }, () => Infinity),
  }
  model.rowOf.forEach((index, row) => {
    if (isShort) certificate.people[index] = -rowPrices[row]!
    else certificate.units[index] = rowPrices[row]!
  })
  model.columnOf.forEach((index, column) => {
    if (index < 0) return
    if (isShort) certificate.units[index] = -columnPrices[column]!
    else certificate.people[index] = columnPrices[column]!
  })
  // Fair also for a household kept, which may cost less than nothing.
  const highest = problem.stability + certificate.units.reduce((most, one) => Math.max(most, one), 0)
  const lowest = certificate.people.reduce((least, one) => Math.min(least, one), 0) - problem.stability
  const all = {
    units: certificate.units.map((one) => (one === -Infinity ? lowest : one)),
    people: certificate.people.map((one) => (one === Infinity ? highest : one)),
  }
  if (model.exactly === null || people.length === 0) return all
  const lift =
    model.exactly === 'most'
      ? all.people.reduce((least, one) => Math.min(least, one), Infinity)
      : all.people.reduce((most, one) => Math.max(most, one), -Infinity)
  return { units: all.units.map((one) => one - lift), people: all.people.map((one) => one - lift) }
}
