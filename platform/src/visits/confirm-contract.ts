import { z } from 'zod'

/** Contracts of the resident's word about a visit: one question, one answer, by a link that is good once. */

export const askSchema = z.strictObject({
  way: z
    .enum(['qr', 'sms'])
    .describe('A code to show on one’s own phone, or a message to the number that the register knows'),
})

export const askedSchema = z.object({
  url: z.string().nullable().describe('Address to show as a code; null when it went out as a message'),
  expiresAt: z.iso.datetime().describe('Until when it can be answered'),
})

const tokenField = z.string().regex(/^[\w-]{22,64}$/)
export const tokenSchema = z.object({ token: tokenField.describe('The last part of the link') })

/** What the page shows: who and when, and nothing else of anybody. */
export const questionSchema = z.object({
  visitor: z.string().describe('Who says they were here'),
  onDay: z.iso.date().describe('On which day'),
  answer: z.enum(['yes', 'no']).nullable().describe('What was answered before; a link is good once'),
  expiresAt: z.iso.datetime().describe('Until when it can be answered'),
})
export type Question = z.infer<typeof questionSchema>

export const answerSchema = z.strictObject({
  answer: z.enum(['yes', 'no']).describe('Whether they were here'),
  words: z.string().trim().min(1).max(1000).optional().describe('Something one wants to say about it'),
})
export type Answer = z.output<typeof answerSchema>
