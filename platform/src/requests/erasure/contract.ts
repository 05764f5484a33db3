import { z } from 'zod'

/** Contracts of erasing personal data (RQ15), and of seeing and correcting it (boundary 5). */

const id = (what: string) => z.uuid().describe(what)
const instant = (what: string) => z.iso.datetime().describe(what)

/** How much is erased: who said it, everything that was said, or all of it and the account. */
const wishes = ['person', 'all', 'account'] as const

/** What the law sets against erasing (PIPL article 47): each names the ground on which the data is kept. */
const holdGrounds = ['proceedings', 'inspection', 'retention'] as const

const erasureStates = ['waiting', 'refused', 'erased', 'done'] as const

const ground = z
  .enum(holdGrounds)
  .describe(
    'proceedings: a court, arbitration or review about it is running; inspection: its handling is being inspected; retention: a law names a time that is not over',
  )
const reason = z.string().trim().min(4).max(500).describe('Why, in plain words; the resident reads it')

const wish = { id: id('Made by the client; the same id sent twice is one wish') }
const request = id('Which request')
export const askErasureSchema = z.discriminatedUnion('scope', [
  z.object({
    ...wish,
    scope: z.literal('person').describe('Who said it; what was said stays until it is settled'),
    request,
  }),
  z.object({ ...wish, scope: z.literal('all').describe('Everything that was said'), request }),
  z.object({ ...wish, scope: z.literal('account').describe('All requests, and the account') }),
])
export type AskErasure = z.infer<typeof askErasureSchema>

export const erasureSchema = z.object({
  id: id('The wish; who knows it may ask what came of it'),
  scope: z.enum(wishes).describe('How much was to be erased'),
  code: z.string().nullable().describe('Code of the request; null for an account'),
  state: z
    .enum(erasureStates)
    .describe(
      'waiting: somebody decides; refused; erased: gone from the database; done: the files are gone as well',
    ),
  askedAt: instant('When it was asked for'),
  dueAt: instant('By when it is answered: fifteen days'),
  ground: ground.nullable().describe('What stands against it'),
  words: z.string().nullable().describe('What whoever decided says about it'),
  decidedAt: instant('When').nullable().describe('When it was decided; null when nobody had to'),
  erasedAt: instant('When').nullable().describe('When it was erased'),
  doneAt: instant('When').nullable().describe('When the files were gone as well'),
  counts: z
    .object({
      requests: z.int().describe('Requests'),
      entries: z.int().describe('Entries that held texts'),
      attachments: z.int().describe('Photos and voice notes'),
      messages: z.int().describe('Messages'),
    })
    .describe('How much was erased'),
})
export type ErasureView = z.infer<typeof erasureSchema>

export const erasureListSchema = z.object({
  items: z.array(erasureSchema).describe('What waits first, by due time; then the newest, at most 100'),
})

export const decideErasureSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('erase').describe('Erase it now; what stood against it is lifted') }),
  z.object({
    decision: z.literal('refuse').describe('Keep it, on a ground that the law names'),
    ground,
    words: reason,
  }),
])
export type DecideErasure = z.infer<typeof decideErasureSchema>

export const placeHoldSchema = z.object({
  id: id('Made by the client'),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2,4}-\d{4}-\d{6}$/)
    .describe('Code of the request'),
  ground,
  words: z.string().trim().min(4).max(500).describe('Which proceedings, by number or office; no names'),
  until: z.iso.datetime({ offset: true }).optional().describe('Until when, if it is known'),
})
export type PlaceHold = z.infer<typeof placeHoldSchema>

export const holdSchema = z.object({
  id: id('The hold'),
  code: z.string().describe('Code of the request'),
  ground,
  words: z.string().describe('Which proceedings'),
  setBy: z.string().describe('Who set it'),
  setAt: instant('When'),
  until: instant('Until').nullable().describe('Until when; null when it is not known'),
})
export type Hold = z.infer<typeof holdSchema>

const plain = (what: string) => z.string().describe(what)
export const ownCopySchema = z.object({
  parts: z
    .array(
      z.object({
        title: plain('What it is about'),
        rows: z
          .array(z.object({ what: plain('What'), value: plain('What is kept of it') }))
          .describe('Line by line'),
      }),
    )
    .describe('Everything that is kept about me, in plain words'),
  kept: z
    .array(
      z.object({
        what: plain('Which data'),
        why: plain('What for'),
        basis: plain('On which ground'),
        long: plain('How long'),
      }),
    )
    .describe('What for, on which ground and how long data about me is kept'),
})
export type OwnCopy = z.infer<typeof ownCopySchema>

export const holdListSchema = z.object({ items: z.array(holdSchema).describe('Newest first') })
