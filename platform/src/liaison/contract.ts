import { z } from 'zod'
import { usualBounds } from './bounds.ts'

/** Contracts of a liaison plan: its settings, how it stands, what it costs, and what hands change in it. */

export const scenarioStates = [
  'draft',
  'solving',
  'solved',
  'infeasible',
  'approved',
  'published',
  'cancelled',
] as const
export type ScenarioState = (typeof scenarioStates)[number]

const path = z
  .string()
  .max(200)
  .regex(/^(\d+\/)+$/)
const count = z.int().min(0).max(500)
const day = z.iso.date()

const settingsShape = {
  name: z.string().trim().min(1).max(60).describe('What the plan is called'),
  startsOn: day.describe('Day from which it holds'),
  least: count.describe('Fewest households a person in town'),
  most: count.min(1).describe('Most households a person in town'),
  ruralLeast: count.describe('Fewest households a person in a village'),
  ruralMost: count.min(1).describe('Most households a person in a village'),
  stability: z
    .int()
    .min(0)
    .max(100_000)
    .describe('Metres a household may walk more rather than change hands; 0: only between equals'),
  leaving: z.array(z.uuid()).max(10_000).describe('People who take no part, by id'),
}

export const newScenarioSchema = z.object({
  id: z.uuid().describe('Made by the caller; the same id twice is one plan'),
  path: path.describe('Area whose households it gives to somebody'),
  ...settingsShape,
  least: settingsShape.least.default(usualBounds.least).describe('Fewest households a person in town'),
  most: settingsShape.most.default(usualBounds.most).describe('Most households a person in town'),
  ruralLeast: settingsShape.ruralLeast
    .default(usualBounds.ruralLeast)
    .describe('Fewest households a person in a village'),
  ruralMost: settingsShape.ruralMost
    .default(usualBounds.ruralMost)
    .describe('Most households a person in a village'),
  stability: settingsShape.stability
    .default(0)
    .describe('Metres a household may walk more rather than change hands; 0: only between equals'),
  leaving: settingsShape.leaving.default([]).describe('People who take no part, by id'),
})
export type NewScenario = z.infer<typeof newScenarioSchema>

export const scenarioChangeSchema = z.object(settingsShape).partial()
export type ScenarioChange = z.infer<typeof scenarioChangeSchema>

export const scenarioIdSchema = z.object({ id: z.uuid().describe('Plan') })

const nobody = z.object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })

/** How a division of the households stands: as it is now, as it was worked out, or with what hands changed. */
export const figuresSchema = z.object({
  households: z.int().describe('Households of the area'),
  people: z.int().describe('People who have at least one of them'),
  unserved: z.int().describe('Households that nobody has'),
  over: z.int().describe('People with more than they may have'),
  under: z.int().describe('People with fewer than they must have'),
  meanMetres: z.int().nullable().describe('Metres a household, on average; null when nobody has any'),
  farthestMetres: z.int().nullable().describe('Metres of the farthest household'),
  shared: z.int().describe('Stairwells that several people share'),
  changed: z.int().describe('Households that change hands'),
  totalMetres: z.int().describe('Metres of all households together'),
})
export type Figures = z.infer<typeof figuresSchema>

export const barsSchema = z.array(
  z.object({
    from: z.int().describe('First value that counts here'),
    until: z.int().nullable().describe('First value beyond; null: everything above'),
    now: z.int().describe('How many as it is now'),
    planned: z.int().describe('How many with the plan'),
  }),
)
export type Bars = z.infer<typeof barsSchema>

export const comparisonSchema = z.object({
  now: figuresSchema.describe('As it is now'),
  solved: figuresSchema.nullable().describe('As it was worked out; null before'),
  planned: figuresSchema.nullable().describe('With what was changed by hand; null before'),
  byHouseholds: barsSchema.describe('People by how many households they have'),
  byMetres: barsSchema.describe('Households by how far they are'),
})
export type Comparison = z.infer<typeof comparisonSchema>

export const priceSchema = z.object({
  households: z.int().describe('Households that move'),
  metresEach: z.int().describe('Metres more for each of them; negative: nearer'),
  metresMore: z.int().describe('Metres more in all'),
  from: z
    .object({
      person: nobody.describe('Who'),
      before: z.int().describe('Households before'),
      after: z.int().describe('Households after'),
      least: z.int().describe('Fewest'),
      most: z.int().describe('Most'),
    })
    .nullable()
    .describe('Who gives them; null: nobody had them'),
  to: z
    .object({
      person: nobody.describe('Who'),
      before: z.int().describe('Households before'),
      after: z.int().describe('Households after'),
      least: z.int().describe('Fewest'),
      most: z.int().describe('Most'),
    })
    .describe('Who takes them'),
  holds: z.boolean().describe('Whether both stay within what a person may have'),
})
export type Price = z.infer<typeof priceSchema>

export const moveSchema = z.object({
  unit: path.describe('Stairwell'),
  from: z.uuid().nullable().describe('Who gives them; null: nobody has them'),
  to: z.uuid().describe('Who takes them'),
  households: z.int().min(1).max(500).describe('How many households'),
})
export type Move = z.infer<typeof moveSchema>

export const adjustmentSchema = moveSchema.extend({
  id: z.uuid().describe('Made by the caller; the same id twice is one move'),
  reason: z.string().trim().min(2).max(200).describe('Why'),
})
export type NewAdjustment = z.infer<typeof adjustmentSchema>

export const adjustedSchema = z.object({
  id: z.uuid().describe('Move'),
  unit: path.describe('Stairwell'),
  place: z.string().describe('Stairwell in words'),
  from: nobody.nullable().describe('Who gave them; null: nobody had them'),
  to: nobody.describe('Who took them'),
  households: z.int().describe('How many households'),
  metresMore: z.int().describe('Metres more in all'),
  reason: z.string().describe('Why'),
  by: nobody.describe('Who moved them'),
  at: z.iso.datetime().describe('When'),
})
export type Adjusted = z.infer<typeof adjustedSchema>

export const undoIdSchema = scenarioIdSchema.extend({ move: z.uuid().describe('Move') })
export const undoSchema = z.object({
  id: z.uuid().describe('Made by the caller; the same id twice is one entry'),
})

export const approvalSchema = z.object({
  words: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .optional()
    .describe('Why, where households are left without anybody or a bound does not hold'),
})

export const progressSchema = z.object({
  step: z
    .enum(['waiting', 'preparing', 'solving', 'proving', 'settling', 'keeping'])
    .describe('What goes on'),
  share: z.number().min(0).max(1).describe('Of the whole work'),
  pivots: z.int().describe('Steps of the solver'),
  since: z.iso.datetime().describe('Since when'),
})
export type Progress = z.infer<typeof progressSchema>

/** Where there are too few places, or too few households for everybody's minimum. */
const lackSchema = z.object({
  kind: z
    .enum(['places-short', 'area-short', 'minimum-too-high', 'area-idle'])
    .describe('Too few places in all or in a part; minimum too high in all or in a part'),
  households: z.int().describe('Households there'),
  places: z.int().describe('What the people there may take at most, or must take at least'),
  by: z.int().describe('The difference'),
  where: z.array(z.string()).describe('Compounds it is about, by name, the largest first'),
  people: z.int().describe('How many people it is about'),
})

export const scenarioSummarySchema = z.object({
  id: z.uuid().describe('Plan'),
  path: path.describe('Area'),
  place: z.string().describe('Area in words'),
  name: z.string().describe('What it is called'),
  state: z.enum(scenarioStates).describe('How it stands'),
  startsOn: day.describe('Day from which it holds'),
  until: day.nullable().describe('Day from which a later plan holds instead; null: none'),
  draftedBy: nobody.describe('Who drafted it'),
  draftedAt: z.iso.datetime().describe('When'),
  approvedBy: nobody.nullable().describe('Who approved it'),
  publishedAt: z.iso.datetime().nullable().describe('When it was published'),
})
export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>

export const scenarioSchema = scenarioSummarySchema.extend({
  version: z.int().describe('For If-Match'),
  least: count.describe('Fewest households a person in town'),
  most: count.describe('Most households a person in town'),
  ruralLeast: count.describe('Fewest households a person in a village'),
  ruralMost: count.describe('Most households a person in a village'),
  stability: z.int().describe('Metres a household may walk more rather than change hands'),
  leaving: z.array(nobody).describe('Who takes no part'),
  takingPart: z.int().describe('How many people take part; 0 before it is worked out'),
  progress: progressSchema.nullable().describe('While it is worked out'),
  failed: z
    .enum(['cancelled', 'interrupted', 'unproven', 'changed'])
    .nullable()
    .describe('Why the last run brought nothing'),
  proven: z.boolean().describe('No better plan exists: checked by its certificate, apart from the solver'),
  seconds: z.number().nullable().describe('How long it took to work out'),
  solvedAt: z.iso.datetime().nullable().describe('When it was worked out'),
  lacks: z.array(lackSchema).describe('Why no plan keeps every bound; empty when one does'),
  comparison: comparisonSchema.nullable().describe('Figures; null before it is worked out'),
  adjustments: z.array(adjustedSchema).describe('What was changed by hand and stands, oldest first'),
  approvedWords: z.string().nullable().describe('Why it was approved although something does not hold'),
  approvedAt: z.iso.datetime().nullable().describe('When it was approved'),
  abilities: z
    .array(z.enum(['change', 'solve', 'stop', 'adjust', 'approve', 'reopen', 'publish', 'cancel']))
    .describe('What I may do with it now'),
})
export type Scenario = z.infer<typeof scenarioSchema>
export type ScenarioAbility = Scenario['abilities'][number]

export const scenariosQuerySchema = z.object({
  path: path.optional().describe('Only plans of this area and what lies under it'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export const scenariosSchema = z.object({
  items: z.array(scenarioSummarySchema).describe('One page, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})
export type Scenarios = z.infer<typeof scenariosSchema>
