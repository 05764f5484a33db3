import { z } from 'zod'
import { neededSchema } from '#catalogue/contract.ts'
import {
  closeGrounds,
  declineReasons,
  outcomes,
  proposalReasons,
  proposedKinds,
  returnBases,
  satisfactions,
  urgencies,
} from './lists.ts'

/** What a person may ask to be entered, one schema for each kind. Ids are UUIDv7 made by the client. */

const id = (what: string) => z.uuid().describe(what)
const kind = <K extends string>(name: K) => z.literal(name).describe('Which entry is made')
const line = (max: number) => z.string().trim().min(1).max(max)
const categoryCode = z.string().regex(/^[A-Z]\d{2}$/)
const photos = (what: string) => z.array(z.uuid()).max(9).default([]).describe(what)

const needed = z
  .array(neededSchema)
  .max(20)
  .optional()
  .describe('Everything the resident has to bring or do, told at once')

const base = { id: id('Made by the client; the same id sent twice is one entry') }
const words = (max = 2000) => line(max).describe('In plain words')
const lead = z
  .object({
    organisation: id('Organisation that answers for it'),
    person: id('Person in it, when named').optional(),
  })
  .describe('Who is to solve it')

const part = id('Part of the request (RQ12)')
const supervision = id('The entry that began the supervision')

/** RQ10: what giving a request to somebody takes who may not know, or is complained of. */
const inConfidence = {
  clear: z
    .array(z.uuid())
    .max(20)
    .optional()
    .describe('Photos and voice notes of the reporter that do not tell who made them'),
  evenComplainedOf: z.boolean().optional().describe('Said a second time: to an organisation complained of'),
}

/** Where to go instead: an organisation known here, whose name and phone are filled in, or any other body in words. */
const insteadSchema = z
  .object({
    organisation: id('Organisation known here').optional(),
    name: line(120).optional().describe('Its name, when it is not known here'),
    phone: z.string().trim().max(40).optional().describe('Its phone, when it is not known here'),
  })
  .describe('Where to go instead: an organisation known here, or a name')

/**
 * What a person may ask to be entered; one schema for each kind. What is missing is entered by rule: by the clock, or for
 * a whistle or a meeting (`ladder.ts`), which are formed at doors of their own.
 */
export const commandSchema = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: kind('accept'),
    category: categoryCode.describe('Category; gives the limit'),
    urgency: z
      .enum(urgencies)
      .describe('now: at most 24 hours; by_date: the category limit; explain: explain and keep pursuing'),
    points: z
      .array(line(200))
      .max(12)
      .default([])
      .describe('What was asked, point by point; an answer covers each (RQ7)'),
    needed,
  }),
  z.object({
    ...base,
    kind: kind('decline'),
    reason: z.enum(declineReasons).describe('On what ground'),
    words: words(),
    instead: insteadSchema,
    handOver: z
      .boolean()
      .optional()
      .describe('Give it to that organisation in the same step; only one known here can take it'),
    needed,
  }),
  z.object({
    ...base,
    kind: kind('hand_over'),
    lead,
    words: z
      .string()
      .trim()
      .max(500)
      .default('')
      .describe('What to mind; of a confidential request all that those read who may not know the reporter'),
    ...inConfidence,
  }),
  z.object({
    ...base,
    kind: kind('assign'),
    lead,
    assisting: z.array(z.uuid()).max(8).default([]).describe('Organisations that help'),
    words: z
      .string()
      .trim()
      .max(500)
      .default('')
      .describe('What to mind; of a confidential request all that those read who may not know the reporter'),
    authority: line(300)
      .optional()
      .describe('What a binding decision rests on; it and the words are needed after a second return (RQ6)'),
    ...inConfidence,
  }),
  z.object({
    ...base,
    kind: kind('take'),
    words: z.string().trim().max(500).default('').describe('What will be done first'),
  }),
  z.object({
    ...base,
    kind: kind('return'),
    basis: z.enum(returnBases).describe('Basis from the list'),
    words: words(500),
  }),
  z.object({ ...base, kind: kind('transfer'), lead, words: words(500), ...inConfidence }),
  z.object({ ...base, kind: kind('escalate'), words: words(500) }),
  z.object({
    ...base,
    kind: kind('note'),
    words: words(),
    visible: z
      .boolean()
      .default(false)
      .describe('Whether the reporter reads it; a note of the reporter always is'),
    attachments: photos('Photos and voice notes uploaded before'),
  }),
  z.object({ ...base, kind: kind('ask'), words: words(500) }),
  z.object({
    ...base,
    kind: kind('propose'),
    what: z.enum(proposedKinds).describe('What a second person is asked to agree to'),
    reason: z.enum(proposalReasons).describe('On what ground; each kind has its own list'),
    until: z.iso
      .datetime()
      .optional()
      .describe('When the suspension ends, or when it is due after the extension'),
    words: words(1000),
    attachments: photos('Evidence; leaving the satisfaction figures takes at least one (RQ9)'),
  }),
  z.object({
    ...base,
    kind: kind('review'),
    proposal: id('The entry that proposed it'),
    agree: z.boolean().describe('Whether it is agreed to'),
    words: words(1000),
  }),
  z.object({
    ...base,
    kind: kind('resume'),
    words: z.string().trim().max(500).default('').describe('Why now'),
  }),
  z.object({
    ...base,
    kind: kind('answer'),
    words: words(),
    points: z
      .array(
        z.object({
          index: z.int().min(0).describe('Which point, from 0'),
          open: z.boolean().describe('True when it cannot be solved now; the words say why'),
        }),
      )
      .min(1)
      .max(12)
      .describe('Every point asked, answered or said to be open (RQ7)'),
    attachments: photos('Photos of what was done'),
    needed,
  }),
  z.object({
    ...base,
    kind: kind('confirm'),
    satisfaction: z.enum(satisfactions).optional().describe('How content the reporter is'),
  }),
  z.object({
    ...base,
    kind: kind('follow_up'),
    outcome: z.enum(outcomes).describe('What the call brought'),
    words: z.string().trim().max(1000).default('').describe('What was said'),
  }),
  z.object({ ...base, kind: kind('reopen'), words: words() }),
  z.object({
    ...base,
    kind: kind('close'),
    grounds: z.enum(closeGrounds).describe('On what it may be closed'),
  }),
  z.object({ ...base, kind: kind('appeal'), words: words() }),
  z.object({
    ...base,
    kind: kind('rate'),
    satisfaction: z.enum(satisfactions).describe('How content the reporter is'),
    words: z.string().trim().max(500).default('').describe('In the reporter’s words'),
  }),
  z.object({
    ...base,
    kind: kind('withdraw'),
    words: z.string().trim().max(500).default('').describe('Why, when the reporter says so'),
  }),
  z.object({
    ...base,
    kind: kind('merge'),
    into: id('The request that stays; one that was merged itself stands for the one it was merged into'),
    words: z.string().trim().max(500).default('').describe('Why it is the same'),
  }),
  z.object({ ...base, kind: kind('unmerge'), words: words(500) }),
  z.object({
    ...base,
    kind: kind('supervise'),
    demand: line(500).describe('What is demanded'),
    due: z.iso.datetime().optional().describe('By when it is answered; one step of the ladder when left out'),
  }),
  z.object({ ...base, kind: kind('reply'), supervision, words: words(1000) }),
  z.object({ ...base, kind: kind('lift'), supervision, words: words(500) }),
  z.object({
    ...base,
    kind: kind('split'),
    parts: z
      .array(
        z.object({
          id: id('Made by the client'),
          lead,
          words: line(500).describe('What this part is about'),
          due: z.iso
            .datetime()
            .optional()
            .describe('No later than the request itself, which it is when left out'),
        }),
      )
      .min(1)
      .max(8)
      .describe('One for each department (RQ12)'),
    words: z
      .string()
      .trim()
      .max(500)
      .default('')
      .describe(
        'What all should mind; of a confidential request all that those read who may not know the reporter',
      ),
    ...inConfidence,
  }),
  z.object({
    ...base,
    kind: kind('part_take'),
    part,
    words: z.string().trim().max(500).default('').describe('What will be done first'),
  }),
  z.object({
    ...base,
    kind: kind('part_return'),
    part,
    basis: z.enum(returnBases).describe('Basis from the list'),
    words: words(500),
  }),
  z.object({
    ...base,
    kind: kind('part_answer'),
    part,
    words: words(),
    attachments: photos('Photos of what was done'),
  }),
  z.object({ ...base, kind: kind('part_take_back'), part, words: words(500) }),
])
export type Command = z.infer<typeof commandSchema>
