import { z } from 'zod'
import { spotResults } from './lists.ts'

/** Contracts of spot checks (L9): a share of the visits, drawn by lot, about which the household is asked. */

/** After so many calls that found nobody it is "could not be reached". */
export const spotTries = 3

export const spotListSchema = z.object({
  percent: z.int().describe('Share of a week’s visits that is asked about, in percent'),
  version: z.int().describe('Version of the share, for If-Match'),
  items: z
    .array(
      z.object({
        visit: z.uuid().describe('Visit'),
        household: z.uuid().describe('Whose door'),
        door: z.string().describe('Number on the door'),
        path: z.string().describe('Stairwell'),
        place: z.string().describe('Where that is, in words'),
        visitor: z.string().describe('Who says they were there'),
        onDay: z.iso.date().describe('On which day'),
        day: z.iso.date().describe('When it was drawn'),
        tries: z.int().describe('Calls so far that found nobody'),
      }),
    )
    .describe('Drawn for my desk and not finished, longest waiting first'),
})
export type SpotList = z.infer<typeof spotListSchema>

export const spotResultSchema = z.strictObject({
  result: z.enum(spotResults).describe('What the household says; nobody at the phone counts as one call'),
  words: z.string().trim().min(1).max(500).optional().describe('What else they said'),
})
export type SpotResult = z.output<typeof spotResultSchema>

export const spotDoneSchema = z.object({
  visit: z.uuid().describe('Visit'),
  result: z.enum(spotResults).nullable().describe('Null while another call is due'),
  tries: z.int().describe('Calls that found nobody'),
})

export const spotRevealSchema = z.strictObject({
  reason: z.string().trim().min(2).max(200).describe('What the number is needed for; the resident reads it'),
})
export const spotRevealedSchema = z.object({
  name: z.string().describe('Name of the head of the household'),
  phone: z.string().nullable().describe('Number in full; null where the register has none'),
})

export const spotRateChangeSchema = z.strictObject({
  percent: z.int().min(1).max(100).describe('Share of a week’s visits, from the next draw on'),
})
export const spotRateSchema = z.object({
  percent: z.int().describe('Share in percent'),
  version: z.int().describe('Version, for If-Match'),
})

export const spotDaySchema = z.object({ day: z.iso.date().describe('Monday of the draw') })
export const spotDrawSchema = z.object({
  day: z.iso.date().describe('When it was drawn'),
  seed: z.string().describe('Made when it was drawn; with the day and the ids it gives the same picks again'),
  percent: z.int().describe('Share in percent'),
  from: z.iso.date().describe('Visits from this day on were in it'),
  until: z.iso.date().describe('Visits before this day were in it'),
  desks: z
    .array(
      z.object({
        organisation: z.uuid().describe('The desk that asks'),
        name: z.string().describe('Its name'),
        pool: z.int().describe('Visits it was drawn from'),
        picked: z.array(z.uuid()).describe('Visits drawn'),
        holds: z.boolean().describe('Whether drawing again from seed, day and pool gives the same'),
      }),
    )
    .describe('Each desk draws for its own area'),
})
