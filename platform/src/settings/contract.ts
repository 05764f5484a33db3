import { z } from 'zod'
import { categoryChangeSchema } from '#catalogue/contract.ts'
import { calendarChangeSchema } from '#deadlines/contract.ts'

/** What a change of settings would do, before it is made, and who changed what. */

const due = z.object({
  from: z.iso.datetime().describe('A request accepted then'),
  before: z.iso.datetime().describe('would be due then, as things stand'),
  after: z.iso.datetime().describe('and then, with the change'),
})

export const categoryPreviewSchema = categoryChangeSchema.pick({ steps: true, leads: true, validFrom: true })
export type CategoryPreview = z.infer<typeof categoryPreviewSchema>

export const categoryEffectSchema = z.object({
  running: z.int().describe('Requests under way in the category; they keep limit and department (RQ16)'),
  waiting: z
    .int()
    .describe('Requests said to be of the category and not yet accepted; they get what holds then'),
  example: due.nullable().describe('What the new limit means; null when the limit is not changed'),
  unknown: z.array(z.string()).describe('Departments by whose name no organisation of the district goes'),
})
export type CategoryEffect = z.infer<typeof categoryEffectSchema>

export const calendarPreviewSchema = z.object({
  year: z.int().min(2004).max(2100).describe('Calendar year'),
  ...calendarChangeSchema.pick({ off: true, working: true, published: true }).shape,
})
export type CalendarPreview = z.infer<typeof calendarPreviewSchema>

export const calendarEffectSchema = z.object({
  days: z
    .array(
      z.object({
        day: z.iso.date().describe('Day'),
        works: z.boolean().describe('Whether it would be worked'),
      }),
    )
    .describe('Days that would change'),
  running: z.int().describe('Requests under way that are due in the year; they keep their time (RQ4)'),
  example: due.nullable().describe('What five working days mean across the first day that changes'),
})
export type CalendarEffect = z.infer<typeof calendarEffectSchema>

export const settingKinds = ['category', 'calendar', 'organisation', 'area', 'message_template'] as const

export const settingsQuerySchema = z.object({
  kind: z.enum(settingKinds).optional().describe('Only settings of this kind'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})

export const settingsHistorySchema = z.object({
  items: z
    .array(
      z.object({
        id: z.string().describe('Place in the ledger'),
        at: z.iso.datetime().describe('When it was changed'),
        by: z.string().nullable().describe('Name of who changed it; null for the installation'),
        kind: z.enum(settingKinds).describe('Kind of setting'),
        about: z.string().nullable().describe('Which one, by its name or code'),
        detail: z.record(z.string(), z.unknown()).describe('What was set'),
      }),
    )
    .describe('One page, newest first, out of the ledger'),
  next: z.string().nullable().describe('Cursor of the next page'),
})
export type SettingsHistory = z.infer<typeof settingsHistorySchema>
