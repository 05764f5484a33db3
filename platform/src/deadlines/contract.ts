import { z } from 'zod'

/** Limits as ordinances and service promises state them. */
export const limitSchema = z.object({
  unit: z.enum(['working_hours', 'working_days', 'calendar_hours', 'calendar_days']).describe('In what the limit is counted'),
  amount: z.int().min(1).max(1_000).describe('How many'),
})
export type Limit = z.infer<typeof limitSchema>

export const calendarSchema = z.object({
  year: z.int().describe('Calendar year'),
  presumed: z.boolean().describe('True while the State Council has not published its holidays (推定)'),
  hours: z.array(z.object({ from: z.string().describe('Opening, HH:MM'), until: z.string().describe('Closing, HH:MM') })).describe('Working hours of a day'),
  off: z.array(z.iso.date().describe('Day')).describe('Weekdays that are off'),
  working: z.array(z.iso.date().describe('Day')).describe('Weekend days that are worked'),
})
