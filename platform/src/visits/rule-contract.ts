import { z } from 'zod'
import { careKinds } from '#households/lists.ts'
import { visitors, whos } from './lists.ts'
import { events, rhythms } from './periods.ts'

/** Contracts of visit rules (VR1): a rule is data, and every change of it a further version with its day. */

const fields = {
  name: z.string().trim().min(1).max(40).describe('What people call it'),
  who: z
    .enum(whos)
    .describe(
      'Whose door: all, some kinds of care, those named, the one an event is about; or a walk through a grid',
    ),
  careKinds: z
    .array(z.enum(careKinds))
    .max(careKinds.length)
    .default([])
    .describe('Kinds of care, for `care`'),
  rhythm: z.enum(rhythms).describe('How often, or upon an event'),
  event: z.enum(events).nullable().default(null).describe('Which event, for `event`'),
  days: z
    .int()
    .min(1)
    .max(92)
    .nullable()
    .default(null)
    .describe(
      'Due within so many days of the beginning of the period or of the event; null: the whole period',
    ),
  visitor: z.enum(visitors).describe('Who is to go'),
  basis: z.string().trim().min(1).max(300).describe('Where it is written that this is to be done'),
  active: z.boolean().default(true).describe('Whether it asks for visits at all'),
}

export const ruleFieldsSchema = z.strictObject(fields)
export type RuleFields = z.output<typeof ruleFieldsSchema>

export const ruleChangeSchema = z.strictObject({
  ...fields,
  validFrom: z.iso
    .date()
    .describe('From this day on; periods that began before keep the rule they began with'),
  households: z
    .array(z.uuid())
    .max(2000)
    .optional()
    .describe('Households it names, for `list`; left out: as they are'),
})
export type RuleChange = z.output<typeof ruleChangeSchema>

export const ruleSchema = z.object({
  ...fields,
  id: z.uuid().describe('Rule'),
  version: z.int().describe('Version, for If-Match'),
  validFrom: z.iso.date().describe('From this day on'),
  setAt: z.iso.datetime().describe('When it was written down'),
  setBy: z.string().nullable().describe('By whom'),
})
export type Rule = z.output<typeof ruleSchema>

export const rulesSchema = z.object({
  items: z
    .array(
      z.object({
        now: ruleSchema.describe('As it holds today; a rule still to come as it will hold'),
        ahead: ruleSchema.nullable().describe('What has been set for later'),
        open: z.int().describe('Tasks of it that are open'),
        households: z.int().describe('Households it names one by one'),
      }),
    )
    .describe('Every rule of the district'),
})
export type Rules = z.output<typeof rulesSchema>

export const ruleHistorySchema = z.object({
  items: z.array(ruleSchema).describe('Every version, newest first'),
})

export const rulePreviewSchema = z.object({
  households: z.int().describe('Households it would be about'),
  tasks: z.int().describe('Tasks in the next 30 days'),
  periods: z
    .array(
      z.object({
        key: z.string().describe('Period'),
        opensOn: z.iso.date().describe('From when on'),
        dueOn: z.iso.date().describe('Last day in time'),
        presumed: z.boolean().describe('Rests on a holiday that is not published yet'),
      }),
    )
    .describe('Windows that open in the next 30 days'),
  perPerson: z.number().nullable().describe('Tasks for each who has doors, on average'),
  estimated: z.boolean().describe('Events cannot be foreseen: as many as in the last 30 days'),
})
export type RulePreview = z.output<typeof rulePreviewSchema>
