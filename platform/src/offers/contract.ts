import { z } from 'zod'
import { refusals } from '#engines/offers/contract.ts'
import { times } from '#people/rules.ts'
import { areaPath } from '#org/contract.ts'
import { backBases, mostAtOnce } from './lists.ts'

/** Contracts of offers: a small want is put before those who can, are near and have time; the first yes takes it. */

const at = (what: string) => z.iso.datetime().describe(what)
const skill = z.string().regex(/^[a-z][a-z_]{1,29}$/)

export const offerStates = ['open', 'taken', 'done', 'over'] as const
export type OfferState = (typeof offerStates)[number]

/** Why it is the desk's again. */
export const overReasons = ['nobody_left', 'asked_enough', 'not_small', 'withdrawn', 'changed'] as const
export type OverReason = (typeof overReasons)[number]

export const askAnswers = ['taken', 'not_now', 'late', 'gone', 'given_back'] as const
export type AskAnswer = (typeof askAnswers)[number]

const wantFields = {
  skills: z.array(skill).max(5).default([]).describe('Any one of these is enough; none: everybody can'),
  slots: z.array(z.enum(times)).max(4).default([]).describe('Any one of these times will do; none: any time'),
}

export const helpersQuerySchema = z.object({
  skills: z
    .string()
    .regex(/^([a-z][a-z_]{1,29}(,[a-z][a-z_]{1,29}){0,4})?$/)
    .default('')
    .describe('Skills, any one of which is enough, separated by commas'),
  slots: z
    .string()
    .regex(/^[a-z_]*(,[a-z_]+){0,3}$/)
    .default('')
    .describe('Times, any one of which will do, separated by commas'),
})

const partsSchema = z.object({
  walk: z.int().describe('Metres to walk'),
  held: z.int().describe('For what the person has taken and not done'),
  asked: z.int().describe('For how often the person was asked lately'),
  slotsUnsaid: z.int().describe('When the person never said when they have time'),
})

const namedSchema = z.object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })

export const helperSchema = namedSchema.extend({
  cost: z.int().describe('The sum of the parts, in metres; less is better'),
  parts: partsSchema.describe('What makes up the sum'),
  skills: z.array(z.string()).describe('Which of the skills asked for the person has'),
  roles: z.array(z.string()).describe('How the person serves'),
})
export type HelperView = z.infer<typeof helperSchema>

export const helpersSchema = z.object({
  chosen: z.array(helperSchema).describe('Who would be asked first, best first'),
  next: z.array(helperSchema).describe('Who would be asked after them; at most twenty'),
  left: z
    .array(
      z.object({
        why: z.enum(refusals).describe('Why they are not asked'),
        many: z.int().describe('How many people'),
      }),
    )
    .describe('How many are not asked, by reason'),
  nextMany: z.int().describe('How many could be asked after the chosen ones'),
})
export type Helpers = z.infer<typeof helpersSchema>

export const newOfferSchema = z.object({
  ...wantFields,
  id: z.uuid().describe('Made by the client; the same id sent twice is one offer'),
  words: z
    .string()
    .trim()
    .min(2)
    .max(300)
    .describe(
      'What those who are asked read: what is wanted, without who wants it; no names, numbers, doors',
    ),
  hours: z.int().min(1).max(72).default(24).describe('Hours in which whoever is asked may answer'),
  people: z
    .array(z.uuid())
    .min(1)
    .max(mostAtOnce)
    .optional()
    .describe('Whom to ask first, of those who can be asked; left out: the best three'),
})
export type NewOffer = z.infer<typeof newOfferSchema>

const askSchema = z.object({
  person: namedSchema.describe('Who was asked'),
  round: z.int().describe('In which round'),
  cost: z.int().describe('The sum by which the person was chosen'),
  parts: partsSchema.describe('What made up the sum'),
  skills: z.array(z.string()).describe('Which of the skills asked for the person has'),
  askedAt: at('Asked'),
  until: at('May answer until'),
  answer: z
    .enum(askAnswers)
    .nullable()
    .describe(
      'Took it; not now; did not answer in time; somebody else was first or it ended; took it and gave it back; null while awaited',
    ),
  answeredAt: at('Answered').nullable().describe('Answered'),
  basis: z.enum(backBases).nullable().describe('On what it was given back'),
})

export const offerSchema = z.object({
  id: z.uuid().describe('Offer; the id of the entry in the story of its request'),
  request: z
    .object({
      id: z.uuid().describe('Service request'),
      code: z.string().describe('Its code'),
      title: z.string().describe('Its title'),
      dueAt: at('When the request is due; an offer never moves it (RQ4)').nullable().describe('Due'),
    })
    .describe('What it is about'),
  path: areaPath.describe('Area of the request, at most down to its compound'),
  place: z.string().describe('That area in plain words'),
  words: z.string().nullable().describe('What those who are asked read; null once erased'),
  skills: z.array(z.string()).describe('Any one of these is enough'),
  slots: z.array(z.string()).describe('Any one of these times will do'),
  hours: z.int().describe('Hours in which whoever is asked may answer'),
  state: z.enum(offerStates).describe('Asked; taken; answered; or back at the desk'),
  round: z.int().describe('How many rounds were asked'),
  roundEndsAt: at('When it is offered on')
    .nullable()
    .describe('When it is offered on, unless somebody takes it'),
  at: at('Offered'),
  by: z.string().describe('Who offered it'),
  takenBy: namedSchema.nullable().describe('Who has it, or had it last'),
  takenAt: at('Taken').nullable().describe('Taken'),
  overAt: at('Ended').nullable().describe('Ended'),
  overFor: z.enum(overReasons).nullable().describe('Why it is the desk’s again'),
  asks: z.array(askSchema).describe('Who was asked, in the order in which they were'),
})
export type OfferView = z.infer<typeof offerSchema>

export const offersSchema = z.object({
  items: z.array(offerSchema).describe('Newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const offersQuerySchema = z.object({
  state: z
    .enum(['live', 'over'])
    .optional()
    .describe('Only those asked or taken now, or only those that ended'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(50).default(20).describe('Rows in a page'),
})

export const ofRequestSchema = z.object({ items: z.array(offerSchema).describe('Newest first') })

/** What a field phone shows: asked of me, or mine. `path` and title only once it is mine. */
export const phoneOfferSchema = z.object({
  id: z.uuid().describe('Offer'),
  request: z.uuid().describe('Service request'),
  code: z.string().describe('Its code'),
  mine: z.boolean().describe('Taken by oneself; otherwise asked of oneself'),
  words: z.string().describe('What is wanted'),
  title: z.string().nullable().describe('What was said, once it is mine'),
  said: z.string().nullable().describe('In whose words, once it is mine'),
  place: z.string().describe('Where: the compound; once it is mine the place that was said'),
  metres: z.int().nullable().describe('How far, as it was when asked'),
  skills: z.array(z.string()).describe('Which skills of mine it is for'),
  slots: z.array(z.string()).describe('When it would suit'),
  until: at('Answer until').nullable().describe('Answer until; null once it is mine'),
  dueAt: at('The request is due').nullable().describe('The request is due'),
  state: z.string().describe('State of the request'),
  desk: z
    .object({ name: z.string().describe('Name'), phone: z.string().nullable().describe('Phone') })
    .describe('Who offered it, to ask'),
})
export type PhoneOffer = z.infer<typeof phoneOfferSchema>

/** What a phone sends. */
export const offerAnswerData = z.strictObject({ offer: z.uuid(), answer: z.enum(['take', 'not_now']) })
export const offerBackData = z.strictObject({
  offer: z.uuid(),
  basis: z.enum(backBases),
  words: z.string().trim().min(1).max(500).optional(),
})
export const offerDoneData = z.strictObject({
  offer: z.uuid(),
  words: z.string().trim().min(1).max(2_000),
  files: z.array(z.uuid()).max(9).default([]),
})
