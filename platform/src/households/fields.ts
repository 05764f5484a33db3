import { z } from 'zod'
import { careKinds } from './lists.ts'
import { isIdentity, spelledIdentity } from './identity.ts'

/**
 * The fields of a household that an entry may change, each under a name of its own: `note`, `resident.<id>.phone`,
 * `care.<id>.reviewOn`. Two edits of different names never stand against each other. Pure.
 */

export const relations = ['head', 'spouse', 'child', 'parent', 'grandparent', 'tenant', 'other'] as const
const awayKinds = ['study', 'work', 'elsewhere'] as const
const leftKinds = ['moved', 'died'] as const

const line = (most: number) => z.string().trim().min(1).max(most)
export const phoneSchema = z.string().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8})$/)
export const identitySchema = z.string().max(30).transform(spelledIdentity).refine(isIdentity)

/** What stands in a field: text, a number, nothing, or a few parts that belong together and change as one. */
export type Plain = string | number | null | { readonly [part: string]: string | null }

/** One field: the columns it is kept in, by its parts where it has any, and whether it is kept sealed. */
export type Field = {
  column: string | { readonly [column: string]: string }
  value: z.ZodType<Plain>
  sealed?: 'phone' | 'identity'
  /** Told when the record is made, and the same ever after. */
  once?: true
}

const householdFields = {
  note: { column: 'note', value: line(2000).nullable() },
} as const satisfies Record<string, Field>

export const leftSchema = z.strictObject({
  on: z.iso.date().describe('First day on which the resident no longer lives here'),
  kind: z.enum(leftKinds).describe('Moved away, or died'),
})
export const awaySchema = z.strictObject({
  kind: z.enum(awayKinds).describe('Why'),
  until: z.iso.date().nullable().default(null).describe('Until about when; null when nobody knows'),
})
/** Consent with its day, or a statute that is named (boundary 2). */
export const basisSchema = z.discriminatedUnion('basis', [
  z.strictObject({
    basis: z.literal('consent').describe('The resident agreed'),
    consentedAt: z.iso.date().describe('Day on which the resident agreed'),
  }),
  z.strictObject({
    basis: z.literal('statutory').describe('A statute says so'),
    statute: line(200).describe('Which statute, and where in it'),
  }),
])

export const residentFields = {
  name: { column: 'name', value: line(40) },
  relation: { column: 'relation', value: z.enum(relations) },
  birthYear: { column: 'birth_year', value: z.int().min(1900).max(2100).nullable() },
  phone: { column: 'phone', value: phoneSchema.nullable(), sealed: 'phone' },
  identity: { column: 'identity', value: identitySchema.nullable(), sealed: 'identity' },
  joinedOn: { column: 'joined_on', value: z.iso.date().nullable() },
  left: { column: { left_on: 'on', left_kind: 'kind' }, value: leftSchema.nullable() },
  away: { column: { away_kind: 'kind', away_until: 'until' }, value: awaySchema.nullable() },
} as const satisfies Record<string, Field>

export const careFields = {
  resident: { column: 'resident_id', value: z.uuid(), once: true },
  kind: { column: 'kind', value: z.enum(careKinds), once: true },
  basis: {
    column: { basis: 'basis', consented_at: 'consentedAt', statute: 'statute' },
    value: basisSchema,
  },
  reviewOn: { column: 'review_on', value: z.iso.date() },
  plan: { column: 'plan', value: line(1000).nullable() },
  helper: { column: 'helper_person_id', value: z.uuid().nullable() },
  endedOn: { column: 'ended_on', value: z.iso.date().nullable() },
} as const satisfies Record<string, Field>

export type Owner = 'household' | 'resident' | 'care'
export type Named = { owner: Owner; id: string | null; name: string; field: Field }

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** The field that a name stands for; undefined when there is none. */
export function fieldNamed(key: string): Named | undefined {
  const parts = key.split('.')
  const of = (fields: Record<string, Field>, name: string | undefined) =>
    name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
  if (parts.length === 1) {
    const field = of(householdFields, parts[0])
    return field && { owner: 'household', id: null, name: key, field }
  }
  const [owner, id, name] = parts
  if (parts.length !== 3 || id === undefined || name === undefined || !uuid.test(id)) return undefined
  const field =
    owner === 'resident' ? of(residentFields, name) : owner === 'care' ? of(careFields, name) : undefined
  return field && { owner: owner === 'resident' ? 'resident' : 'care', id, name, field }
}

/** The name of a field of a member or of a care entry. */
export const residentField = (id: string, name: keyof typeof residentFields) => `resident.${id}.${name}`
export const careField = (id: string, name: keyof typeof careFields) => `care.${id}.${name}`

/** What a new member needs, and a new care entry; without them nothing is made. */
const needed = {
  household: [],
  resident: ['name', 'relation'],
  care: ['resident', 'kind', 'basis', 'reviewOn'],
} as const satisfies Record<Owner, readonly string[]>

/** The name of a field without which a new record is not made; undefined when all are there. */
export function missingIn(owner: Owner, given: ReadonlySet<string>): string | undefined {
  return needed[owner].find((name) => !given.has(name))
}
