import { z } from 'zod'
import { roles } from '#access/permissions.ts'
import { areaPath, deskLevels } from '#org/contract.ts'

/** Contracts of those who serve here: persons, their posts, and who to turn to at a place. Work phones only. */

const line = (max: number) => z.string().trim().min(1).max(max)
const instant = (what: string) => z.iso.datetime().describe(what)
/** A mobile number, or a landline with its area code. */
const phone = z.string().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8})$/)
const login = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/)
export const roleSchema = z.enum(roles)

const namedSchema = z.object({ id: z.uuid().describe('Id'), name: z.string().describe('Name') })

export const postSchema = z.object({
  id: z.uuid().describe('Post'),
  role: roleSchema.describe('Role; gives the abilities'),
  organisation: namedSchema.describe('Organisation it belongs to'),
  path: areaPath.describe('Area it reaches'),
  place: z.string().describe('The area in plain words'),
  backup: namedSchema.nullable().describe('B of the A/B pair: who stands in'),
  from: instant('In force from'),
  until: instant('In force until').nullable().describe('In force until; null while open'),
  version: z.int().describe('Version of the post'),
})
export type PostView = z.infer<typeof postSchema>

export const personSchema = z.object({
  id: z.uuid().describe('Person'),
  name: z.string().describe('Name'),
  workPhone: z.string().nullable().describe('The phone of the contact card'),
  login: z.string().nullable().describe('Account name; null for someone who does not log in'),
  active: z.boolean().describe('False once the person no longer serves here'),
  posts: z.array(postSchema).describe('Posts held, ended ones last'),
  version: z.int().describe('Version, for If-Match'),
})
export type PersonView = z.infer<typeof personSchema>

export const peopleQuerySchema = z.object({
  q: line(40).optional().describe('Part of the name, or the account name'),
  organisation: z.uuid().optional().describe('Only those with a post there now'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export type PeopleQuery = z.infer<typeof peopleQuerySchema>

export const peopleSchema = z.object({
  items: z.array(personSchema).describe('One page, by name'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const newPersonSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one person'),
  name: line(40).describe('Name'),
  workPhone: phone.nullable().default(null).describe('Work phone; it stands on the contact card'),
  login: login.nullable().default(null).describe('Account name: letters, digits, dot, dash and underscore'),
})
export type NewPerson = z.infer<typeof newPersonSchema>

export const personChangeSchema = z
  .object({
    name: line(40).optional().describe('New name'),
    workPhone: phone.nullable().optional().describe('New work phone, or null for none'),
    login: login.nullable().optional().describe('New account name, or null for none'),
    active: z.boolean().optional().describe('False ends all posts now; true lets new ones be given'),
  })
  .refine((change) => Object.keys(change).length > 0)
export type PersonChange = z.infer<typeof personChangeSchema>

export const newPostSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one post'),
  person: z.uuid().describe('Who holds it'),
  organisation: z.uuid().describe('Organisation it belongs to'),
  role: roleSchema.describe('Role; a desk role needs the desk organisation of that level'),
  path: areaPath.describe('Area it reaches; within the area of the organisation'),
  backup: z.uuid().nullable().default(null).describe('Who stands in'),
  from: instant('In force from; now when left out').optional(),
  until: instant('In force until').nullable().default(null).describe('In force until; open when left out'),
})
export type NewPost = z.infer<typeof newPostSchema>

export const endPostSchema = z.object({
  at: instant('When it ends; now when left out, never in the past').optional(),
})

const cardSchema = z.object({
  name: z.string().describe('Name'),
  phone: z.string().nullable().describe('Work phone'),
  organisation: z.string().describe('Where the person works, as people say it; empty when not known'),
})
export type Card = z.infer<typeof cardSchema>

export const hereQuerySchema = z.object({
  path: areaPath.describe('The place: a unit for one stairwell, or anything above'),
})

export const hereSchema = z.object({
  path: areaPath.describe('The place asked about'),
  place: z.string().describe('The place in plain words'),
  community: z
    .object({ path: areaPath.describe('Path'), name: z.string().describe('Name') })
    .nullable()
    .describe('Community it lies in'),
  liaisons: z
    .array(
      cardSchema.extend({
        covers: z.array(z.string()).describe('Stairwells in the charge of the liaison, in plain words'),
        doors: z.int().describe('Doors behind these stairwells'),
        backup: cardSchema.nullable().describe('Who stands in when the liaison does not answer'),
      }),
    )
    .describe('Liaisons of the stairwell: one, or the two who share it'),
  gridWorker: cardSchema.nullable().describe('Grid worker'),
  buildingHead: cardSchema.nullable().describe('Head of the building'),
  desk: z
    .object({
      organisation: z.string().describe('Name of the desk'),
      level: z.enum(deskLevels).describe('Its level'),
      phone: z.string().nullable().describe('Telephone of the desk'),
      people: z.array(cardSchema).describe('Who serves there'),
    })
    .nullable()
    .describe('The desk that takes up what is said here'),
  propertyFirm: z
    .object({
      name: z.string().describe('Name'),
      phone: z.string().nullable().describe('Telephone'),
      people: z.array(cardSchema).describe('Who sees to this place'),
    })
    .nullable()
    .describe('Property firm'),
  onDuty: z
    .object({
      kind: z
        .enum(['rota', 'desk', 'grid_worker'])
        .describe(
          'By the rota of the desk; without one the desk in working hours, the grid worker outside them',
        ),
      name: z.string().describe('Who'),
      organisation: z.string().describe('Where the person works'),
      phone: z.string().nullable().describe('Work phone'),
      dutyPhone: z
        .string()
        .nullable()
        .describe('The number that is answered whoever is on duty; null where there is none'),
      until: instant('When the turn ends'),
      then: cardSchema.nullable().describe('Who follows'),
    })
    .nullable()
    .describe('Who answers now'),
})
export type Here = z.infer<typeof hereSchema>
