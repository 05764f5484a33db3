import { phoneIndex } from '#access/reporters.ts'
import { identityIndex } from '#households/stored.ts'
import { derivedId } from '#kernel/ids.ts'
import { seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import type { CellFault, Said } from './check.ts'
import type { Field } from './fields.ts'
import type { DoorKnown, MemberKnown, StagedRow } from './register-store.ts'

/** What a row would do to the register: a new household, a new member, changes of one who is known, or nothing. */

/** What an edit of a household says, by the names of `households/fields.ts`. */
export type EditFields = Record<string, unknown>

export type Refused = { field: Field; code: CellFault; params: Record<string, string | number> }

export type Known = {
  door: DoorKnown | undefined
  /** Who lives behind the door, as the register has it. */
  members: readonly MemberKnown[]
  /** Identity numbers of the batch that somebody in the district has. */
  identities: ReadonlySet<string>
}

export type Indexes = { phone: string | null; identity: string | null }

export const indexesOf = (keys: Keys, { phone, identity }: Said): Indexes => ({
  phone: phone === null ? null : phoneIndex(keys, phone),
  identity: identity === null ? null : identityIndex(keys, identity),
})

/** The member that a row is about: by identity number, else by name, and by year of birth where both tell one. */
function memberFor(
  said: Said,
  index: string | null,
  members: readonly MemberKnown[],
): MemberKnown | undefined {
  const byNumber = index === null ? undefined : members.find(({ identity }) => identity === index)
  return (
    byNumber ??
    members.find(
      ({ name, birthYear }) =>
        name === said.name && (birthYear === null || said.birthYear === null || birthYear === said.birthYear),
    )
  )
}

const careEntries = (
  importId: string,
  resident: string,
  care: NonNullable<Said['care']>,
  kinds: readonly string[],
) =>
  kinds.map((kind) => ({
    id: derivedId('import care', importId, resident, kind),
    kind,
    basis: care.basis,
    consentedAt: care.consentedAt,
    statute: care.statute,
    reviewOn: care.reviewOn,
  }))

/** The staged row, or why it cannot be. */
export function stage(
  importId: string,
  keys: Keys,
  said: Said,
  indexes: Indexes,
  known: Known,
): { staged: StagedRow } | { refused: Refused } {
  const { door } = known
  if (!door) return { refused: { field: 'door', code: 'place.unknown_door', params: { door: said.door } } }
  const isNew = door.household === null
  const household = door.household ?? derivedId('import household', importId, said.path, said.door)
  const member = isNew ? undefined : memberFor(said, indexes.identity, known.members)
  if (
    indexes.identity !== null &&
    known.identities.has(indexes.identity) &&
    member?.identity !== indexes.identity
  )
    return { refused: { field: 'identity', code: 'identity.elsewhere', params: {} } }
  if (member && indexes.identity !== null && member.identity !== null && member.identity !== indexes.identity)
    return { refused: { field: 'identity', code: 'identity.other', params: {} } }
  const resident = member?.id ?? derivedId('import resident', importId, String(said.row))
  const base: StagedRow = {
    row: said.row,
    path: said.path,
    dwelling: door.dwelling,
    household,
    isNew,
    resident,
    fate: 'add',
    movedIn: said.movedIn,
    name: null,
    relation: null,
    birthYear: null,
    phoneSealed: null,
    phoneIndex: null,
    identitySealed: null,
    identityIndex: null,
    awayKind: null,
    awayUntil: null,
    care: null,
    editSealed: null,
  }
  const kinds = (said.care?.kinds ?? []).filter((kind) => !member?.care.includes(kind))
  const care = said.care && kinds.length > 0 ? careEntries(importId, resident, said.care, kinds) : null
  if (isNew)
    return {
      staged: {
        ...base,
        name: said.name,
        relation: said.relation,
        birthYear: said.birthYear,
        phoneSealed: said.phone === null ? null : seal(keys, said.phone, `resident.phone:${resident}`),
        phoneIndex: indexes.phone,
        identitySealed:
          said.identity === null ? null : seal(keys, said.identity, `resident.identity:${resident}`),
        identityIndex: indexes.identity,
        awayKind: said.away?.kind ?? null,
        awayUntil: said.away?.until ?? null,
        care,
      },
    }
  const fields = editOf(resident, said, indexes, member)
  for (const one of care ?? []) {
    fields[`care.${one.id}.resident`] = resident
    fields[`care.${one.id}.kind`] = one.kind
    fields[`care.${one.id}.basis`] =
      one.basis === 'consent'
        ? { basis: 'consent', consentedAt: one.consentedAt }
        : { basis: 'statutory', statute: one.statute }
    fields[`care.${one.id}.reviewOn`] = one.reviewOn
  }
  const nothing = Object.keys(fields).length === 0
  return {
    staged: {
      ...base,
      fate: member ? (nothing ? 'same' : 'change') : 'add',
      care,
      editSealed: nothing ? null : seal(keys, JSON.stringify(fields), `import.edit:${importId}:${said.row}`),
    },
  }
}

/** What is new of somebody: everything, or what differs. An empty cell says nothing and leaves what is known. */
function editOf(resident: string, said: Said, indexes: Indexes, member: MemberKnown | undefined): EditFields {
  const fields: EditFields = {}
  const put = (name: string, value: unknown) => (fields[`resident.${resident}.${name}`] = value)
  if (said.name !== member?.name) put('name', said.name)
  if (said.relation !== member?.relation) put('relation', said.relation)
  if (said.birthYear !== null && said.birthYear !== member?.birthYear) put('birthYear', said.birthYear)
  if (said.phone !== null && indexes.phone !== member?.phone) put('phone', said.phone)
  if (said.identity !== null && indexes.identity !== member?.identity) put('identity', said.identity)
  if (said.away && (said.away.kind !== member?.awayKind || said.away.until !== member.awayUntil))
    put('away', said.away)
  if (!member && said.movedIn !== null) put('joinedOn', said.movedIn)
  return fields
}
