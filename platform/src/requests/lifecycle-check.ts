import { entries, states } from './lifecycle.ts'
import type { EntryRule, State, StateRule } from './lifecycle-rule.ts'

/** Whether the lifecycle table has holes; asked at every start. Pure. */

/**
 * RQ14: every state that is not final has a clock, a holder and a level to climb to; every state is reached by some
 * entry and every one that is not final can be left.
 *
 * @returns one line for each hole found; empty when the table is whole.
 */
export function checkLifecycle(): string[] {
  const holes: string[] = []
  for (const [name, rule] of Object.entries(states) as [State, StateRule][]) {
    if (!rule.final && !rule.clock) holes.push(`${name} has no clock`)
    if (!rule.final && !rule.holder) holes.push(`${name} has no holder`)
    if (!rule.final && !rule.climbs) holes.push(`${name} climbs nowhere`)
    if (rule.final && (rule.clock || rule.holder)) holes.push(`${name} is final yet owes something`)
    const rules = Object.values(entries) as EntryRule[]
    if (!rules.some((entry) => entry.to === name)) holes.push(`${name} is never reached`)
    if (
      !rule.final &&
      !rules.some((entry) => entry.from.includes(name) && entry.to !== 'same' && entry.to !== name)
    )
      holes.push(`${name} cannot be left`)
    // What stands still is set going again by the clock itself: a pause that only people end could last for ever.
    const wakes = rules.some(
      (entry) => entry.from.includes(name) && entry.by.includes('system') && entry.to !== 'same',
    )
    if (rule.clock === 'pause' && !wakes) holes.push(`${name} is not ended by the clock`)
  }
  return holes
}
