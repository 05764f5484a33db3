import { z } from 'zod'
import { requestSummarySchema } from '../contract.ts'

/** Contracts of the calls about answered requests: who is called today, and how they were drawn. */

export const dayOnlySchema = z.object({ day: z.iso.date().describe('Day in Shanghai, 2026-11-20') })

export const callListSchema = z.object({
  percent: z.int().describe('Share of the answered requests that is called, in percent'),
  version: z.int().describe('Version of the share, for If-Match'),
  items: z
    .array(
      z.object({
        request: requestSummarySchema.describe('Whom to call about'),
        day: z.iso.date().describe('Day on which it was drawn'),
        tries: z.int().describe('Calls so far that found nobody'),
      }),
    )
    .describe('Drawn for my desks and not finished, longest waiting first'),
})
export type CallList = z.infer<typeof callListSchema>

export const rateChangeSchema = z.object({
  percent: z
    .int()
    .min(1)
    .max(100)
    .describe('Share of the answered requests that is called, from the next draw on'),
})
export const rateSchema = z.object({
  percent: z.int().describe('Share in percent'),
  version: z.int().describe('Version, for If-Match'),
})

export const drawSchema = z.object({
  day: z.iso.date().describe('Day in Shanghai'),
  seed: z.string().describe('Made when it was drawn; with the day and the ids it gives the same picks again'),
  percent: z.int().describe('Share in percent'),
  from: z.iso.datetime().describe('Answers from here on were in it'),
  until: z.iso.datetime().describe('Answers before this were in it'),
  desks: z
    .array(
      z.object({
        organisation: z.uuid().describe('The desk that calls'),
        name: z.string().describe('Its name'),
        pool: z.array(z.uuid()).describe('Requests it was drawn from'),
        picked: z.array(z.uuid()).describe('Requests drawn'),
        holds: z.boolean().describe('Whether drawing again from seed, day and pool gives the same'),
      }),
    )
    .describe('Each desk draws for itself'),
})
