import { z } from 'zod'

/** Contracts of what a figure opens onto: people, stairwells, doors; the map; why one person has what they have. */

const path = z
  .string()
  .max(200)
  .regex(/^(\d+\/)+$/)
const nobody = z.object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })

/** As it is now, as it was worked out, or with what was changed by hand. */
export const sides = ['now', 'solved', 'planned'] as const
export type Side = (typeof sides)[number]

const page = {
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Rows in a page'),
}

export const planPeopleQuerySchema = z.object({
  of: z.enum(['all', 'over', 'under', 'changed']).default('all').describe('Which people'),
  side: z.enum(sides).default('planned').describe('By which division over and under are told'),
  ...page,
})

export const planPersonSchema = z.object({
  ...nobody.shape,
  leaving: z.boolean().describe('Takes no part'),
  least: z.int().describe('Fewest households'),
  most: z.int().describe('Most households'),
  householdsNow: z.int().describe('Households now'),
  households: z.int().describe('Households with the plan'),
  metresNow: z.int().nullable().describe('Metres a household now; null when there is none'),
  metres: z.int().nullable().describe('Metres a household with the plan'),
  given: z.int().describe('Households handed over'),
  taken: z.int().describe('Households taken over'),
  places: z
    .array(
      z.object({
        path: path.describe('Stairwell'),
        building: z.string().describe('Its building, with the compound'),
        unit: z.string().describe('Its own name'),
        households: z.int().describe('Households there'),
      }),
    )
    .describe('Where, with the plan'),
})
export type PlanPerson = z.infer<typeof planPersonSchema>
export const planPeopleSchema = z.object({
  items: z.array(planPersonSchema).describe('One page, those whose lot changes most first'),
  next: z.string().nullable().describe('Cursor of the next page'),
  total: z.int().describe('How many there are'),
})
export type PlanPeople = z.infer<typeof planPeopleSchema>

export const planUnitsQuerySchema = z.object({
  of: z.enum(['farthest', 'shared', 'changed']).default('farthest').describe('Which stairwells'),
  side: z.enum(sides).default('planned').describe('By which division'),
  ...page,
})
const planUnitSchema = z.object({
  path: path.describe('Stairwell'),
  place: z.string().describe('In words'),
  households: z.int().describe('Households of it that this line is about'),
  person: nobody.nullable().describe('Who has them'),
  was: nobody.nullable().describe('Who has them now; null also when several do'),
  metres: z.int().nullable().describe('How far'),
})
export const planUnitsSchema = z.object({
  items: z.array(planUnitSchema).describe('One page, the farthest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
  total: z.int().describe('How many there are'),
})
export type PlanUnits = z.infer<typeof planUnitsSchema>

export const planDoorsQuerySchema = z.object({
  of: z.enum(['unserved', 'changed', 'all']).default('changed').describe('Which doors'),
  side: z.enum(sides).default('planned').describe('By which division'),
  unit: path.optional().describe('Only this stairwell'),
  person: z.uuid().optional().describe('Only of this person'),
  ...page,
})
export const planDoorsSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid().describe('Dwelling'),
        path: path.describe('Stairwell'),
        place: z.string().describe('In words'),
        number: z.string().describe('Number of the door'),
        was: nobody.nullable().describe('Who has it now'),
        person: nobody.nullable().describe('Who gets it'),
      }),
    )
    .describe('One page, by stairwell and floor; nothing of who lives there'),
  next: z.string().nullable().describe('Cursor of the next page'),
})
export type PlanDoors = z.infer<typeof planDoorsSchema>

export const planMapQuerySchema = z.object({
  path: path.optional().describe('Only this part of the area: a community or less'),
})
const point = z.tuple([z.number(), z.number()])
export const planMapSchema = z.object({
  path: path.describe('What is drawn'),
  /** A whole district is not a picture of stairwells. */
  parts: z
    .array(
      z.object({
        path: path.describe('Community'),
        name: z.string().describe('Name'),
        changed: z.int().describe('Households there that change hands'),
      }),
    )
    .describe('Communities to choose from, when the area holds several'),
  compounds: z
    .array(z.object({ path: path.describe('Compound'), name: z.string().describe('Name') }))
    .describe('Compounds drawn'),
  buildings: z
    .array(
      z.object({
        path: path.describe('Building'),
        name: z.string().describe('Name'),
        outline: z.array(point).describe('Outline, degrees'),
      }),
    )
    .describe('Buildings drawn'),
  units: z
    .array(
      z.object({
        path: path.describe('Stairwell'),
        name: z.string().describe('Name'),
        at: point.describe('Where, degrees'),
        households: z.int().describe('Households'),
        shares: z
          .array(
            z.object({
              side: z.enum(sides).describe('Of which division'),
              person: z.uuid().nullable().describe('Who; null: nobody'),
              households: z.int().describe('How many'),
              metres: z.int().nullable().describe('How far'),
              /** Of these, how many somebody else has now. */
              changed: z.int().describe('How many of them change hands'),
              byHand: z.boolean().describe('Whether hands put them there'),
            }),
          )
          .describe('Who has how many'),
      }),
    )
    .describe('Stairwells drawn'),
  people: z
    .array(
      z.object({
        ...nobody.shape,
        leaving: z.boolean().describe('Takes no part'),
        anchors: z.array(point).describe('Where they are at home, degrees'),
        least: z.int().describe('Fewest households'),
        most: z.int().describe('Most households'),
        now: z.int().describe('Households now'),
        planned: z.int().describe('Households with the plan'),
      }),
    )
    .describe('People who have or get something drawn, or whose home lies there'),
})
export type PlanMap = z.infer<typeof planMapSchema>

export const whyIdSchema = z.object({ id: z.uuid().describe('Plan'), person: z.uuid().describe('Person') })
export const whySchema = z.object({
  person: planPersonSchema.describe('Who'),
  anchors: z.array(z.enum(['home', 'paired', 'post'])).describe('What their places are'),
  units: z
    .array(
      z.object({
        path: path.describe('Stairwell'),
        place: z.string().describe('In words'),
        households: z.int().describe('Households of it'),
        kept: z.int().describe('Of these, how many they have already'),
        metres: z.int().describe('How far'),
        byHand: z.int().describe('Of these, how many were given by hand'),
        next: z
          .object({
            person: nobody.describe('Who'),
            metres: z.int().describe('How far they are'),
            more: z.int().describe('Metres that the whole would be longer for each household, at least'),
          })
          .nullable()
          .describe('Who else could have it at the least cost; null when nobody, or when hands put it there'),
      }),
    )
    .describe('What they get, the nearest first'),
  elsewhere: z
    .array(
      z.object({
        place: z.string().describe('Stairwell in words'),
        metres: z.int().describe('How far it is for them'),
        more: z.int().describe('Metres that the whole would be longer for each household, at least'),
        with: z.array(nobody).describe('Who has it instead'),
      }),
    )
    .describe('Nearer stairwells that others have, the nearest first'),
  lost: z
    .array(
      z.object({
        place: z.string().describe('Stairwell in words'),
        households: z.int().describe('Households of it'),
        metres: z.int().nullable().describe('How far for them'),
        to: nobody.nullable().describe('Who gets them'),
        toMetres: z.int().nullable().describe('How far for that one'),
      }),
    )
    .describe('What they hand over'),
  full: z.boolean().describe('Has as many as they may'),
  saves: z.int().describe('Metres that one household more at this person would save the whole; 0 when none'),
})
export type Why = z.infer<typeof whySchema>

export const candidatesQuerySchema = z.object({
  path: path.describe('Area'),
  day: z.iso.date().describe('On which day'),
  ...page,
})
export const candidatesSchema = z.object({
  items: z
    .array(
      z.object({
        ...nobody.shape,
        organisation: z.string().describe('Where they serve'),
        households: z.int().describe('Households now'),
        leaves: z
          .boolean()
          .describe('Holds no post as a liaison there on that day, though households are theirs'),
      }),
    )
    .describe('One page: those who leave first, then by name'),
  next: z.string().nullable().describe('Cursor of the next page'),
  total: z.int().describe('How many there are'),
  households: z.int().describe('Households of the area'),
  leaving: z.array(nobody).describe('All who leave and have households'),
})
export type Candidates = z.infer<typeof candidatesSchema>
