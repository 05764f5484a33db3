import { z } from 'zod'
import { areaPath } from '#org/contract.ts'
import { times } from './rules.ts'

/** Contracts of what the plan has to know of those who serve, and of who stands in for them. */

const namedSchema = z.object({ id: z.uuid().describe('Id'), name: z.string().describe('Name') })
const day = (what: string) => z.iso.date().describe(what)

const anchorSchema = z.object({
  id: z.uuid().describe('Made by the client'),
  kind: z.enum(['home', 'paired']).describe('Where the person lives, or a place the person is paired with'),
  lon: z.number().min(-180).max(180).describe('Longitude, WGS-84'),
  lat: z.number().min(-90).max(90).describe('Latitude, WGS-84'),
  path: areaPath.nullable().default(null).describe('The area it stands for, where it is one'),
})

const skill = z.string().regex(/^[a-z][a-z_]{1,29}$/)
const all = {
  anchors: z.array(anchorSchema).max(8).describe('Where the person can be reached from on foot'),
  skills: z.array(skill).max(20).describe('What the person can do'),
  availability: z.array(z.enum(times)).max(4).describe('When the person has time'),
  mostHouseholds: z
    .int()
    .min(0)
    .max(500)
    .nullable()
    .describe('The most households the person can look after; null: as many as the plan asks for'),
}

export const profileChangeSchema = z.object({
  ...all,
  employer: z.uuid().nullable().describe('Organisation the person works for'),
})
export type ProfileChange = z.infer<typeof profileChangeSchema>

export const absenceSchema = z.object({
  id: z.uuid().describe('Absence'),
  person: namedSchema.describe('Who is away'),
  backup: namedSchema.describe('Who stands in: sees and does what is that person’s (VR4)'),
  from: day('First day away'),
  until: day('First day back').nullable().describe('First day back; null until further notice'),
  now: z.boolean().describe('Whether it is today'),
  version: z.int().describe('Version, for If-Match'),
})
export type Absence = z.infer<typeof absenceSchema>

const placeSchema = z.object({
  path: areaPath.describe('Area'),
  place: z.string().describe('The area in plain words'),
})

export const profileSchema = z.object({
  ...all,
  id: z.uuid().describe('Person'),
  employer: namedSchema.nullable().describe('Organisation the person works for'),
  pairs: z.array(placeSchema).describe('Compounds that the employer is paired with'),
  usualBackup: namedSchema.nullable().describe('B of the A/B pair, as the post says'),
  absences: z.array(absenceSchema).describe('Days away, today and to come'),
  version: z.int().describe('Version, for If-Match'),
})
export type Profile = z.infer<typeof profileSchema>

export const newAbsenceSchema = z
  .object({
    id: z.uuid().describe('Made by the client; the same id sent twice is one absence'),
    person: z.uuid().describe('Who is away; everybody else but a desk only themselves'),
    backup: z.uuid().optional().describe('Who stands in; left out: B of the A/B pair'),
    from: day('First day away; not before today'),
    until: day('First day back').nullable().describe('First day back; null until further notice'),
  })
  .refine(({ from, until }) => until === null || until > from)
export type NewAbsence = z.infer<typeof newAbsenceSchema>

export const absenceEndSchema = z.object({
  on: day('First day back; today or before it begins takes the rest of it back'),
})

export const absencesQuerySchema = z.object({
  person: z.uuid().optional().describe('Only of this person, as the one away or the one who stands in'),
})

export const absencesSchema = z.object({
  items: z.array(absenceSchema).describe('Who is away today or is going to be, those first who leave first'),
})

export const pairsSchema = z.object({
  items: z.array(placeSchema).describe('Compounds that the organisation is paired with'),
})
export const pairsChangeSchema = z.object({
  paths: z.array(areaPath).max(50).describe('Compounds that the organisation is paired with, all of them'),
})
