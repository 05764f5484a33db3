import { z } from 'zod'

/** Contracts of places and organisations. Names of places are public; nothing here is about a resident. */

export const areaKinds = [
  'district',
  'subdistrict',
  'community',
  'village_group',
  'grid',
  'compound',
  'building',
  'unit',
  'household_group',
] as const
const organisationKinds = [
  'government',
  'department',
  'committee',
  'party',
  'civic',
  'company',
  'property_firm',
] as const
export const deskLevels = [
  'building',
  'compound',
  'grid',
  'village_group',
  'community',
  'subdistrict',
  'district',
] as const

/** Codes from the district down, each ended by `/`: `131003/131003005/131003005003/`. */
export const areaPath = z
  .string()
  .max(120)
  .regex(/^(\d{1,32}\/){1,8}$/)

/** Words of a search; a single Han character is enough. */
const searched = z.string().trim().min(1).max(40)

export const areaSchema = z.object({
  path: areaPath.describe('Codes from the district down, each ended by /'),
  code: z
    .string()
    .describe('Code of this area: 6 digits a district, 9 a subdistrict, 12 a community, longer ones below'),
  kind: z.enum(areaKinds).describe('Level of the tree'),
  name: z.string().describe('Its own name, as on the sign'),
  place: z.string().describe('Plain words for where it is: names of compound, building and unit joined'),
  village: z.boolean().describe('True for a village and what is in it'),
  lon: z.number().nullable().describe('Longitude of its middle, WGS-84'),
  lat: z.number().nullable().describe('Latitude of its middle, WGS-84'),
})
export type Area = z.infer<typeof areaSchema>
export type AreaKind = Area['kind']

export const areasQuerySchema = z
  .object({
    parent: areaPath.optional().describe('The areas directly under this one'),
    path: areaPath.optional().describe('This area and all above it, the district first'),
    code: z
      .string()
      .regex(/^\d{6,32}$/)
      .optional()
      .describe(
        'The area with this code and all above it, the district first: what the code at an entrance opens',
      ),
    q: searched.optional().describe('Part of the name; with it at most 20 areas come back'),
    under: areaPath
      .optional()
      .describe('With q: only within this area; needed to find a building or unit by name'),
    kind: z.enum(areaKinds).optional().describe('With q: only areas of this level'),
  })
  .describe('One of parent, path or q; with none of them, the districts that live here')
export type AreasQuery = z.infer<typeof areasQuerySchema>

export const areasSchema = z.object({
  items: z.array(areaSchema).describe('Areas, in the order of the street: 2 before 10'),
})

export const servingQuerySchema = z.object({ path: areaPath.describe('Place that they serve') })

export const servingSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid().describe('Organisation'),
        name: z.string().describe('Short name, as people say it'),
        kind: z.enum(organisationKinds).describe('Kind'),
      }),
    )
    .describe('Over the place or in it, nearest first'),
})

export const buildingsQuerySchema = z.object({
  path: areaPath.describe('A compound or anything in it; a community gives all of its buildings'),
})

export const buildingSchema = z.object({
  path: areaPath.describe('Path of the building'),
  name: z.string().describe('Its own name'),
  floors: z.int().describe('Storeys'),
  units: z.int().describe('Stairwells'),
  footprint: z
    .array(z.tuple([z.number(), z.number()]))
    .describe('Outline: longitude and latitude (WGS-84) of each corner, closed'),
})
export type Building = z.infer<typeof buildingSchema>

export const buildingsSchema = z.object({
  items: z.array(buildingSchema).describe('Buildings of the compound, or of the community'),
})

export const organisationSchema = z.object({
  id: z.uuid().describe('Organisation'),
  kind: z.enum(organisationKinds).describe('Kind'),
  name: z.string().describe('Full name'),
  shortName: z.string().describe('Name as people say it'),
  phone: z.string().nullable().describe('Telephone of the office'),
  path: areaPath.describe('Area it serves'),
  deskLevel: z
    .enum(deskLevels)
    .nullable()
    .describe('Set where it is the desk of its level, which takes up what nobody else holds'),
  parent: z.uuid().nullable().describe('Organisation above it'),
  active: z.boolean().describe('False once it no longer exists; its past stays readable'),
  version: z.int().describe('Version, for If-Match'),
})
export type Organisation = z.infer<typeof organisationSchema>

export const organisationsQuerySchema = z.object({
  q: searched.optional().describe('Part of the name or short name'),
  path: areaPath
    .optional()
    .describe('Only those that serve this place: over it, in it, or departments of the district'),
  kind: z.enum(organisationKinds).optional().describe('Only of this kind'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Rows in a page'),
})
export type OrganisationsQuery = z.infer<typeof organisationsQuerySchema>

export const organisationsSchema = z.object({
  items: z.array(organisationSchema).describe('One page, by name'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

const line = (max: number) => z.string().trim().min(1).max(max)
const officePhone = z.string().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{5})$/)

export const newOrganisationSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one organisation'),
  kind: z.enum(organisationKinds).describe('Kind'),
  name: line(80).describe('Full name'),
  shortName: line(30).describe('Name as people say it'),
  path: areaPath.describe('Area it serves; the district for a department'),
  parent: z.uuid().nullable().default(null).describe('Organisation above it'),
  deskLevel: z
    .enum(deskLevels)
    .nullable()
    .default(null)
    .describe('Set to make it the desk of its area, which has none yet'),
  phone: officePhone
    .nullable()
    .default(null)
    .describe('Telephone of the office: mobile, landline with area code, or a five-digit service number'),
})
export type NewOrganisation = z.infer<typeof newOrganisationSchema>

export const organisationChangeSchema = z
  .object({
    name: line(80).optional().describe('New full name'),
    shortName: line(30).optional().describe('New short name'),
    phone: officePhone.nullable().optional().describe('New telephone, or null for none'),
    active: z.boolean().optional().describe('False: it is offered no more; a desk cannot be closed this way'),
  })
  .refine((change) => Object.keys(change).length > 0)
export type OrganisationChange = z.infer<typeof organisationChangeSchema>
