import { z } from 'zod'
import { hows, outcomes, visitors } from './lists.ts'

/** Contracts of visits as they are read. */

const areaPath = z.string().regex(/^(\d+\/){1,8}$/)

export const visitsQuerySchema = z.object({
  path: areaPath.optional().describe('Under this area'),
  household: z.uuid().optional().describe('To one door'),
  person: z.uuid().optional().describe('By one person'),
  outcome: z.enum(outcomes).optional().describe('With this outcome'),
  answer: z.enum(['no']).optional().describe('Only those of which a resident said that nobody came'),
  from: z.iso.date().optional().describe('On this day or later'),
  until: z.iso.date().optional().describe('Before this day'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Rows in a page'),
})
export type VisitsQuery = z.output<typeof visitsQuerySchema>

const named = z.object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })

export const visitRowSchema = z.object({
  id: z.uuid().describe('Visit'),
  household: z.uuid().nullable().describe('Whose door; null for a walk'),
  door: z.string().nullable().describe('Number on the door'),
  path: z.string().describe('Stairwell, or the area of a walk'),
  place: z.string().describe('Where that is, in words'),
  person: named.describe('Who went'),
  for: named.nullable().describe('Whose duty the door was, when somebody else went'),
  visitor: z.enum(visitors).describe('In which part'),
  outcome: z.enum(outcomes).describe('Whether somebody was met'),
  how: z.enum(hows).nullable().describe('How things were'),
  onDay: z.iso.date().describe('The day it counts for'),
  at: z.iso.datetime().describe('When it arrived'),
  needs: z.array(z.uuid()).describe('Requests that came of it'),
  confirmed: z
    .enum(['yes', 'no', 'asked'])
    .nullable()
    .describe('What the resident says; null when nobody asked'),
})
export type VisitRow = z.infer<typeof visitRowSchema>

export const visitsSchema = z.object({
  items: z.array(visitRowSchema).describe('One page, latest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const visitViewSchema = visitRowSchema.extend({
  words: z.string().nullable().describe('What was heard'),
  opinion: z.string().nullable().describe('What the household thinks of how things are done'),
  deviceAt: z.iso.datetime().describe('When, by the clock of the phone'),
  voices: z.array(z.uuid()).describe('Voice notes'),
  tasks: z
    .array(
      z.object({
        id: z.uuid().describe('Task'),
        rule: z.string().describe('Name of the rule'),
        period: z.string().describe('Period'),
        kind: z.string().describe('What the visit entered into it'),
      }),
    )
    .describe('Tasks that it answered (VR2)'),
  requests: z
    .array(z.object({ id: z.uuid().describe('Request'), code: z.string().describe('Short code') }))
    .describe('What the needs became'),
  promise: z
    .object({
      onDay: z.iso.date().describe('The day that was agreed'),
      atTime: z.string().nullable().describe('The hour'),
      words: z.string().nullable().describe('What for'),
      state: z.enum(['open', 'kept', 'cancelled']).describe('How it stands'),
    })
    .nullable()
    .describe('When one said to come again'),
  confirmation: z
    .object({
      way: z.enum(['qr', 'sms']).describe('How the resident was asked'),
      askedAt: z.iso.datetime().describe('When'),
      answer: z.enum(['yes', 'no']).nullable().describe('What they said'),
      words: z.string().nullable().describe('In their words'),
      answeredAt: z.iso.datetime().nullable().describe('When they said it'),
    })
    .nullable()
    .describe('The resident’s word'),
  spot: z
    .object({
      day: z.iso.date().describe('When it was drawn'),
      result: z
        .enum(['visited', 'not_visited', 'not_reached'])
        .nullable()
        .describe('What the household said'),
    })
    .nullable()
    .describe('The spot check, when the lot fell on it'),
})
export type VisitView = z.infer<typeof visitViewSchema>
