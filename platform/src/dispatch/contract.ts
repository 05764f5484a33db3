import { z } from 'zod'
import { areaPath, deskLevels } from '#org/contract.ts'
import { whys } from './lists.ts'

/** Contracts of the routing table: its rows, what a change would do, and why somebody is proposed. */

const id = (what: string) => z.uuid().describe(what)
const instant = (what: string) => z.iso.datetime().describe(what)
const name = (what: string) => z.string().describe(what)

const placeSchema = z.object({ path: areaPath.describe('Area'), name: name('Its name') })
const organisationSchema = z.object({ id: id('Organisation'), name: name('Its name') })
const kindSchema = z.object({
  code: name('Code of a category, or the letter of a group'),
  name: name('Its name'),
})

/** Whom a row names; exactly one of the three. */
const target = {
  organisation: id('One organisation, wherever it stands')
    .nullable()
    .describe('One organisation, wherever it stands'),
  functions: z
    .array(z.string().trim().min(1).max(40))
    .min(1)
    .max(6)
    .nullable()
    .describe('Names as people say them; the first that somebody serving the place goes by gets it'),
  deskLevel: z.enum(deskLevels).nullable().describe('The desk of this level over the place'),
}

const about = {
  category: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .nullable()
    .describe('One category'),
  group: z
    .string()
    .regex(/^[A-Z]$/)
    .nullable()
    .describe('A whole group; with neither, everything'),
  path: areaPath.describe('Where it holds'),
}

export const ruleChangeSchema = z
  .object({
    ...about,
    ...target,
    basis: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .describe('Law, list of duties or decision that it rests on; whoever gets the request reads it'),
    validFrom: instant('From when it holds, now or later').optional(),
    validUntil: instant('When it is over by itself')
      .nullable()
      .default(null)
      .describe('When it is over by itself'),
    ended: z.boolean().default(false).describe('True: from then on there is no such row'),
  })
  .refine(
    ({ organisation, functions, deskLevel }) =>
      [organisation, functions, deskLevel].filter((one) => one !== null).length === 1,
    { path: ['functions'], message: 'one of organisation, functions and deskLevel' },
  )
  .refine(({ category, group }) => category === null || group === null, {
    path: ['group'],
    message: 'a category or a group, not both',
  })
export type RuleChange = z.infer<typeof ruleChangeSchema>

export const ruleSchema = z.object({
  id: id('Row'),
  version: z.int().describe('Version, for If-Match'),
  kind: kindSchema.nullable().describe('Category or group; null: everything'),
  category: about.category,
  group: about.group,
  area: placeSchema.describe('Where it holds'),
  organisation: organisationSchema.nullable().describe('Set where the row names one'),
  functions: target.functions,
  deskLevel: target.deskLevel,
  basis: name('What it rests on'),
  validFrom: instant('Since when'),
  validUntil: instant('When it is over by itself').nullable().describe('When it is over by itself'),
  ended: z.boolean().describe('True: this version ends the row'),
  state: z.enum(['holds', 'ahead', 'over']).describe('Whether it holds now, is still to come, or is over'),
  setAt: instant('When it was set'),
  setBy: name('Who set it').nullable().describe('Who set it'),
})
export type RuleView = z.infer<typeof ruleSchema>

export const rulesSchema = z.object({
  items: z
    .array(ruleSchema)
    .describe('Rows that hold or are still to come, by category, smaller areas first'),
})
export const ruleHistorySchema = z.object({
  items: z.array(ruleSchema).describe('Every version of the row, newest first'),
})

/** One ground that was looked at. */
const groundSchema = z.object({
  why: z.enum(whys).describe('What kind of ground'),
  organisation: organisationSchema.nullable().describe('Whom it names; null where it leads nowhere'),
  failed: z
    .enum(['not_here', 'excepted', 'weaker'])
    .nullable()
    .describe(
      'not_here: nobody serving the place goes by that name; excepted: has it, sent it back, or it is about them; weaker: a stronger ground decided',
    ),
  since: instant('Since when it holds').nullable().describe('Since when it holds'),
  basis: name('What it rests on').nullable().describe('What it rests on'),
  kind: kindSchema.nullable().describe('Category or group that the row is about'),
  area: placeSchema.nullable().describe('Where it holds'),
  name: name('The name in the table that was understood as this organisation')
    .nullable()
    .describe('The name in the table that was understood as this organisation'),
  rule: z
    .object({ id: id('Row'), version: z.int().describe('Its version') })
    .nullable()
    .describe('The row of the table'),
  precedent: z
    .object({ id: id('Request'), code: name('Its code') })
    .nullable()
    .describe('The request whose second return was decided'),
  answered: z.int().describe('How many alike it answered within a year'),
  onTime: z.int().describe('Of these, within the limit'),
  satisfied: z.int().describe('Of these, to the content of the reporter'),
})
export type GroundView = z.infer<typeof groundSchema>

export const routeSchema = z.object({
  ...groundSchema.shape,
  passed: z.array(groundSchema).describe('What else was looked at, the strongest first'),
})
export type RouteView = z.infer<typeof routeSchema>

export const choiceQuerySchema = z.object({
  category: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .optional()
    .describe('Category; without one only rows about everything speak'),
  path: areaPath.describe('Where it is'),
})

export const proposalsSchema = z.object({
  requests: z.array(id('Request')).min(1).max(50).describe('Requests that are to be dispatched'),
})
export const proposedSchema = z.object({
  items: z
    .array(
      z.object({
        request: id('Request'),
        route: routeSchema.nullable().describe('Null: confidential, which is for the desk to weigh'),
      }),
    )
    .describe('Those within reach, in the order asked for'),
})

export const effectSchema = z.object({
  looked: z.int().describe('Requests of the last 90 days that the row speaks of, looked at'),
  changed: z.int().describe('Of these, proposed to somebody else with the change'),
  open: z.int().describe('Of the changed, those that still wait to be dispatched'),
  samples: z
    .array(
      z.object({
        request: id('Request'),
        code: name('Its code'),
        title: name('Its short name'),
        before: organisationSchema.nullable().describe('Whom it is proposed to now'),
        after: organisationSchema.nullable().describe('Whom it would be proposed to'),
        answeredBy: organisationSchema.nullable().describe('Who answered it in the end'),
      }),
    )
    .describe('The newest of the changed'),
  unknown: z.array(z.string()).describe('Names that nobody serving the area goes by'),
})
export type Effect = z.infer<typeof effectSchema>
