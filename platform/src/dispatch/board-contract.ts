import { z } from 'zod'
import { areaPath } from '#org/contract.ts'
import { requestSummarySchema } from '#requests/contract.ts'
import { routeSchema } from './contract.ts'
import { boardLevels, dues, figureKinds, steps, whys } from './lists.ts'

/** Contracts of the board, whose turn it is, and of the figures of dispatch. */

const count = (what: string) => z.int().describe(what)
const organisationSchema = z.object({
  id: z.uuid().describe('Organisation'),
  name: z.string().describe('Its name'),
})

const narrowing = {
  path: areaPath.optional().describe('Only what is in this area'),
  group: z
    .string()
    .regex(/^[A-Z]$/)
    .optional()
    .describe('Only this group of categories'),
  category: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .optional()
    .describe('Only this category'),
}

export const boardQuerySchema = z.object({
  by: z
    .enum(['holder', 'step'])
    .default('holder')
    .describe(
      'holder: columns of levels, boxes of organisations; step: my own organisations, columns of states',
    ),
  ...narrowing,
})
export type BoardQuery = z.infer<typeof boardQuerySchema>

const waitingSchema = z
  .object({
    step: z.enum(steps).describe('dispatch: accepted and not sent out; take: sent out and not taken'),
    since: z.iso.datetime().describe('Since when it waits there'),
    dueAt: z.iso.datetime().describe('By when this step ought to be done'),
    late: z.boolean().describe('Whether that is over'),
  })
  .nullable()
  .describe('The step of order, dispatch and take at which it waits; null once it was taken')
export type Waiting = z.infer<typeof waitingSchema>

export const boardItemSchema = z.object({ ...requestSummarySchema.shape, waiting: waitingSchema })
export type BoardItem = z.infer<typeof boardItemSchema>

const tally = {
  count: count('How many wait here'),
  overdue: count('Of these, overdue'),
  today: count('Of the others, due today'),
  paused: count('Of these, on hold'),
}
const boxSchema = z.object({
  organisation: organisationSchema.describe('Who has them'),
  person: organisationSchema
    .nullable()
    .describe('By step: who is named as the one at work; null where nobody is'),
  own: z.boolean().describe('Whether it is an organisation of mine'),
  ...tally,
  toDispatch: count('Of these, accepted and not sent out'),
  toTake: count('Of these, sent out and not taken'),
  items: z.array(boardItemSchema).describe('The first by due time'),
})
export type Box = z.infer<typeof boxSchema>
export const boardSchema = z.object({
  ...tally,
  columns: z
    .array(
      z.object({
        key: z.string().describe('A level, or by step a state'),
        ...tally,
        boxes: z.array(boxSchema).describe('Mine first, then whoever has most overdue'),
        more: z
          .object({ boxes: count('How many others'), count: count('How many requests they have') })
          .describe('What does not fit on the board'),
      }),
    )
    .describe('Columns from left to right; empty ones too'),
})
export type Board = z.infer<typeof boardSchema>

export const boardListQuerySchema = z.object({
  ...narrowing,
  organisation: z.uuid().optional().describe('Only what this organisation has'),
  level: z.enum(boardLevels).optional().describe('Only what organisations of this level have'),
  state: z
    .string()
    .regex(/^[a-z_]{2,20}$/)
    .optional()
    .describe('Only in this state'),
  due: z.enum(dues).optional().describe('Only with this much time left'),
  own: z.enum(['true']).optional().describe('Only what my organisations have'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Rows in a page'),
})
export type BoardListQuery = z.infer<typeof boardListQuerySchema>
export const boardListSchema = z.object({
  items: z.array(boardItemSchema).describe('One page, by due time'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

const span = {
  since: z.iso.date().optional().describe('First day; a year ago unless told'),
  until: z.iso.date().optional().describe('Day after the last; tomorrow unless told'),
  path: areaPath.optional().describe('Only of this area'),
}
export const figuresQuerySchema = z.object(span)
export type FiguresQuery = z.infer<typeof figuresQuerySchema>

const measures = {
  dispatched: count('Requests dispatched for the first time'),
  proposed: count('Of these, with somebody proposed'),
  unfollowed: count('Of the proposed, given to somebody else'),
  answered: count('Of the proposed, answered since'),
  wrong: count('Of the answered, answered by somebody else than proposed'),
  astray: count('Answered by somebody else than they were first given to'),
  returned: count('Of the dispatched, sent back at least once'),
  returned_twice: count('Of these, sent back again, and decided by the desk above (RQ6)'),
  accuracy: z.number().nullable().describe('Share of the answered whose proposal was right; null: none yet'),
  secondReturns: z.number().nullable().describe('Share of the dispatched sent back twice; null: none yet'),
}
export const figuresSchema = z.object({
  since: z.iso.date().describe('First day'),
  until: z.iso.date().describe('Day after the last'),
  total: z.object(measures).describe('All of them'),
  months: z
    .array(z.object({ month: z.string().describe('Year and month'), ...measures }))
    .describe('By month'),
  categories: z
    .array(
      z.object({ code: z.string().describe('Category'), name: z.string().describe('Its name'), ...measures }),
    )
    .describe('Those with most proposals that were wrong first'),
  whys: z
    .array(z.object({ why: z.enum(whys).describe('On what ground'), ...measures }))
    .describe('By ground of the proposal'),
})
export type Figures = z.infer<typeof figuresSchema>

export const drillQuerySchema = z.object({
  ...span,
  figure: z.enum(figureKinds).describe('Which figure is opened'),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .describe('Only of this month'),
  category: narrowing.category,
  why: z.enum(whys).optional().describe('Only on this ground'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(40).describe('Rows in a page'),
})
export type DrillQuery = z.infer<typeof drillQuerySchema>
export const drillSchema = z.object({
  items: z
    .array(
      z.object({
        request: z.uuid().describe('Request'),
        code: z.string().describe('Its code'),
        title: z.string().describe('Its short name'),
        place: z.string().describe('Where, in words'),
        kind: z.string().nullable().describe('Its category'),
        at: z.iso.datetime().describe('When it was first dispatched'),
        why: z.enum(whys).describe('On what ground somebody was proposed'),
        proposed: organisationSchema.nullable().describe('Who was proposed'),
        chosen: organisationSchema.describe('Who was chosen'),
        answeredBy: organisationSchema.nullable().describe('Who answered in the end'),
        returns: count('How often it was sent back'),
      }),
    )
    .describe('One page, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})
export type Drill = z.infer<typeof drillSchema>

export const chosenSchema = z.object({
  items: z
    .array(
      z.object({
        at: z.iso.datetime().describe('When'),
        chosen: organisationSchema.describe('Who was chosen'),
        followed: z.boolean().nullable().describe('Whether as proposed; null where nobody was'),
        route: routeSchema
          .omit({ passed: true })
          .describe('Who was proposed, and why, as the table stood then'),
      }),
    )
    .describe('Every dispatch of the request, the newest first'),
})
export type Chosen = z.infer<typeof chosenSchema>
