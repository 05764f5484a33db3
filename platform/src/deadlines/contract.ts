import { z } from 'zod'

/** Limits as ordinances and service promises state them. */
export const limitSchema = z.object({
  unit: z
    .enum(['working_hours', 'working_days', 'calendar_hours', 'calendar_days'])
    .describe('In what the limit is counted'),
  amount: z.int().min(1).max(1_000).describe('How many'),
})
export type Limit = z.infer<typeof limitSchema>

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const hoursSchema = z
  .array(
    z.object({
      from: clock.describe('Opening, HH:MM in Shanghai'),
      until: clock.describe('Closing, HH:MM in Shanghai'),
    }),
  )
  .min(1)
  .max(4)
  .refine(
    (spans) =>
      spans.every((span, index) => span.from < span.until && (spans[index - 1]?.until ?? '') < span.from),
    {
      error: 'each span opens before it closes and after the one before it has closed',
    },
  )
  .describe('Working hours of a day, in order')
export type HoursOfDay = z.infer<typeof hoursSchema>

export const calendarSchema = z.object({
  year: z.int().describe('Calendar year'),
  presumed: z
    .boolean()
    .describe('True while the State Council has not published its holidays; shown as presumed'),
  hours: hoursSchema,
  off: z.array(z.iso.date().describe('Day')).describe('Weekdays that are off'),
  working: z.array(z.iso.date().describe('Day')).describe('Weekend days that are worked'),
  ahead: z
    .array(
      z.object({
        validFrom: z.iso.date().describe('First day'),
        hours: hoursSchema,
      }),
    )
    .describe('Hours that begin later, the next ones first'),
  version: z.int().describe('Version of the district’s own settings, for If-Match; 0 while it has none'),
})
export type CalendarYear = z.infer<typeof calendarSchema>

export const calendarYearSchema = z.object({
  year: z.coerce.number().int().min(2004).max(2100).describe('Calendar year'),
})

export const calendarChangeSchema = z.object({
  off: z.array(z.iso.date()).max(366).describe('Every weekday of the year that is off'),
  working: z.array(z.iso.date()).max(110).describe('Every weekend day of the year that is worked'),
  published: z
    .boolean()
    .describe('Whether this is what the State Council published; the year is then no longer presumed'),
  notice: z.string().trim().min(1).max(80).describe('On whose word: number and date of the notice'),
})
export type CalendarChange = z.infer<typeof calendarChangeSchema>

export const hoursChangeSchema = z.object({
  hours: hoursSchema,
  validFrom: z.iso
    .date()
    .optional()
    .describe('First day on which they hold, today or later; today unless told'),
})
export type HoursChange = z.infer<typeof hoursChangeSchema>

export const workingHoursSchema = z.object({
  hours: hoursSchema,
  validFrom: z.iso.date().describe('First day on which they hold'),
  version: z.int().describe('Version of the district’s own settings, for If-Match'),
})
