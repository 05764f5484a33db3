import { z } from 'zod'
import { categoryCode, stateSchema, submitSchema } from '../contract.ts'

/** Contracts of saying the same: what was said before, following it, what a desk may merge (RQ13). */

const id = (what: string) => z.uuid().describe(what)
const instant = (what: string) => z.iso.datetime().describe(what)

export const aroundSchema = z.object({
  path: submitSchema.shape.path,
  place: submitSchema.shape.place,
  lon: submitSchema.shape.lon,
  lat: submitSchema.shape.lat,
  words: z.string().trim().min(6).max(2000).describe('What is being written; it is compared and not kept'),
  category: categoryCode.optional().describe('Category, when the resident chose one'),
})

export const saidBeforeSchema = z.object({
  items: z
    .array(
      z.object({
        id: id('Request, to be followed'),
        title: z.string().nullable().describe('Its title as a desk cleared it for everybody, where one did'),
        category: z.string().nullable().describe('Name of its category; null where nobody can say surely'),
        presumed: z.boolean().describe('True while no desk has said which category it is'),
        place: z.string().describe('Compound and building, never a stairwell or a door'),
        saidAt: instant('When it was said'),
        state: stateSchema,
        people: z.int().describe('How many said it so far'),
        yours: z.boolean().describe('True when the caller said or follows it already'),
      }),
    )
    .max(3)
    .describe('What is possibly the same, the likeliest first; nothing of what others wrote'),
})
export type SaidBefore = z.infer<typeof saidBeforeSchema>

export const followRequestSchema = z.object({
  id: id('Made by the client; the same id sent twice is one following (RQ3)'),
  words: z
    .string()
    .trim()
    .max(2000)
    .default('')
    .describe('What the follower adds; staff read it, other residents never'),
  attachments: submitSchema.shape.attachments,
  reporter: submitSchema.shape.reporter,
})
export type FollowRequest = z.infer<typeof followRequestSchema>

export const followedSchema = z.object({
  id: id('What opens it from now on'),
  code: z.string().describe('The follower’s own short code'),
  people: z.int().describe('How many said it, the follower included'),
  followToken: z.boolean().describe('True when this browser may now follow it without an account'),
})
export type Followed = z.infer<typeof followedSchema>

export const alikeSchema = z.object({
  items: z
    .array(
      z.object({
        id: id('Request'),
        code: z.string().describe('Short code'),
        title: z.string().describe('Short name'),
        words: z.string().describe("Its reporter's own words"),
        place: z.string().describe('Where, in words'),
        category: z.string().nullable().describe('Name of its category'),
        state: stateSchema,
        submittedAt: instant('When it was said'),
        holder: z.string().nullable().describe('Who has it now'),
        people: z.int().describe('How many said it'),
        photo: z.uuid().nullable().describe('Its first photo'),
        score: z.number().describe('From 0 to 1, how sure it is that both mean the same matter'),
        metres: z.int().nullable().describe('How far apart, where both places are known so closely'),
        within: z
          .enum(['unit', 'building', 'compound', 'community', 'apart'])
          .describe('The smallest area that both are in'),
        days: z.int().describe('Days between the two'),
        kind: z.enum(['same', 'group', 'other', 'unknown']).describe('Whether the categories are the same'),
        common: z.array(z.string()).describe('What both texts say, to be marked in them'),
        parts: z
          .object({
            near: z.number().describe('Nearness'),
            soon: z.number().describe('Time'),
            kind: z.number().describe('Category'),
            words: z.number().describe('Words'),
          })
          .describe('What each part adds to the score'),
        mayStay: z.boolean().describe('This request may be merged into that one'),
        mayGo: z.boolean().describe('That one may be merged into this request'),
      }),
    )
    .describe('Possibly the same, the likeliest first'),
})
export type Alike = z.infer<typeof alikeSchema>['items'][number]
