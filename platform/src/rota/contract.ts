import { z } from 'zod'
import { hereSchema } from '#people/contract.ts'
import { areaPath, deskLevels } from '#org/contract.ts'
import { dayKinds } from './rules.ts'

/** Contracts of who is on duty: the rota of an organisation, its turns of a week, and who answers for a household now (X3). */

const namedSchema = z.object({ id: z.uuid().describe('Id'), name: z.string().describe('Name') })
const instant = (what: string) => z.iso.datetime().describe(what)
const day = (what: string) => z.iso.date().describe(what)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** A mobile number, a landline with its area code, or a short service number. */
const phone = z.string().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{3,8})$/)

const lineSchema = z.object({
  id: z.uuid().describe('Line'),
  name: z.string().describe('What the turn is called'),
  weekdays: z.array(z.int().min(1).max(7)).describe('1 Monday to 7 Sunday'),
  days: z
    .enum(dayKinds)
    .describe('Every such day, only those worked by the calendar, or only those that are not'),
  from: z.string().describe('Begins, HH:MM in Shanghai'),
  until: z.string().describe('Ends, HH:MM; not later than it begins means on the next day'),
  person: namedSchema.describe('A: who is on duty'),
  backup: namedSchema.nullable().describe('B: who takes over while A is away'),
  validFrom: day('First day'),
  validUntil: day('First day without it').nullable().describe('First day without it; null while it stays'),
  instead: z.boolean().describe('True where the other lines are suspended on its days'),
  version: z.int().describe('Version, for If-Match'),
})
export type RotaLine = z.infer<typeof lineSchema>

const turnSchema = z.object({
  line: z.uuid().describe('Line it comes from'),
  name: z.string().describe('What the turn is called'),
  startsAt: instant('When it begins'),
  endsAt: instant('When it ends'),
  person: namedSchema.describe('A, as the rota or the last swap has it'),
  backup: namedSchema.nullable().describe('B'),
  swapped: z.boolean().describe('True where the turn was given to somebody else'),
  who: namedSchema
    .extend({ phone: z.string().nullable().describe('Work phone') })
    .nullable()
    .describe('Who is there; null where everybody named is away'),
  standsInFor: namedSchema.nullable().describe('Whom that person stands in for'),
})
export type RotaTurn = z.infer<typeof turnSchema>

const holeSchema = z.object({
  from: instant('From when'),
  until: instant('Until when'),
})

const organisationSchema = z.object({
  id: z.uuid().describe('Organisation'),
  name: z.string().describe('Name'),
  path: areaPath.describe('Area it serves'),
  level: z.enum(deskLevels).nullable().describe('Level of the desk; null where it is none'),
})

export const rotaQuerySchema = z.object({
  organisation: z.uuid().describe('Whose rota'),
  week: day('A day of the week that is wanted; this week when left out').optional(),
})

export const rotaSchema = z.object({
  organisation: organisationSchema.describe('Whose rota it is'),
  phone: z.string().nullable().describe('The number that is answered whoever is on duty'),
  version: z.int().describe('Version of the number, for If-Match; 0 while there is none'),
  mayChange: z.boolean().describe('Whether you may change it'),
  lines: z.array(lineSchema).describe('Lines in force this week or to come'),
  days: z
    .array(
      z.object({
        on: day('Day'),
        working: z.boolean().describe('Whether it is worked, by the calendar'),
        presumed: z.boolean().describe('True while the holidays of that year are not published'),
        turns: z.array(turnSchema).describe('Turns that begin on this day'),
        holes: z
          .array(holeSchema)
          .describe('When neither anybody of the rota is there nor the desk is open; of desks alone'),
      }),
    )
    .describe('Monday to Sunday'),
  people: z.array(namedSchema).describe('Who serves there and may stand in a rota'),
})
export type Rota = z.infer<typeof rotaSchema>

export const rotaParamsSchema = z.object({ organisation: z.uuid().describe('Organisation') })
export const rotaPhoneSchema = z.strictObject({
  phone: phone.nullable().describe('The number that is answered whoever is on duty, or null for none'),
})

export const newLineSchema = z
  .strictObject({
    id: z.uuid().describe('Made by the client; the same id sent twice is one line'),
    organisation: z.uuid().describe('Whose rota'),
    name: z.string().trim().min(1).max(20).describe('What the turn is called'),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).describe('1 Monday to 7 Sunday'),
    days: z.enum(dayKinds).describe('Every such day, only those worked by the calendar, or only the others'),
    from: clock.describe('Begins, HH:MM in Shanghai'),
    until: clock.describe('Ends, HH:MM; not later than it begins means on the next day'),
    person: z.uuid().describe('A; somebody with a post at the organisation'),
    backup: z.uuid().nullable().describe('B; somebody else with a post there'),
    validFrom: day('First day; today or later'),
    validUntil: day('First day without it').nullable().describe('First day without it; null while it stays'),
    instead: z.boolean().describe('True: on its days the other lines are suspended'),
  })
  .refine(({ validFrom, validUntil }) => validUntil === null || validUntil > validFrom, {
    path: ['validUntil'],
    error: 'a day after validFrom',
  })
  .refine(({ person, backup }) => person !== backup, { path: ['backup'], error: 'somebody other than A' })
export type NewLine = z.infer<typeof newLineSchema>

export const lineParamsSchema = z.object({ id: z.uuid().describe('Line') })
export const lineEndSchema = z.strictObject({
  on: day('First day without it; today or later'),
})

const otherSchema = z.strictObject({
  line: z.uuid().describe('Line of the other turn'),
  on: day('Day on which the other turn begins'),
})
export const newSwapSchema = z
  .strictObject({
    id: z.uuid().describe('Made by the client; the same id sent twice is one swap'),
    line: z.uuid().describe('Line of the turn'),
    on: day('Day on which the turn begins; today or later'),
    person: z.uuid().optional().describe('Who takes the turn'),
    with: otherSchema.optional().describe('Instead of a person: the turn that is given in exchange'),
  })
  .refine((swap) => (swap.person === undefined) !== (swap.with === undefined), {
    path: ['person'],
    error: 'either who takes it or the turn given in exchange',
  })
export type NewSwap = z.infer<typeof newSwapSchema>

export const tonightSchema = z.object({
  at: instant('Now'),
  items: z
    .array(
      z.object({
        organisation: organisationSchema.describe('The desk'),
        phone: z.string().nullable().describe('Number to call'),
        turns: z.array(turnSchema).describe('Turns from now until tomorrow noon'),
        holes: z.array(holeSchema).describe('When nobody is there from now until tomorrow morning'),
      }),
    )
    .describe('Desks of my areas, those with holes first; at most 60'),
  more: z.boolean().describe('True where there are more desks than are listed'),
})
export type Tonight = z.infer<typeof tonightSchema>

export const dutyQuerySchema = z
  .object({
    household: z.uuid().optional().describe('A household that you may read'),
    place: areaPath.optional().describe('A place: a stairwell, or anything above'),
  })
  .refine(({ household, place }) => (household === undefined) !== (place === undefined), {
    path: ['place'],
    error: 'either a household or a place',
  })

export const dutySchema = z.object({
  place: z.string().describe('The place in plain words'),
  at: instant('Now'),
  onDuty: hereSchema.shape.onDuty,
  above: z
    .array(
      z.object({
        organisation: z.string().describe('The desk'),
        level: z.enum(deskLevels).describe('Its level'),
        phone: z.string().nullable().describe('Number to call'),
        name: z.string().nullable().describe('Who is on duty there; null where its rota names nobody now'),
        until: instant('Until when').nullable().describe('Until when; null where nobody is named'),
      }),
    )
    .describe('The desks above, in the order in which to try them'),
})
export type Duty = z.infer<typeof dutySchema>
