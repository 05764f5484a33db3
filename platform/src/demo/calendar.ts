import { defaultCategories } from '#catalogue/seed.ts'
import { buildCalendar } from '#deadlines/calendar.ts'
import { makePlan, triageTerm } from '#requests/plan.ts'
import type { DemoCalendar } from './simulation.ts'

/** The product's own working days and limits, as a new district has them. */
export function demoCalendar(): DemoCalendar {
  const calendar = buildCalendar()
  const steps = new Map(defaultCategories().map((category) => [category.code, category.steps]))
  const plan = makePlan(calendar, (code) => steps.get(code) ?? [])
  return { ...plan, triage: (from) => triageTerm(calendar, from) }
}
