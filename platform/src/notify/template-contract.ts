import { z } from 'zod'
import { channels } from './contract.ts'

/** Contracts of the words of messages. */

const place = {
  template: z.string().max(60).describe('What kind of news it is, request.answer'),
  channel: z.enum(channels).describe('By which way'),
  audience: z.enum(['reporter', 'serving']).describe('Whoever said something, or those who serve'),
  language: z.enum(['zh-CN', 'en']).describe('Language'),
}

export const templatePlaceSchema = z.object(place)

export const templateSchema = z.object({
  ...place,
  words: z.string().describe('The words in force now'),
  subject: z.string().nullable().describe('Of letters: the subject in force now'),
  own: z.boolean().describe("Whether these are the district's own words"),
  standard: z.string().describe("The product's own words"),
  standardSubject: z.string().nullable().describe("Of letters: the product's own subject"),
  values: z.array(z.string()).describe('Placeholders that may stand in it'),
  needed: z.array(z.string()).describe('Placeholders that must stand in it'),
  coming: z.iso.datetime().nullable().describe('When the next change takes force'),
  version: z.int().describe('Changes made so far'),
})
export type Template = z.infer<typeof templateSchema>
export const templateListSchema = z.object({
  items: z.array(templateSchema).describe('The words of every message, way, reader and language'),
})

export const templateChangeSchema = z.object({
  channel: place.channel,
  audience: place.audience,
  language: place.language,
  words: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .nullable()
    .describe("The new words; null goes back to the product's"),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .nullable()
    .default(null)
    .describe("Of letters: the new subject; null keeps the product's"),
  validFrom: z.iso.datetime().optional().describe('From when on; now when left out'),
})
export type TemplateChange = z.infer<typeof templateChangeSchema>

export const templateHistorySchema = z.object({
  items: z
    .array(
      z.object({
        version: z.int().describe('Number of the change'),
        validFrom: z.iso.datetime().describe('From when on'),
        words: z.string().nullable().describe("The words; null where it went back to the product's"),
        subject: z.string().nullable().describe('Of letters: the subject'),
        setBy: z.string().nullable().describe('Who made the change'),
        setAt: z.iso.datetime().describe('When it was made'),
      }),
    )
    .describe('Every change, newest first'),
})
