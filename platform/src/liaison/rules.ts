import type { Figures, Move, Price, ScenarioAbility, ScenarioState } from './contract.ts'
import type { Piece, World } from './compare.ts'
import { holderOf, loadsOf } from './compare.ts'
import type { Door } from './problem.ts'
import { inOrder } from './problem.ts'

/** What may be done with a plan, and what a change by hand costs. Pure. */

/** LP1: from which states a plan may be changed, worked out, approved, published. A published plan is history. */
export const allowedIn: Record<ScenarioAbility, readonly ScenarioState[]> = {
  change: ['draft', 'solved', 'infeasible'],
  solve: ['draft', 'solved', 'infeasible'],
  stop: ['solving'],
  adjust: ['solved', 'infeasible'],
  approve: ['solved', 'infeasible'],
  reopen: ['approved'],
  publish: ['approved'],
  cancel: ['draft', 'solving', 'solved', 'infeasible', 'approved'],
}

/** LP6: whoever drafted a plan does not approve it. */
export function abilitiesOf(
  scenario: { state: ScenarioState; draftedBy: string },
  actor: { id: string; plans: boolean; approves: boolean },
): ScenarioAbility[] {
  const all = Object.keys(allowedIn) as ScenarioAbility[]
  return all.filter((ability) => {
    if (!allowedIn[ability].includes(scenario.state)) return false
    if (ability === 'approve') return actor.approves && actor.id !== scenario.draftedBy
    if (ability === 'publish' || ability === 'reopen') return actor.approves
    return actor.plans
  })
}

/** LP6: a plan that leaves somebody without a liaison, or a bound unkept, is approved with a word why, or not at all. */
export function needsWords(figures: Pick<Figures, 'unserved' | 'over' | 'under'>): boolean {
  return figures.unserved + figures.over + figures.under > 0
}

type Names = (person: string) => string

/** How many households of a stairwell a person has with what hands changed so far; with null, nobody. */
export function heldIn(pieces: readonly Piece[], unit: string, person: string | null, world: World): number {
  return pieces.reduce(
    (total, piece) =>
      piece.unit === unit && holderOf(piece, 'planned', world) === person ? total + piece.households : total,
    0,
  )
}

/** LP5: what a move costs, before it is made. The caller has seen that `from` has as many and `to` takes part. */
export function priceOf(pieces: readonly Piece[], move: Move, world: World, nameOf: Names): Price {
  const loads = loadsOf(pieces, 'planned', world)
  const side = (person: string, by: number) => {
    const before = loads.get(person)?.households ?? 0
    const { min, max } = world.bounds.get(person) ?? { min: 0, max: 0 }
    return { person: { id: person, name: nameOf(person) }, before, after: before + by, least: min, most: max }
  }
  const to = side(move.to, move.households)
  const from = move.from === null ? null : side(move.from, -move.households)
  const walked = move.from === null ? 0 : (world.metres(move.unit, move.from) ?? 0)
  const metresEach = (world.metres(move.unit, move.to) ?? 0) - walked
  return {
    households: move.households,
    metresEach,
    metresMore: metresEach * move.households,
    from,
    to,
    holds: to.after <= to.most && (from === null || from.after >= from.least),
  }
}

/** A door of a plan, as it is stored. */
export type PlannedDoor = Door & { was: string | null; solved: string | null }

/**
 * LP5: which doors move. First those that the taker has had, then those the giver has not had, then from the top down, so that
 * what stays lies together.
 */
export function doorsToMove(doors: readonly PlannedDoor[], { from, to, households }: Move): string[] {
  const rank = ({ was }: PlannedDoor) => (was === to ? 0 : was === from ? 2 : 1)
  return inOrder(doors)
    .toReversed()
    .filter(({ livedIn, person }) => livedIn && person === from)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, households)
    .map(({ id }) => id)
}
