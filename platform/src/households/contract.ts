import { z } from 'zod'
import { areaPath } from '#org/contract.ts'
import { awaySchema, basisSchema, leftSchema, relations } from './fields.ts'
import { careKinds } from './lists.ts'

/** Contracts of doors and of the households behind them. A door is not personal; who lives behind it is. */

export const dwellingsQuerySchema = z.object({ unit: areaPath.describe('Path of the unit (stairwell)') })

export const dwellingSchema = z.object({
  id: z.uuid().describe('Dwelling'),
  floor: z.int().describe('Storey, from 1'),
  number: z.string().describe('Number on the door, 602'),
})
export type Dwelling = z.infer<typeof dwellingSchema>

export const dwellingsSchema = z.object({
  items: z.array(dwellingSchema).describe('Doors of the unit, from the ground up'),
})

const day = (what: string) => z.iso.date().describe(what)
const namedSchema = z.object({ id: z.uuid().describe('Id'), name: z.string().describe('Name') })

export const careSchema = z.object({
  id: z.uuid().describe('Care entry'),
  resident: z.uuid().describe('Who needs it'),
  kind: z.enum(careKinds).describe('Why somebody looks in'),
  basis: basisSchema.describe('Consent with its day, or the statute it rests on'),
  reviewOn: day('Day on which it is looked at anew'),
  plan: z.string().nullable().describe('What is done, and how often'),
  helper: namedSchema.nullable().describe('Who helps'),
  endedOn: day('Ended on').nullable().describe('Ended on; null while it goes on'),
  version: z.int().describe('Version of the entry'),
})
export type Care = z.infer<typeof careSchema>

export const memberSchema = z.object({
  id: z.uuid().describe('Resident'),
  name: z.string().describe('Name'),
  relation: z.enum(relations).describe('Related to the head of the household'),
  birthYear: z.int().nullable().describe('Year of birth'),
  phone: z.string().nullable().describe('Phone, masked'),
  hasIdentity: z.boolean().describe('Whether an identity number is kept; it is never shown here'),
  joinedOn: day('Lives here since').nullable().describe('Lives here since; null: as long as is known'),
  left: leftSchema.nullable().describe('When and how the resident left; null while living here'),
  away: awaySchema.nullable().describe('Away to study or work, and until when'),
  version: z.int().describe('Version of the resident'),
})
export type Member = z.infer<typeof memberSchema>

export const conflictSchema = z.object({
  id: z.uuid().describe('Conflict'),
  household: z.uuid().describe('Household'),
  field: z.string().describe('Field that several people set without knowing of one another'),
  openedAt: z.iso.datetime().describe('Since when'),
  words: z
    .array(
      z.object({
        entry: z.uuid().describe('Entry that said it'),
        by: namedSchema.nullable().describe('Who'),
        at: z.iso.datetime().describe('When it arrived'),
        deviceAt: z.iso.datetime().describe('When it was entered, by the clock of the device'),
        value: z.unknown().describe('What it says; phones and identity numbers masked'),
        shown: z.boolean().describe('Whether this is what stands in the field until somebody chooses'),
      }),
    )
    .describe('What stands against each other'),
})
export type Conflict = z.infer<typeof conflictSchema>

export const householdSchema = z.object({
  id: z.uuid().describe('Household'),
  path: areaPath.describe('Stairwell, or the area the door lies in'),
  place: z.string().describe('The stairwell in plain words'),
  dwelling: dwellingSchema.describe('The door'),
  movedIn: day('Moved in').nullable().describe('Lives behind this door since'),
  movedOut: day('Moved away').nullable().describe('First day on which it no longer lives here'),
  note: z.string().nullable().describe('What whoever knocks should know'),
  members: z.array(memberSchema).describe('Those who live here, then those who left'),
  care: z.array(careSchema).describe('Why somebody looks in, entries that ended last'),
  conflicts: z.array(conflictSchema).describe('What has to be chosen'),
  liaisons: z.array(namedSchema).describe('Whose duty the door is today; none, or one'),
  version: z.int().describe('Version, to be named with the next entry'),
})
export type HouseholdView = z.infer<typeof householdSchema>

export const householdsQuerySchema = z.object({
  path: areaPath.optional().describe('Area; left out: everything within reach, for a liaison the own doors'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(60).describe('Rows in a page'),
})
export type HouseholdsQuery = z.infer<typeof householdsQuerySchema>

export const householdRowSchema = z.object({
  id: z.uuid().describe('Household'),
  path: areaPath.describe('Stairwell'),
  dwelling: dwellingSchema.describe('The door'),
  head: z.string().nullable().describe('Name of the head of the household, masked'),
  members: z.int().describe('How many live here'),
  away: z.int().describe('How many of them are away'),
  care: z.int().describe('Open entries of the care list'),
  liaison: namedSchema.nullable().describe('Whose duty the door is today'),
  version: z.int().describe('Version'),
})
export type HouseholdRow = z.infer<typeof householdRowSchema>

export const householdsSchema = z.object({
  items: z.array(householdRowSchema).describe('One page, by stairwell and door'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const editSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one entry'),
  kind: z
    .enum(['edit', 'choose'])
    .default('edit')
    .describe('An edit, or the choice between words that stand against each other'),
  base: z.int().min(0).describe('Version of the household that was seen when it was entered'),
  deviceAt: z.iso.datetime().describe('When it was entered, by the clock of the device'),
  fields: z
    .record(z.string().max(120), z.unknown())
    .refine((fields) => {
      const many = Object.keys(fields).length
      return many > 0 && many <= 100
    })
    .describe('New values by name: `note`, `resident.<id>.phone`, `care.<id>.reviewOn`; 1 to 100 of them'),
})

export const editedSchema = z.object({
  fate: z
    .enum(['applied', 'merged', 'conflict'])
    .describe('Taken as it is; others had touched other fields; or somebody has to choose'),
  contested: z.array(z.string()).describe('Fields that have to be chosen'),
  version: z.int().describe('Version that the household has now'),
})
