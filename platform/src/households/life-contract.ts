import { z } from 'zod'
import { phoneSchema, relations } from './fields.ts'

/** Contracts of what happens to a household: it moves in, moves away, splits, comes together with another. */

const client = 'Made by the client; the same id sent twice is one entry'
const day = (what: string) => z.iso.date().describe(what)

export const moveInSchema = z.object({
  id: z.uuid().describe(client),
  household: z.uuid().describe('The new household, made by the client'),
  dwelling: z.uuid().describe('The door'),
  on: day('First day on which it lives there'),
  deviceAt: z.iso.datetime().describe('When it was entered, by the clock of the device'),
  shared: z.boolean().default(false).describe('True: moves in beside the household that lives there'),
  members: z
    .array(
      z.object({
        id: z.uuid().describe('Resident, made by the client'),
        name: z.string().trim().min(1).max(40).describe('Name'),
        relation: z.enum(relations).describe('Related to the head of the household'),
        birthYear: z.int().min(1900).max(2100).nullable().default(null).describe('Year of birth'),
        phone: phoneSchema.nullable().default(null).describe('Phone'),
      }),
    )
    .min(1)
    .max(30)
    .describe('Who moves in'),
})
export type MoveIn = z.infer<typeof moveInSchema>

const common = {
  id: z.uuid().describe(client),
  on: day('Day on which it happened'),
  deviceAt: z.iso.datetime().describe('When it was entered, by the clock of the device'),
}
const members = z
  .array(z.uuid().describe('Resident'))
  .min(1)
  .max(30)
  .refine((ids) => new Set(ids).size === ids.length)

export const lifeEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z
      .literal('move_away')
      .describe('The whole household leaves; the door stands empty from that day on'),
    ...common,
  }),
  z.object({
    kind: z
      .literal('split')
      .describe('Some members become a household of their own, behind this door or another'),
    ...common,
    members: members.describe('Who goes; somebody stays'),
    household: z.uuid().describe('The new household, made by the client'),
    dwelling: z.uuid().describe('Its door; may be the same'),
  }),
  z.object({
    kind: z.literal('merge').describe('All members join another household'),
    ...common,
    into: z.uuid().describe('The household they join'),
  }),
])
export type LifeEvent = z.infer<typeof lifeEventSchema>

export const undoSchema = z.object({
  id: z.uuid().describe(client),
  deviceAt: z.iso.datetime().describe('When it was entered, by the clock of the device'),
})

export const historyEntrySchema = z.object({
  id: z.uuid().describe('Entry'),
  version: z.int().describe('Version of the household that it made'),
  kind: z
    .enum(['edit', 'choose', 'move_in', 'move_away', 'split', 'merge', 'import', 'undo'])
    .describe('What happened'),
  by: z
    .object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })
    .nullable()
    .describe('Who entered it'),
  at: z.iso.datetime().describe('When it arrived'),
  deviceAt: z.iso.datetime().describe('When it was entered, by the clock of the device'),
  fate: z.enum(['applied', 'merged', 'conflict']).describe('What became of it then'),
  other: z.uuid().nullable().describe('The other household of a split or merge'),
  undoes: z.uuid().nullable().describe('The entry that this one takes back'),
  undone: z.boolean().describe('Whether a later entry took it back'),
  fields: z
    .array(
      z.object({
        name: z.string().describe('Field'),
        from: z.unknown().describe('What stood there; phones masked'),
        to: z.unknown().describe('What was entered; phones masked'),
      }),
    )
    .describe('What changed'),
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>

export const historySchema = z.object({
  items: z
    .array(historyEntrySchema)
    .describe('Everything that was entered about the household, newest first'),
})

export const stayQuerySchema = z.object({ on: day('Only who lived there on this day').optional() })

export const staysSchema = z.object({
  items: z
    .array(
      z.object({
        household: z.uuid().describe('Household'),
        movedIn: day('Since').nullable().describe('Since'),
        movedOut: day('First day on which it no longer lived there').nullable().describe('Until'),
        head: z.string().nullable().describe('Head of the household, masked'),
        members: z.int().describe('How many belonged to it, on the day asked about or when it left'),
      }),
    )
    .describe('Households behind the door, the latest first; days between them it stood empty'),
})
