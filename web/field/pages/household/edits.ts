import type { HouseholdItem } from '#web/api/field.ts'
import { newId } from '#web/api/ids.ts'
import type { Household } from '../../kept/overlay.ts'
import { valueOf } from '../../kept/overlay.ts'

/** A household while it is being corrected: every field as text, and what of it was changed. */

export type MemberDraft = {
  id: string
  isNew: boolean
  name: string
  relation: string
  birthYear: string
  phone: string
  /** '' at home; study, work or elsewhere */
  away: string
  awayUntil: string
  left: '' | 'moved' | 'died'
}
export type EditDraft = { note: string; members: MemberDraft[] }

function memberDraft(member: HouseholdItem['members'][number]): MemberDraft {
  const { id, name, relation, birthYear, phone, away } = member
  return {
    id,
    isNew: false,
    name,
    relation,
    birthYear: birthYear === null ? '' : String(birthYear),
    phone: phone ?? '',
    away: away?.kind ?? '',
    awayUntil: away?.until ?? '',
    left: '',
  }
}

export function draftOf(household: Household): EditDraft {
  return { note: household.note ?? '', members: household.members.map(memberDraft) }
}

export function newMember(): MemberDraft {
  return {
    id: newId(),
    isNew: true,
    name: '',
    relation: 'other',
    birthYear: '',
    phone: '',
    away: '',
    awayUntil: '',
    left: '',
  }
}

/** The wrong fields of a member, each with the key of its message. */
export function wrongIn(member: MemberDraft): Partial<Record<'name' | 'phone' | 'birthYear', string>> {
  const year = Number(member.birthYear)
  return {
    ...(!member.name.trim() && { name: 'edit.wrong.name' }),
    ...(member.phone &&
      !/^(1\d{10}|0\d{2,3}-?\d{7,8})$/.test(member.phone.trim()) && { phone: 'edit.wrong.phone' }),
    ...(member.birthYear && !(year >= 1900 && year <= 2100) && { birthYear: 'edit.wrong.year' }),
  }
}

function valuesOf(member: MemberDraft, today: string): Record<string, unknown> {
  const base = `resident.${member.id}.`
  return {
    [`${base}name`]: member.name.trim(),
    [`${base}relation`]: member.relation,
    [`${base}birthYear`]: member.birthYear ? Number(member.birthYear) : null,
    [`${base}phone`]: member.phone.trim() || null,
    [`${base}away`]: member.away ? { kind: member.away, until: member.awayUntil || null } : null,
    ...(member.left && { [`${base}left`]: { on: today, kind: member.left } }),
  }
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** Only what was changed: two people who change different things do not get into one another's way. */
export function changedFields(
  household: Household,
  draft: EditDraft,
  today: string,
): Record<string, unknown> {
  const all: Record<string, unknown> = {
    note: draft.note.trim() || null,
    ...Object.assign({}, ...draft.members.map((member) => valuesOf(member, today))),
  }
  return Object.fromEntries(
    Object.entries(all).filter(([path, value]) => !same(value, valueOf(household, path))),
  )
}
