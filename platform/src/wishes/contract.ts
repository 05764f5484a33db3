import { z } from 'zod'
import { areaPath } from '#org/contract.ts'

/** Contracts of wishes. What everybody reads names nobody; what was really said is read by its desk and by who said it. */

const at = (what: string) => z.iso.datetime().describe(what)
const wishKinds = ['thing', 'repair', 'company', 'learning', 'errand', 'other'] as const
const claimKinds = ['person', 'organisation', 'resident'] as const
const states = [
  'told',
  'published',
  'claimed',
  'fulfilled',
  'thanked',
  'declined',
  'withdrawn',
  'expired',
] as const
const stateSchema = z.enum(states).describe('State')
const id = z.uuid().describe('Made by the client; the same id sent twice is one')
const words = (most: number, what: string) => z.string().trim().min(2).max(most).describe(what)

export const tellWishSchema = z.object({
  id,
  words: words(500, 'What is wished, in own words; only the desk reads them'),
  kind: z.enum(wishKinds).default('other').describe('What kind of wish it is'),
  path: areaPath.describe('Where one lives; the desk learns the compound, everybody else the community'),
})

/** What everybody reads. */
export const publicWishSchema = z.object({
  id: z.uuid().describe('Wish'),
  code: z.string().describe('Its number'),
  kind: z.enum(wishKinds).describe('Kind'),
  title: z.string().describe('In a few words'),
  words: z.string().describe('What is wished, as the desk cleared it'),
  place: z.string().describe('Community'),
  state: stateSchema,
  claimedBy: z.enum(claimKinds).nullable().describe('What kind of helper has it, not who'),
  publishedAt: at('Published'),
})
export type PublicWish = z.infer<typeof publicWishSchema>

export const publicWishesSchema = z.object({
  items: z.array(publicWishSchema).describe('Newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const publicWishesQuerySchema = z.object({
  path: areaPath.optional().describe('Only of this area'),
  open: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only those that wait for somebody, or only the others'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(50).default(20).describe('Rows in a page'),
})

const entryKinds = [
  'tell',
  'publish',
  'decline',
  'claim',
  'give_back',
  'lapse',
  'fulfil',
  'thank',
  'withdraw',
  'expire',
  'remind',
] as const

/** A wish to whoever said it, or has it. */
export const ownWishSchema = z.object({
  id: z.uuid().describe('Wish'),
  code: z.string().describe('Its number'),
  kind: z.enum(wishKinds).describe('Kind'),
  state: stateSchema,
  mine: z.enum(['told', 'claimed']).describe('Said by oneself, or claimed by oneself'),
  title: z.string().nullable().describe('As published'),
  words: z.string().describe('As published, or in own words before'),
  place: z.string().describe('Community'),
  desk: z
    .object({ name: z.string().describe('Name'), phone: z.string().nullable().describe('Phone') })
    .nullable()
    .describe('Through whom the two find each other; neither is told who the other is'),
  claimedBy: z.enum(claimKinds).nullable().describe('What kind of helper has it'),
  reason: z.string().nullable().describe('Why it was not published'),
  done: z.string().nullable().describe('What whoever fulfilled it wrote'),
  thanks: z.string().nullable().describe('How it was thanked for'),
  dueAt: at('By when the next step is waited for').nullable().describe('Due'),
  may: z.array(z.enum(entryKinds)).describe('What one may do now'),
})
export type OwnWish = z.infer<typeof ownWishSchema>

export const ownWishesSchema = z.object({ items: z.array(ownWishSchema).describe('Own ones, newest first') })

export const actOnWishSchema = z.discriminatedUnion('kind', [
  z.object({
    id,
    kind: z.literal('claim').describe('Say that one fulfils it'),
    organisation: z.uuid().optional().describe('For which own organisation: a shop, a company'),
  }),
  z.object({
    id,
    kind: z.literal('give_back').describe('It cannot be done after all'),
    words: words(300, 'Why'),
  }),
  z.object({
    id,
    kind: z.literal('fulfil').describe('It is done, or handed over at the desk'),
    words: words(500, 'What was done'),
  }),
  z.object({ id, kind: z.literal('thank').describe('Thank whoever it was'), words: words(500, 'Thanks') }),
  z.object({ id, kind: z.literal('withdraw').describe('Wish it no longer') }),
])
export type ActOnWish = z.infer<typeof actOnWishSchema>

export const decideWishSchema = z.discriminatedUnion('kind', [
  z.object({
    id,
    kind: z.literal('publish').describe('Publish it in these words'),
    as: z.enum(wishKinds).describe('Kind'),
    title: words(40, 'In a few words; names nobody'),
    words: words(300, 'What everybody reads; names nobody, tells nothing of a child or of health'),
    looked: z.boolean().describe('That what looks like a person was looked at'),
  }),
  z.object({
    id,
    kind: z.literal('decline').describe('Do not publish it'),
    words: words(300, 'Why; the wisher reads it'),
  }),
])
export type DecideWish = z.infer<typeof decideWishSchema>

const wishEntrySchema = z.object({
  kind: z.enum(entryKinds).describe('What happened'),
  at: at('When'),
  by: z.string().nullable().describe('Who, of those who serve; residents are not named'),
  words: z.string().nullable().describe('In their words'),
})

/** A wish at its desk. */
export const deskWishSchema = z.object({
  id: z.uuid().describe('Wish'),
  code: z.string().describe('Its number'),
  kind: z.enum(wishKinds).describe('Kind'),
  state: stateSchema,
  path: areaPath.describe('Compound or community'),
  place: z.string().describe('In plain words'),
  said: z.string().nullable().describe('What was said; null once erased'),
  title: z.string().nullable().describe('As published'),
  words: z.string().nullable().describe('As published'),
  marks: z
    .array(
      z.object({
        from: z.int().describe('From this character on'),
        to: z.int().describe('Up to this one'),
        kind: z.string().describe('What it looks like'),
      }),
    )
    .describe('What in the words said must not be published'),
  teller: z.string().nullable().describe('Who said it: a name, masked, or who serves'),
  phone: z.string().nullable().describe('Their number, masked'),
  claimedBy: z
    .object({
      kind: z.enum(claimKinds).describe('Which kind'),
      name: z.string().describe('Who; of a resident masked'),
      phone: z.string().nullable().describe('Work phone, or masked number'),
    })
    .nullable()
    .describe('Who has it'),
  toldAt: at('Said'),
  dueAt: at('When the clock goes on by itself').nullable().describe('Due'),
  story: z.array(wishEntrySchema).describe('What happened, oldest first'),
  may: z.array(z.enum(entryKinds)).describe('What the desk may do now'),
})
export type DeskWish = z.infer<typeof deskWishSchema>

export const deskWishesSchema = z.object({
  items: z.array(deskWishSchema).describe('What waits for the desk first, then the newest'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const deskWishesQuerySchema = z.object({
  state: z
    .enum(['waiting', 'open', 'over'])
    .default('waiting')
    .describe('For the desk; published or claimed; over'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(50).default(20).describe('Rows in a page'),
})

export const toldSchema = z.object({
  id: z.uuid().describe('Wish'),
  code: z.string().describe('Its number'),
  state: stateSchema,
})
