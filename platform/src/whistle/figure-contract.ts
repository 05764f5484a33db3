import { z } from 'zod'

/** Contracts of figures about whistles: by department, never by person (boundary 11); each opens the records it counts. */

export const figuresQuerySchema = z.object({
  from: z.iso.date().describe('Called on this day or later'),
  until: z.iso.date().describe('Before this day'),
})
export type FiguresQuery = z.output<typeof figuresQuerySchema>

const count = (what: string) => z.int().describe(what)

const figureRowSchema = z.object({
  id: z.uuid().describe('Department'),
  name: z.string().describe('Its name'),
  called: count('How often it was called'),
  lead: count('Of these as the one that answers for all'),
  inTime: count('Came in time'),
  late: count('Came late, or is late now'),
  waiting: count('Has time still'),
  released: count('Was let go on its objection'),
  done: count('Of these calls, done'),
  days: z
    .number()
    .nullable()
    .describe('Days from the call until it was done, on average; null where none was'),
  satisfied: count('Rated satisfied'),
  fair: count('Rated fair'),
  dissatisfied: count('Rated dissatisfied'),
})
export type FigureRow = z.infer<typeof figureRowSchema>

export const figuresSchema = z.object({
  items: z.array(figureRowSchema).describe('Departments by name'),
})
export type Figures = z.infer<typeof figuresSchema>
