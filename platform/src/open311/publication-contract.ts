import { z } from 'zod'
import { markKinds } from './redact.ts'

/** Contracts of clearing words for everybody (boundary 7). */

const part = {
  entry: z.uuid().nullable().describe('Answer that the words are of; null for the request itself'),
  title: z.string().nullable().describe('Title as it was said; null for an answer'),
  words: z.string().describe('As they were said'),
  marks: z
    .array(
      z.object({
        from: z.int().describe('First character, in UTF-16'),
        to: z.int().describe('Behind the last one'),
        kind: z.enum(markKinds).describe('What it looks like'),
      }),
    )
    .describe('What looks personal in the words'),
  proposal: z
    .object({
      title: z.string().nullable().describe('Title with marks replaced'),
      description: z.string().describe('Words with marks replaced'),
    })
    .describe('To begin with'),
  cleared: z
    .object({
      id: z.uuid().describe('Publication'),
      title: z.string().nullable().describe('Cleared title'),
      description: z.string().describe('Cleared words'),
      at: z.iso.datetime().describe('When'),
      by: z.string().describe('By whom'),
    })
    .nullable()
    .describe('What everybody reads now'),
}
const partSchema = z.object(part)
export type PublicationPart = z.infer<typeof partSchema>

export const publicationSchema = z.object({
  path: z.string().describe('Area path'),
  confidential: z.boolean().describe('Nothing of it is ever public'),
  guarded: z.boolean().describe('Nothing of it is public before it is cleared'),
  service: z.string().nullable().describe('Name of the service; null while nobody said which'),
  neutral: z.string().nullable().describe('What everybody reads while nothing is cleared'),
  request: partSchema.describe('What the reporter said'),
  answers: z.array(partSchema).describe('What was answered, newest first'),
})
export type Publication = z.infer<typeof publicationSchema>

export const clearSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one publication'),
  entry: z.uuid().nullable().default(null).describe('Answer that the words are of; null for the request'),
  title: z.string().trim().min(1).max(60).nullable().default(null).describe('Title for everybody'),
  description: z.string().trim().min(1).max(4000).describe('Words for everybody'),
  looked: z
    .boolean()
    .default(false)
    .describe('Said that each place that looks personal was looked at and may stay'),
})
export type Clear = z.infer<typeof clearSchema>
