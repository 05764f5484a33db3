import { z } from 'zod'

/** Contracts of notices, and of messages that could not be delivered. */

export const noticesQuerySchema = z.object({
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})

export const noticeSchema = z.object({
  id: z.uuid().describe('Notice'),
  template: z.string().describe('What kind of news it is, request.answer'),
  text: z.string().describe('The notice in plain words, in the language of the reader'),
  request: z.uuid().nullable().describe('Service request it is about'),
  at: z.iso.datetime().describe('When'),
  readAt: z.iso
    .datetime()
    .nullable()
    .describe('When it was opened; for an organisation, by whoever was first'),
})
export type Notice = z.infer<typeof noticeSchema>

export const noticesSchema = z.object({
  items: z.array(noticeSchema).describe('One page, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
  unread: z.int().describe('How many are not yet read, counted up to 100'),
})
export type Notices = z.infer<typeof noticesSchema>

/** Why a message did not go out: the provider's own words in `detail`, these for what we know ourselves. */
const failureReasons = ['no_phone', 'interrupted', 'provider'] as const

export const failedSchema = z.object({
  id: z.uuid().describe('Message'),
  channel: z.enum(['in_app', 'sms']).describe('By which way'),
  template: z.string().describe('What kind of news it is'),
  request: z.uuid().nullable().describe('Service request it is about'),
  tries: z.int().describe('How often it was tried'),
  reason: z
    .enum(failureReasons)
    .describe(
      'no_phone: the recipient left none; interrupted: the server stopped while sending, so it may have arrived; provider: refused outside',
    ),
  detail: z.string().nullable().describe('What the provider said'),
  at: z.iso.datetime().describe('When it was written'),
})
export type Failed = z.infer<typeof failedSchema>

export const failedListSchema = z.object({
  items: z
    .array(failedSchema)
    .describe('One page of messages that could not be sent, newest first; no names, no words'),
  next: z.string().nullable().describe('Cursor of the next page'),
})
