import { z } from 'zod'

/** Contracts of figures about visits. By area, never by person: nobody is ranked (boundaries 11 and 14). */

export const figuresQuerySchema = z.object({
  path: z
    .string()
    .regex(/^(\d+\/){1,8}$/)
    .describe('Area'),
  from: z.iso.date().describe('Tasks due and visits made on this day or later'),
  until: z.iso.date().describe('Before this day'),
})
export type FiguresQuery = z.output<typeof figuresQuerySchema>

const count = (what: string) => z.int().describe(what)

export const figureRowSchema = z.object({
  path: z.string().describe('Area'),
  name: z.string().describe('Its name'),
  households: count('Households that were to be visited'),
  visited: count('Of those, in which somebody was met at least once'),
  open: count('Tasks still open'),
  overdue: count('Of the open ones past their day'),
  done: count('Tasks done in time'),
  doneLate: count('Tasks done late'),
  missed: count('Tasks whose window ended without a visit'),
  notReached: count('Tasks that could not be done: nobody at home on three days (VR5)'),
  declined: count('Tasks that the household declined'),
  excused: count('Tasks that a desk excused, or that fell away'),
  visits: count('Visits on which somebody was met'),
  needs: count('Needs that became requests'),
  confirmed: count('Visits that the resident confirmed'),
  denied: count('Visits of which the resident said that nobody came'),
  spotVisited: count('Spot checks: visited'),
  spotNot: count('Spot checks: not visited'),
  spotNotReached: count('Spot checks: not reached'),
})
export type FigureRow = z.infer<typeof figureRowSchema>

export const figuresSchema = z.object({
  whole: figureRowSchema.describe('The area'),
  parts: z.array(figureRowSchema).describe('What it consists of, in the order of their codes'),
})
export type Figures = z.infer<typeof figuresSchema>
