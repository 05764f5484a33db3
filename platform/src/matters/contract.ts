import { z } from 'zod'
import { areaPath } from '#org/contract.ts'

/** Contracts of the grid matters list and of what is asked of grids (O4). */

const day = (what: string) => z.iso.date().describe(what)
const text = (max: number) => z.string().trim().min(1).max(max)
const groupCode = z.string().regex(/^\d{2}$/)
const matterCode = z.string().regex(/^\d{2}-\d{2}$/)
const named = z.object({ id: z.uuid().describe('Id'), name: z.string().describe('Name') })

const groupsSchema = z
  .array(
    z.strictObject({
      code: groupCode.describe('Code of the group'),
      zh: text(20).describe('Name in Chinese'),
      en: text(40).describe('Name in English'),
      matters: z
        .array(
          z.strictObject({
            code: matterCode.describe('Code; begins with that of its group'),
            zh: text(20).describe('Name in Chinese'),
            en: text(40).describe('Name in English'),
            basis: text(120).describe('What grids do there, or on which ground'),
          }),
        )
        .max(20)
        .describe('Matters of the group'),
    }),
  )
  .min(1)
  .max(20)
export type Groups = z.infer<typeof groupsSchema>

export const mattersSchema = z.object({
  sample: z.boolean().describe('True while this is the sample that comes with the product, to be replaced'),
  version: z.int().describe('Version, for If-Match; 0 for the sample'),
  groups: groupsSchema.describe('Groups of matters'),
})
export type Matters = z.infer<typeof mattersSchema>
export const mattersChangeSchema = z.strictObject({
  groups: groupsSchema
    .refine(
      (groups) => {
        const codes = groups.flatMap(({ matters }) => matters.map(({ code }) => code))
        return (
          new Set(codes).size === codes.length &&
          groups.every((group) => group.matters.every(({ code }) => code.startsWith(`${group.code}-`)))
        )
      },
      { error: 'each code once, beginning with that of its group' },
    )
    .describe('The whole list as the district has published it'),
})

const pushSchema = z.object({
  id: z.uuid().describe('Push'),
  organisation: named.describe('Who asks'),
  path: areaPath.describe('Area whose grids are asked'),
  place: z.string().describe('The area in plain words'),
  matter: z
    .object({
      code: z.string().describe('Code'),
      zh: z.string().describe('Name in Chinese'),
      en: z.string().describe('Name in English'),
      basis: z.string().describe('What the list says of it'),
    })
    .nullable()
    .describe('The matter of the list that it rests on; null for what is not on it'),
  title: z.string().describe('What is asked'),
  words: z.string().describe('What is to be done'),
  purpose: z.string().nullable().describe('What for'),
  hours: z.int().nullable().describe('Hours of work, of all grids together'),
  startsOn: day('First day'),
  endsOn: day('First day on which it is asked no longer').nullable().describe('Null while it is on the list'),
  standing: z
    .enum(['waiting', 'coming', 'now', 'over', 'refused', 'withdrawn'])
    .describe('How it stands today'),
  by: z.string().describe('Who asked for it'),
  decision: z
    .object({ by: z.string().describe('Who decided'), words: z.string().nullable().describe('Their words') })
    .nullable()
    .describe('Null where it needed none or waits'),
  mayDecide: z.boolean().describe('Whether you may let it through or not'),
  mayWithdraw: z.boolean().describe('Whether you may take it back'),
  version: z.int().describe('Version, for If-Match'),
})
export type Push = z.infer<typeof pushSchema>
export const onePushSchema = pushSchema

export const pushQuerySchema = z.object({
  show: z
    .enum(['now', 'waiting', 'past'])
    .default('now')
    .describe(
      'now: asked today or soon; waiting: for the desk of the district; past: over, refused, taken back',
    ),
})
export const pushListSchema = z.object({
  items: z.array(pushSchema).describe('Of my areas, newest first; at most 100'),
})
export type PushList = z.infer<typeof pushListSchema>

export const newPushSchema = z
  .strictObject({
    id: z.uuid().describe('Made by the client; the same id sent twice is one'),
    path: areaPath.describe('Area whose grids are asked; within that of the own post'),
    matter: matterCode.nullable().describe('The matter of the list it rests on; null: it waits for approval'),
    title: text(60).describe('What is asked'),
    words: text(1000).describe('What is to be done'),
    purpose: text(300).nullable().describe('What for; needed for what is not on the list'),
    hours: z
      .int()
      .min(1)
      .max(1_000_000)
      .nullable()
      .describe('Hours of work of all grids together; needed for what is not on the list'),
    startsOn: day('First day; today or later'),
    endsOn: day('First day on which it is asked no longer').nullable().describe('Needed off the list'),
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn > startsOn, {
    path: ['endsOn'],
    error: 'a day after startsOn',
  })
  .refine(
    ({ matter, purpose, hours, endsOn }) =>
      matter !== null || (purpose !== null && hours !== null && endsOn !== null),
    { path: ['purpose'], error: 'purpose, hours and endsOn for what is not on the list' },
  )
export type NewPush = z.infer<typeof newPushSchema>

export const pushParamsSchema = z.object({ id: z.uuid().describe('Push') })
export const pushDecisionSchema = z.strictObject({
  agree: z.boolean().describe('Whether grids are asked'),
  words: text(300).describe('Why'),
})
