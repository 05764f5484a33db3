import { z } from 'zod'
import { householdSchema } from '#households/contract.ts'
import { areaPath } from '#org/contract.ts'
import { doorStates } from './rules.ts'

/** Contracts of the handbook: the building as it stands, a household with what is known of it, cards, prints (L2, L3, L5). */

const named = z.object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })
const place = z.object({ path: areaPath.describe('Path'), name: z.string().describe('Name') })
const day = (what: string) => z.iso.date().nullable().describe(what)
const count = (what: string) => z.int().describe(what)

export const buildingQuerySchema = z.object({ path: areaPath.describe('Path of the building') })

const promiseSchema = z
  .object({
    onDay: z.iso.date().describe('The day that was agreed'),
    atTime: z.string().nullable().describe('The hour, when one was agreed'),
    words: z.string().nullable().describe('What for'),
  })
  .nullable()
  .describe('When somebody said to come again')

export const doorSchema = z.object({
  id: z.uuid().describe('Dwelling'),
  floor: z.int().describe('Storey, from 1'),
  number: z.string().describe('Number on the door'),
  reached: z.boolean().describe('False: not within reach, and only the number is told'),
  state: z.enum(doorStates).describe('What colour it has: the last visit, what is due, care'),
  household: z
    .object({
      id: z.uuid().describe('Household'),
      family: z.string().describe('Family name of the head of the household'),
      tenants: z.boolean().describe('Rented'),
      members: count('How many live here'),
      care: z.boolean().describe('Somebody needs care; shown whatever the colour'),
      metOn: day('When somebody was last met'),
      dueOn: day('When the next visit is due'),
      promise: promiseSchema,
      known: z.boolean().describe('The liaison of today has met this household'),
    })
    .nullable()
    .describe('Who lives there; null when it stands empty or out of reach'),
  emptySince: day('Since when nobody lives there, where that is known'),
})
export type Door = z.infer<typeof doorSchema>

export const buildingViewSchema = z.object({
  path: areaPath.describe('Path of the building'),
  name: z.string().describe('Its own name'),
  place: z.string().describe('The building in plain words'),
  line: z.array(place).describe('The area and all above it, the district first'),
  floors: z.int().describe('Highest storey with a door'),
  previous: place.nullable().describe('The building before it in the same compound'),
  next: place.nullable().describe('The building after it'),
  units: z
    .array(
      z.object({
        path: areaPath.describe('Path of the stairwell'),
        name: z.string().describe('Its own name'),
        liaisons: z.array(named).describe('Whose stairwell it is'),
        doors: z.array(doorSchema).describe('Doors, the top floor first'),
      }),
    )
    .describe('Stairwells, in the order of the street'),
  people: count('Residents of whom something is shown'),
})
export type BuildingView = z.infer<typeof buildingViewSchema>

const visitSchema = z.object({
  id: z.uuid().describe('Visit'),
  onDay: z.iso.date().describe('The day it counts for'),
  outcome: z.string().describe('Whether somebody was met'),
  how: z.string().nullable().describe('How things were'),
  words: z.string().nullable().describe('What was heard'),
  person: z.string().describe('Who went'),
})

export const householdPageSchema = z.object({
  household: householdSchema.describe('Members, care, what has to be chosen, whose duty the door is'),
  state: z.enum(doorStates).describe('What colour its door has'),
  promise: promiseSchema,
  dueOn: day('When the next visit is due'),
  metOn: day('When somebody was last met'),
  visits: z.array(visitSchema).describe('The latest visits'),
  moreVisits: z.boolean().describe('There are earlier ones'),
  requests: z
    .object({
      items: z
        .array(
          z.object({
            id: z.uuid().describe('Request'),
            code: z.string().describe('Short code'),
            title: z.string().describe('What it is called'),
            state: z.string().describe('How it stands'),
            dueAt: z.iso.datetime().nullable().describe('By when'),
            overdue: z.boolean().describe('Past its time'),
            submittedAt: z.iso.datetime().describe('When it was said'),
          }),
        )
        .describe('The latest; never one said in confidence (RQ10)'),
      total: count('How many in all'),
    })
    .describe('What the household said'),
  lived: z
    .array(
      z.object({
        id: z.uuid().describe('Household'),
        family: z.string().describe('Family name'),
        movedIn: day('Moved in'),
        movedOut: day('Moved away'),
      }),
    )
    .describe('Who lived behind this door, the latest first'),
  looks: z
    .object({
      people: count('How many people looked in the last 30 days'),
      times: count('How often in all'),
      who: z
        .array(
          z.object({
            name: z.string().describe('Name'),
            organisation: z.string().describe('For which organisation'),
            times: count('How often'),
            lastAt: z.iso.datetime().describe('The last time'),
            reasons: z.array(z.string()).describe('Reasons that were stated'),
          }),
        )
        .nullable()
        .describe('Who; told to the desks over the place and to the liaison, null for everybody else'),
    })
    .describe('Who looked at this household'),
})
export type HouseholdPage = z.infer<typeof householdPageSchema>

const cardSchema = z.object({
  name: z.string().describe('Name'),
  phone: z.string().nullable().describe('Work phone'),
  organisation: z.string().describe('Where the person works, as people say it'),
})

export const cardsQuerySchema = z.object({
  path: areaPath.describe('A stairwell, building, compound or grid'),
})

export const cardsSchema = z.object({
  path: areaPath.describe('The area asked about'),
  name: z.string().describe('Its own name'),
  place: z.string().describe('The area in plain words'),
  line: z.array(place).describe('The area and all above it, the district first'),
  more: z.int().describe('Liaisons beyond those listed; ask for a smaller area'),
  cards: z
    .array(
      cardSchema.extend({
        id: z.uuid().describe('Person'),
        backup: cardSchema.nullable().describe('Who stands in'),
        doors: count('Doors in the charge of the liaison, within this area'),
        units: z
          .array(
            z.object({
              path: areaPath.describe('Path of the stairwell'),
              code: z.string().describe('Its code; the public page of the stairwell is /u/CODE'),
              place: z.string().describe('The stairwell in plain words'),
              doors: count('Doors there'),
            }),
          )
          .describe('Stairwells in the charge of the liaison'),
      }),
    )
    .describe('One for each liaison'),
})
export type Cards = z.infer<typeof cardsSchema>

export const acquaintanceQuerySchema = z.object({
  path: areaPath.describe('Area, from the district down to a stairwell'),
})

const metFigures = {
  households: count('Households that live there'),
  met: count('Households whose liaison of today has met them'),
  without: count('Households whose door is nobody’s duty'),
}

export const acquaintanceSchema = z.object({
  path: areaPath.describe('The area asked about'),
  name: z.string().describe('Its own name'),
  place: z.string().describe('The area in plain words'),
  line: z.array(place).describe('The area and all above it, the district first'),
  ...metFigures,
  areas: z
    .array(
      z.object({
        path: areaPath.describe('Path'),
        name: z.string().describe('Name'),
        kind: z.string().describe('Level of the tree'),
        ...metFigures,
      }),
    )
    .describe('The areas directly under it where somebody lives'),
  doors: z
    .array(
      z.object({
        household: z.uuid().describe('Household'),
        path: areaPath.describe('Stairwell'),
        place: z.string().describe('The stairwell in plain words'),
        number: z.string().describe('Number on the door'),
        floor: z.int().describe('Storey'),
        family: z.string().describe('Family name of the head of the household'),
        tenants: z.boolean().describe('Rented'),
        liaison: named.nullable().describe('Whose duty the door is'),
      }),
    )
    .describe('Of a building or stairwell: the doors still to be met'),
})
export type Acquaintance = z.infer<typeof acquaintanceSchema>

export const printInputSchema = z.object({
  id: z.uuid().describe('Made by the client; stands on every sheet and in the ledger'),
  building: areaPath.describe('Path of the building'),
  unit: areaPath.optional().describe('Only this stairwell; left out: the whole building'),
  pages: z.boolean().default(true).describe('With a page for the households, or the drawing alone'),
  reason: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .describe('What for; residents can read it, and it stands on every sheet'),
})
export type PrintInput = z.output<typeof printInputSchema>

export const printSchema = z.object({
  id: z.uuid().describe('The print'),
  at: z.iso.datetime().describe('When'),
  by: z
    .object({
      name: z.string().describe('Name'),
      organisation: z.string().describe('For which organisation'),
    })
    .describe('Who printed'),
  reason: z.string().describe('What for'),
  building: buildingViewSchema.describe('The building as it stands'),
  households: z.array(householdSchema).describe('Households of the stairwells, those who live there now'),
  people: count('People on it; at most 100'),
})
export type Print = z.infer<typeof printSchema>
