import { z } from 'zod'
import { offerAnswerData, offerBackData, offerDoneData } from '#offers/contract.ts'
import { areaPath } from '#org/contract.ts'
import type { EntryKind } from './contract.ts'

/**
 * What `data` of an entry holds, by kind. The phone builds entries by these types; the server checks them one by one. Ids of
 * what an entry makes (the visit, a request, a promise) are made by the phone as well, so that sending twice makes one.
 */

const day = z.iso.date()
const words = (most: number) => z.string().trim().min(1).max(most)
/** Photos and recordings, uploaded by POST /api/attachments before or after; claimed when they are here. */
const files = z.array(z.uuid()).max(9).default([])

/** Something to be taken up, said by the household or seen on the way. */
const needSchema = z.strictObject({
  id: z.uuid(),
  words: words(2_000),
  category: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .optional(),
  files,
})

const visitData = z.strictObject({
  household: z.uuid(),
  outcome: z.enum(['met', 'not_at_home', 'declined', 'moved']),
  /** How the household is: fine, in difficulty, or somebody should come more often. */
  how: z.enum(['fine', 'difficulty', 'come_more_often']).optional(),
  words: words(2_000).optional(),
  needs: z.array(needSchema).max(9).default([]),
  /** What the household thinks of how things are done. */
  opinion: words(2_000).optional(),
  /** When to come back, as said at the door. */
  promise: z
    .strictObject({
      id: z.uuid(),
      on: day,
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .optional(),
      words: words(200).optional(),
    })
    .optional(),
  /** Whom one spoke with: told of what becomes of the needs. */
  resident: z.uuid().optional(),
  /** The phone showed a code with the address /visit/TOKEN to the resident (boundary 13). */
  confirm: z.strictObject({ token: z.string().regex(/^[\w-]{22,64}$/) }).optional(),
  files,
})

const editData = z.strictObject({
  household: z.uuid(),
  /** By name: note, resident.<id>.phone, care.<id>.reviewOn. A new member or care entry is fields under a new id. */
  fields: z.record(z.string().max(120), z.unknown()),
})

/** A choice between words that stand against each other: one of them by its entry (theirs or mine), or other words (both). */
const chooseData = z
  .strictObject({
    household: z.uuid(),
    /** The entry whose word is right, by field. */
    entries: z.record(z.string().max(120), z.uuid()).optional(),
    /** Other words, by field. */
    fields: z.record(z.string().max(120), z.unknown()).optional(),
  })
  .refine(({ entries = {}, fields = {} }) => Object.keys(entries).length + Object.keys(fields).length > 0)

const promiseKeepData = z.strictObject({ promise: z.uuid(), household: z.uuid() })

const promisePutOffData = z.strictObject({
  promise: z.uuid(),
  household: z.uuid(),
  on: day,
  /** What for, when that changed. */
  words: words(200).optional(),
})

const taskExcuseData = z.strictObject({ task: z.uuid(), household: z.uuid(), words: words(300) })

const requestData = z.strictObject({
  /** The household that says it; left out for what was seen on the way. */
  household: z.uuid().optional(),
  path: areaPath,
  place: z.string().trim().max(200).default(''),
  need: needSchema,
})

/** Households opened while offline; told so that the resident can see who looked (boundary 4). */
const readsData = z.strictObject({
  reads: z
    .array(z.strictObject({ household: z.uuid(), at: z.iso.datetime() }))
    .min(1)
    .max(200),
})

const absenceData = z.strictObject({
  absence: z.uuid(),
  from: day,
  until: day.nullable().default(null),
  backup: z.uuid(),
})

export const entryData = {
  visit: visitData,
  'household.edit': editData,
  'conflict.choose': chooseData,
  'promise.keep': promiseKeepData,
  'promise.put_off': promisePutOffData,
  'task.excuse': taskExcuseData,
  'request.submit': requestData,
  reads: readsData,
  absence: absenceData,
  'offer.answer': offerAnswerData,
  'offer.give_back': offerBackData,
  'offer.done': offerDoneData,
} as const satisfies Record<EntryKind, z.ZodType>

/** What is put into `data` of an entry of a kind. */
export type EntryData<Kind extends EntryKind> = z.input<(typeof entryData)[Kind]>

/** The same once it is checked. */
export type EntryOf<Kind extends EntryKind> = z.output<(typeof entryData)[Kind]>
