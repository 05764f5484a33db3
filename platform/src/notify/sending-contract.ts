import { z } from 'zod'
import { failureReasons } from './contract.ts'
import type { Channel } from './contract.ts'

/** Contracts of the ways by which messages leave, for the IT desk: what is set up, quiet hours, robots. */

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('Time of the day on the wall clock, 07:00')
export const districtQuietSchema = z.object({
  from: clock.describe('From when on nothing leaves that is not urgent'),
  until: clock.describe('Until when; the same as `from`: no quiet hours'),
})

export const ways = ['sms', 'email', 'push', 'robot'] as const satisfies readonly Channel[]

export const sendingSchema = z.object({
  ways: z
    .array(
      z.object({
        channel: z.enum(ways).describe('By which way'),
        state: z
          .enum(['set_up', 'shown', 'missing'])
          .describe('shown: the demonstration sends nothing; missing: the installation names no provider'),
        origins: z.array(z.string()).describe('Of push and robots: where the installation lets them go'),
        waiting: z.int().describe('How many wait, counted up to 10,000'),
        held: z.int().describe('How many of those wait for the end of quiet hours or the hour of the day'),
        sent: z.int().describe('How many went out in the last 24 hours'),
        failed: z.int().describe('How many of the last 24 hours failed'),
      }),
    )
    .describe('Every way beside the app'),
  quiet: districtQuietSchema.describe('Quiet hours of the district'),
  version: z.int().describe('Changes of the quiet hours so far'),
})
export type SendingState = z.infer<typeof sendingSchema>

export const robotKinds = ['wecom', 'dingtalk', 'http'] as const
export type RobotKind = (typeof robotKinds)[number]

const robotParts = {
  organisation: z.uuid().describe('Whose chat group it is'),
  kind: z.enum(robotKinds).describe('wecom: WeChat Work; dingtalk: DingTalk; http: JSON over HTTP'),
  name: z.string().trim().min(1).max(60).describe('How people here call it'),
  shape: z
    .string()
    .trim()
    .max(2_000)
    .nullable()
    .describe(
      'Of http: the JSON to send, with {text} where the words go; {code}, {link}, {at}, {key} may stand in it',
    ),
  accepted: z
    .string()
    .max(200)
    .nullable()
    .describe('Of http: a text in every answer by which it accepts; any 2xx where none is given'),
  language: z.enum(['zh-CN', 'en']).describe('In which language'),
  declined: z
    .array(z.enum(['word', 'work', 'deadline', 'progress']))
    .max(4)
    .describe('Kinds of news it does not get'),
  active: z.boolean().describe('Whether it gets any'),
}

export const robotSchema = z.object({
  id: z.uuid().describe('Robot'),
  ...robotParts,
  organisationName: z.string().nullable().describe('Name of the organisation'),
  origin: z.string().describe('Where it goes; the rest of the address is its key and not shown'),
  allowed: z.boolean().describe('Whether the installation still lets messages go there'),
  signed: z.boolean().describe('Whether a secret for signing is kept'),
  last: z
    .object({
      state: z.enum(['waiting', 'sending', 'sent', 'failed']).describe('What became of it'),
      reason: z.enum(failureReasons).nullable().describe('Why not'),
      detail: z.string().nullable().describe('What it answered'),
      at: z.iso.datetime().describe('When'),
    })
    .nullable()
    .describe('The last message to it'),
  version: z.int().describe('Version, for If-Match'),
})
export type Robot = z.infer<typeof robotSchema>
export const robotListSchema = z.object({
  items: z.array(robotSchema).describe('Every robot of the district'),
})

export const robotChangeSchema = z.object({
  ...robotParts,
  url: z
    .url()
    .max(1_000)
    .nullable()
    .default(null)
    .describe('Its address with the key in it; null keeps the one that is kept'),
  secret: z
    .string()
    .trim()
    .min(8)
    .max(200)
    .nullable()
    .optional()
    .describe('Secret to sign with; null takes it away, left out keeps it'),
})
export type RobotChange = z.infer<typeof robotChangeSchema>
