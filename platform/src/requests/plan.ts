import { limitsFor } from '#catalogue/rules.ts'
import type { Step as LimitStep } from '#catalogue/contract.ts'
import { addLimit, earliestTerm, extendedTerm, movedTerm, termBetween, termOf } from '#deadlines/rules.ts'
import type { Calendar } from '#deadlines/rules.ts'
import { appealLimit, rungLimits, triageLimit, wordLimit } from './lists.ts'
import type { World } from './rules.ts'
import type { Term } from './entry.ts'

/** Turns categories and calendar into the times that the rules ask for. */

/** @param steps of a category in force now; empty when it has none. */
export function makePlan(
  calendar: Calendar,
  steps: (category: string) => readonly LimitStep[],
): World['plan'] {
  return {
    solve(category, urgency, from) {
      const own = category ? steps(category) : []
      const term = earliestTerm(from, limitsFor(own, urgency), calendar)
      // Steps on the way are told by name; one that would end after the whole (urgency `now`) ends with it.
      const within = own
        .slice(0, -1)
        .map((step) => ({ name: step.name, dueAt: addLimit(from, step, calendar).due }))
      return {
        term,
        steps: within.map((step) => (step.dueAt > term.dueAt ? { ...step, dueAt: term.dueAt } : step)),
      }
    },
    word: (from) => termOf(from, wordLimit, calendar),
    appeal: (from) => termOf(from, appealLimit, calendar),
    after: (term, pause) => movedTerm(term, pause, calendar),
    longer: (term, dueAt) => extendedTerm(term, dueAt, calendar),
    within: (from, dueAt) => termBetween(from, dueAt, calendar),
    rung: (urgency, from) => addLimit(from, rungLimits[urgency === 'now' ? 'now' : 'other'], calendar).due,
  }
}

/** By when somebody says who will see to it. */
export function triageTerm(calendar: Calendar, from: string): Term {
  return termOf(from, triageLimit, calendar)
}
