import { z } from 'zod'
import { kinds } from './kinds.ts'

/** Contracts of notices, live ones, ways of being told, and messages that could not be delivered. */

export const channels = ['in_app', 'sms', 'email', 'push', 'robot'] as const
export type Channel = (typeof channels)[number]

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

export const allReadSchema = z.object({ unread: z.int().describe('How many are still unread') })

export const streamQuerySchema = z.object({
  after: z
    .string()
    .max(60)
    .optional()
    .describe('Cursor to continue from, for a client that cannot send Last-Event-ID'),
  requests: z
    .string()
    .max(800)
    .optional()
    .describe('Ids of requests that are open on the page, by commas; told when one of them changes'),
  once: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Tell what there is and end, for a program that asks now and then'),
})

/** What a stream tells. `notice` carries the cursor to continue from as its event id. */
export const streamEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('ready').describe('The stream stands'),
    data: z
      .object({
        resumed: z
          .boolean()
          .describe(
            'It continues where the last one broke; otherwise load the notices anew, nothing came before',
          ),
        unread: z.int().describe('How many notices are not yet read, counted up to 100'),
      })
      .describe('How it begins'),
  }),
  z.object({
    event: z.literal('notice').describe('A new notice'),
    data: noticeSchema.describe('The notice'),
  }),
  z.object({
    event: z.literal('unread').describe('How many are unread changed'),
    data: z.object({ unread: z.int().describe('Counted up to 100') }).describe('The number'),
  }),
  z.object({
    event: z.literal('request').describe('A request I may read changed'),
    data: z
      .object({
        id: z.uuid().describe('Request'),
        version: z.int().describe('Its version, as in the ETag of its page'),
      })
      .describe('Which'),
  }),
])
export type StreamEvent = z.infer<typeof streamEventSchema>

/** Why a message did not go out: the carrier's own words in `detail`, these for what we know ourselves. */
export const failureReasons = [
  'no_phone',
  'no_email',
  'no_provider',
  'interrupted',
  'provider',
  'refused',
  'erased',
  'gone',
] as const
const reason = z
  .enum(failureReasons)
  .describe(
    'no_phone, no_email: the recipient left none; no_provider: none is set up; interrupted: cut off while sending, so it may have arrived; provider: out of reach or overloaded; refused: not taken for good; erased: its words were erased before it left; gone: the browser or robot it went to is no more',
  )
export type FailureReason = (typeof failureReasons)[number]

export const failedQuerySchema = noticesQuerySchema.extend({
  reason: z.enum(failureReasons).optional().describe('Only those that failed for this reason'),
  channel: z.enum(channels).optional().describe('Only those of this way'),
})

export const failedSchema = z.object({
  id: z.uuid().describe('Message'),
  channel: z.enum(channels).describe('By which way'),
  addressee: z
    .enum(['reporter', 'person', 'organisation'])
    .describe('Whether it was for a resident or for those who serve; never who'),
  template: z.string().describe('What kind of news it is'),
  request: z.uuid().nullable().describe('Service request it is about'),
  tries: z.int().describe('How often it was tried'),
  reason,
  detail: z.string().nullable().describe('What the provider said'),
  at: z.iso.datetime().describe('When it was written'),
})
export type Failed = z.infer<typeof failedSchema>

export const failedListSchema = z.object({
  items: z
    .array(failedSchema)
    .describe('One page of messages that could not be sent, newest first; no names, no words'),
  next: z.string().nullable().describe('Cursor of the next page'),
  counts: z
    .array(
      z.object({
        channel: z.enum(channels).describe('By which way'),
        reason,
        count: z.int().describe('How many'),
        oldest: z.iso.datetime().describe('When the oldest was written'),
      }),
    )
    .describe('All of them by way and reason, counted up to 10,000; with the first page only'),
})
export type FailedList = z.infer<typeof failedListSchema>

export const repeatAllSchema = z.object({
  reason: z.enum(failureReasons).describe('Those that failed for this reason'),
  channel: z.enum(channels).describe('By this way'),
})
export const repeatedSchema = z.object({ repeated: z.int().describe('How many wait to be sent again') })

export const sentSchema = z.object({
  id: z.uuid().describe('Message'),
  channel: z.enum(channels).describe('By which way'),
  template: z.string().describe('What kind of news it is'),
  state: z
    .enum(['waiting', 'sending', 'sent', 'read', 'failed'])
    .describe('What became of it; `read` when it was opened in the app'),
  tries: z.int().describe('How often it was tried'),
  reason: reason.nullable().describe('Why it failed, or waits for another try'),
  at: z.iso.datetime().describe('When it was sent, or written'),
  repeatable: z.boolean().describe('Whether it failed and I may send it again'),
})
export type Sent = z.infer<typeof sentSchema>
export const sentListSchema = z.object({
  items: z
    .array(sentSchema)
    .describe('Messages to who said it, newest first; neither where to nor what they say'),
})

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('Time of the day on the wall clock, 07:00')
const quiet = z
  .object({ from: clock, until: clock })
  .describe('From when until when, also over midnight; the same time twice: no quiet hours')

const kindWay = z
  .string()
  .regex(/^(word|work|deadline|progress):(sms|email|push|robot)$/)
  .describe('Kind of news and way, progress:sms')
const declined = z.array(kindWay).max(16).describe('Kinds of news that are not wanted by a way')

const deviceSchema = z.object({
  id: z.uuid().describe('Browser'),
  door: z.enum(['phone', 'field', 'console']).describe('Which door it opens'),
  label: z.string().nullable().describe('What it calls itself'),
  since: z.iso.datetime().describe('Since when it is told'),
})

export const contactSchema = z.object({
  bySms: z.boolean().describe('Text messages are wanted'),
  byEmail: z.boolean().describe('Letters by e-mail are wanted'),
  language: z.enum(['zh-CN', 'en']).describe('In which language'),
  phone: z.string().nullable().describe('Own number that text messages go to; null when there is none'),
  email: z.string().nullable().describe('Own proven address; null when there is none'),
  pending: z.string().nullable().describe('Own address that still waits for its code'),
  emailPossible: z.boolean().describe('Whether this installation sends e-mail at all'),
  pushKey: z
    .string()
    .nullable()
    .describe('Key by which this installation pushes (VAPID); null where it allows no push service'),
  devices: z.array(deviceSchema).describe('Own browsers that are told by web push'),
  kinds: z.array(z.enum(kinds)).describe('Kinds of news that concern me'),
  declined,
  quiet: quiet.nullable().describe('Own quiet hours; null: those of the district'),
  districtQuiet: quiet.describe('Quiet hours of the district'),
  digestAt: clock.nullable().describe('When the one message a day comes; null: each by itself'),
})
export type Contact = z.infer<typeof contactSchema>

export const contactChangeSchema = z.object({
  bySms: z.boolean().describe('Text messages are wanted'),
  byEmail: z.boolean().describe('Letters by e-mail are wanted; takes a proven address'),
  language: z.enum(['zh-CN', 'en']).describe('In which language'),
  declined: declined
    .optional()
    .describe('Kinds of news that are not wanted by a way; as before when left out'),
  quiet: quiet
    .nullable()
    .optional()
    .describe('Own quiet hours; null: those of the district; as before when left out'),
  digestAt: clock
    .nullable()
    .optional()
    .describe('When the one message a day comes; null: each by itself; as before when left out'),
})
export type ContactChange = z.infer<typeof contactChangeSchema>

/** A browser's subscription, as the Push API names its parts. */
export const subscribeSchema = z.object({
  id: z.uuid().describe('Made by the browser'),
  door: z.enum(['phone', 'field', 'console']).describe('Which door a notice opens'),
  endpoint: z.url().max(1_000).describe('Address at the push service'),
  p256dh: z
    .string()
    .regex(/^[\w-]{87}=?$/)
    .describe('Public key of the browser (P-256, base64url)'),
  auth: z
    .string()
    .regex(/^[\w-]{22}(==)?$/)
    .describe('Secret shared with the browser (16 bytes, base64url)'),
  label: z.string().trim().min(1).max(60).nullable().default(null).describe('What it calls itself'),
})
export type Subscribing = z.infer<typeof subscribeSchema>

export const emailSchema = z.object({
  email: z.email().max(200).trim().describe('Own e-mail address; a code is sent there'),
})
export const emailCodeSentSchema = z.object({
  seconds: z.int().describe('Seconds until another code may be asked for'),
  demoCode: z.string().nullable().describe('The code itself, in the demonstration only'),
})
export const emailProofSchema = z.object({
  code: z
    .string()
    .regex(/^\d{6}$/)
    .describe('Six digits from the letter'),
})
