import { z } from 'zod'

/**
 * Contracts of the field phone's server half: devices, the change feed, entries made offline and their fates. What an item of
 * the feed holds stands in items.ts, what an entry may say in entries.ts. Times are ISO 8601 in UTC.
 */

/** Days without contact after which a phone forgets everything (boundary 9). The phone counts them too, without asking. */
export const keepDays = 14
/** Most entries in one call. The body holds 256 kB: a phone cuts its queue at 50 entries or 200 kB, whichever comes first. */
const mostEntries = 50

const at = (what: string) => z.iso.datetime().describe(what)

const deviceStates = ['open', 'withdrawn', 'lapsed'] as const

export const deviceSchema = z.object({
  id: z.uuid().describe('Device, made by the phone'),
  label: z.string().describe('What its holder calls it'),
  registeredAt: at('Registered'),
  seenAt: at('Last contact'),
  state: z
    .enum(deviceStates)
    .describe('In use; withdrawn; or lapsed, without contact for longer than a phone keeps its data'),
})
export type Device = z.infer<typeof deviceSchema>

export const registerSchema = z.object({
  id: z.uuid().describe('Made by the phone, once for each store it keeps'),
  label: z.string().trim().min(1).max(60).describe('What its holder calls it, such as the make of the phone'),
})

export const unlockingSchema = z.object({
  device: z.uuid().describe('Device'),
  secret: z
    .string()
    .regex(/^[\w-]{43}$/)
    .describe(
      "The server's half of what unlocks the phone's store: 32 random bytes in base64url, the same for the life of the device. Never to be written to disk in clear",
    ),
  keepUntil: at('Without contact until then the phone forgets everything'),
  now: at("The server's clock, against which the phone sets its own"),
})
export type Unlocking = z.infer<typeof unlockingSchema>

export const devicesSchema = z.object({ items: z.array(deviceSchema).describe('Devices, newest first') })

export const withdrawalSchema = z.object({
  reason: z
    .enum(['lost', 'replaced', 'left', 'other'])
    .describe('Why: lost or stolen; another one in its place; its holder left; something else'),
})

export const feedQuerySchema = z.object({
  device: z.uuid().describe('Device'),
  cursor: z.string().max(2_000).optional().describe('Cursor of the page before; left out for everything'),
})

/** What became of an entry. A refused one is mended and sent anew under a new id that names it in `mends`. */
export const fates = ['applied', 'merged', 'conflict', 'refused', 'left_over'] as const
export type Fate = (typeof fates)[number]

export const entryKinds = [
  'visit',
  'household.edit',
  'conflict.choose',
  'promise.keep',
  'promise.put_off',
  'task.excuse',
  'request.submit',
  'reads',
  'absence',
  'offer.answer',
  'offer.give_back',
  'offer.done',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** Whether a file that an entry names is here. */
const fileSchema = z.object({
  id: z.uuid().describe('Upload that the entry names'),
  state: z
    .enum(['awaited', 'here', 'given_up'])
    .describe('Still to be uploaded; here and attached; or not brought within 30 days'),
})

/** The problem document of a refused entry (RFC 9457). `field` is a path inside the entry's `data`. */
export const entryProblemSchema = z.object({
  code: z.string().describe('Stable code'),
  title: z.string().describe('In a few words'),
  detail: z.string().describe('In a sentence'),
  status: z.int().describe('As if the entry had been sent alone'),
  field: z.string().optional().describe('Which field, such as data.fields.note'),
  expected: z.string().optional().describe('What was expected there'),
})
export type EntryProblem = z.infer<typeof entryProblemSchema>

export const resultSchema = z.object({
  id: z.uuid().describe('The entry'),
  kind: z.string().describe('Its kind'),
  seq: z.int().describe('Grows in the order in which the server took entries in'),
  fate: z
    .enum(fates)
    .describe(
      'Taken; taken beside what others changed; taken, and somebody has to choose; not taken, for a reason that can be mended; or kept for the desk, because the duty had ended',
    ),
  household: z.uuid().nullable().describe('Household it is about'),
  deviceAt: at("When it was made, by the phone's clock"),
  madeAt: at('The same, set right by the difference of the clocks'),
  receivedAt: at('When it arrived'),
  problem: entryProblemSchema.nullable().describe('Why it was refused'),
  contested: z.array(z.string()).describe('Fields of the household that have to be chosen'),
  requests: z
    .array(z.object({ id: z.uuid().describe('Service request'), code: z.string().describe('Its code') }))
    .describe('Service requests that came of it'),
  files: z.array(fileSchema).describe('Photos and recordings it names'),
  mendedBy: z.uuid().nullable().describe('The entry that was sent in place of this refused one'),
})
export type Result = z.infer<typeof resultSchema>

/**
 * One entry as it lies in the outbox. What `data` holds is checked entry by entry, so that one that is wrong is refused
 * alone and the others pass.
 */
export const entrySchema = z.object({
  id: z.uuid().describe('Made by the phone; the same id sent again gets the same answer'),
  kind: z
    .string()
    .min(1)
    .max(40)
    .describe(`One of ${entryKinds.join(', ')}`),
  base: z.int().min(0).max(1_000_000_000).optional().describe('Version of the household that was seen'),
  deviceAt: at("When it was made, by the phone's clock"),
  mends: z.uuid().optional().describe('A refused entry in whose place this one is sent'),
  data: z.record(z.string().max(60), z.unknown()).describe('What it says, by kind: see entries.ts'),
})
export type FieldEntry = z.infer<typeof entrySchema>

export const pushSchema = z.object({
  device: z.uuid().describe('Device'),
  now: at("The phone's clock when it sends, by which the server knows how far it is off"),
  entries: z.array(entrySchema).min(1).max(mostEntries).describe('From the oldest on'),
})
export type Push = z.infer<typeof pushSchema>

export const pushedSchema = z.object({
  results: z.array(resultSchema).describe('One for each entry that was sent, in the same order'),
  now: at("The server's clock"),
  offset: z.int().describe("How far the phone's clock is ahead of the server's, in milliseconds"),
})
export type Pushed = z.infer<typeof pushedSchema>

export const entriesQuerySchema = z.object({
  fate: z.enum(fates).optional().describe('Only of this fate'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Rows in a page'),
})

export const resultsSchema = z.object({
  items: z.array(resultSchema).describe('Own entries of all own phones, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const leftOverSchema = resultSchema
  .omit({ problem: true, contested: true, requests: true, mendedBy: true })
  .extend({
    by: z
      .object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })
      .describe('Who made it'),
    place: z.string().describe('Where, in plain words'),
    base: z.int().nullable().describe('Version of the household that was seen'),
    data: z.record(z.string(), z.unknown()).describe('What it says; phones and identity numbers masked'),
  })
export type LeftOver = z.infer<typeof leftOverSchema>

export const leftOversSchema = z.object({
  items: z.array(leftOverSchema).describe('What was brought after the duty had ended, oldest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const leftOversQuerySchema = entriesQuerySchema.omit({ fate: true })

export const decideLeftOverSchema = z.object({
  decision: z.enum(['take', 'set_aside']).describe('Enter it as it was made, or leave it aside'),
  words: z.string().trim().min(1).max(500).optional().describe('Why; needed to set it aside'),
})
