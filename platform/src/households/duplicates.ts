import { maskPhone } from '#access/mask.ts'
import { civilDay } from '#kernel/clock.ts'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { open } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { duplicateRules } from './duplicate-rules.ts'
import type {
  DuplicateDecision,
  DuplicatePair,
  DuplicateSide,
  DuplicatesQuery,
} from './duplicate-contract.ts'
import * as store from './duplicate-store.ts'
import type { SideLine, Twin } from './duplicate-store.ts'
import { entryById } from './edit-store.ts'
import type { Maker } from './edits.ts'
import { happened } from './life.ts'
import { lockHouseholds, takeOver } from './life-store.ts'
import type { Household } from './life-store.ts'
import { extentOf } from './register.ts'
import type { Reader } from './register.ts'

/** What was entered twice (HH13): found by rules that are data, decided by a person, and taken back by a further entry. */

/** Pairs that look alike by one rule, by place. */
export async function duplicates(
  trx: Trx,
  query: DuplicatesQuery,
  scope: Scope,
  reader: Reader,
): Promise<{ items: DuplicatePair[]; next: string | null }> {
  const rule =
    duplicateRules.find(({ name }) => name === query.rule) ?? refuse('input.invalid', { field: 'query.rule' })
  const found = await store.pairPage(trx, rule, extentOf(scope, query.path).paths, {
    day: civilDay(reader.now),
    after: query.after ? pairAt(query.after) : null,
    limit: query.limit,
  })
  const pairs = found.slice(0, query.limit)
  const last = pairs.at(-1)
  const sides = await store.sidesOf(trx, rule.of, [
    ...new Set(pairs.flatMap(({ one, other }) => [one, other])),
  ])
  const places = await placeOf(trx, [...new Set([...sides.values()].map(({ path }) => path))])
  const side = (id: string) => {
    const line = sides.get(id)
    return line && sideView(line, places.get(line.path) ?? '', reader)
  }
  return {
    items: pairs.flatMap(({ one: a, other: b }) => {
      const [one, other] = [side(a), side(b)]
      return one && other ? [{ kind: rule.of, one, other }] : []
    }),
    next:
      found.length > query.limit && last
        ? writeCursor({ key: `${last.path} ${last.other}`, id: last.one })
        : null,
  }
}

function pairAt(cursor: string): store.PairPosition {
  const { key, id } = readCursor(cursor, (text) => /^[\d/]+ [\da-f-]{36}$/.test(text))
  const [path = '', other = ''] = key.split(' ')
  return { path, one: id, other }
}

function sideView(line: SideLine, place: string, { keys }: Reader): DuplicateSide {
  const {
    id,
    household,
    dwelling,
    floor,
    number,
    name,
    relation,
    birthYear,
    phone,
    resident,
    hasIdentity,
    members,
    since,
  } = line
  return {
    id,
    household,
    place,
    dwelling: { id: dwelling, floor, number },
    // Whoever is asked whether two are one is told what they are called.
    name,
    relation,
    birthYear,
    phone: phone && resident ? maskPhone(open(keys, phone, `resident.phone:${resident}`)) : null,
    hasIdentity,
    members,
    since,
  }
}

export type Decided = { household: string | null; entry: string | null }

/** Takes a person's word on a pair. */
export async function decide(trx: Trx, decision: DuplicateDecision, maker: Maker): Promise<Decided> {
  const known = await entryById(trx, decision.id)
  if (known) return { household: known.household, entry: known.id }
  return decision.kind === 'resident'
    ? sameResident(trx, decision, maker)
    : sameHousehold(trx, decision, maker)
}

async function apart(
  trx: Trx,
  { kind, keep, other }: DuplicateDecision,
  path: string,
  { by, now }: Maker,
): Promise<Decided> {
  const [one = '', two = ''] = [keep, other].toSorted()
  await store.tellApart(trx, {
    kind,
    one,
    other: two,
    path,
    by: by ?? one,
    at: now.toString({ smallestUnit: 'millisecond' }),
  })
  return { household: null, entry: null }
}

/** The household that a resident or decision is about, still one of its own. */
function whole(households: ReadonlyMap<string, Household>, id: string): Household {
  const household = households.get(id) ?? refuse('record.not_found')
  return household.mergedInto === null ? household : refuse('household.merged')
}

async function sameResident(trx: Trx, decision: DuplicateDecision, maker: Maker): Promise<Decided> {
  const found = new Map(
    (await store.twins(trx, { ids: [decision.keep, decision.other] })).map((one) => [one.id, one]),
  )
  const keep = found.get(decision.keep) ?? refuse('record.not_found')
  const other = found.get(decision.other) ?? refuse('record.not_found')
  if (keep.mergedInto !== null || other.mergedInto !== null) refuse('household.merged')
  if (decision.decision === 'different') return apart(trx, decision, keep.path, maker)
  const households = await lockHouseholds(trx, [...new Set([keep.household, other.household])])
  const from = whole(households, other.household)
  const left = (await store.twins(trx, { households: [from.id] })).filter(
    (one) => one.id !== other.id && one.mergedInto === null && !one.gone,
  )
  // A household that was only this resident was entered twice as a whole.
  const into = left.length === 0 && from.id !== keep.household ? whole(households, keep.household).id : null
  return putTogether(
    trx,
    { id: decision.id, from, into, twins: [{ twin: other, into: keep }], moving: [] },
    maker,
  )
}

async function sameHousehold(trx: Trx, decision: DuplicateDecision, maker: Maker): Promise<Decided> {
  const households = await lockHouseholds(trx, [decision.keep, decision.other])
  const [keep, from] = [whole(households, decision.keep), whole(households, decision.other)]
  if (decision.decision === 'different') return apart(trx, decision, keep.path, maker)
  const members = (await store.twins(trx, { households: [keep.id, from.id] })).filter(
    (one) => one.mergedInto === null && !one.gone,
  )
  const known = members.filter(({ household }) => household === keep.id)
  const pairs = members
    .filter(({ household }) => household === from.id)
    .map((twin) => ({ twin, into: known.find((one) => isSame(one, twin)) }))
  const twins = pairs.flatMap(({ twin, into }) => (into ? [{ twin, into }] : []))
  const moving = pairs.flatMap(({ twin, into }) => (into ? [] : [twin]))
  return putTogether(trx, { id: decision.id, from, into: keep.id, twins, moving }, maker, keep)
}

/** Members of two entries of one household are the same person when they are called alike and no year speaks against it. */
function isSame(one: Twin, other: Twin): boolean {
  if (one.name !== other.name) return false
  return one.birthYear === null || other.birthYear === null || one.birthYear === other.birthYear
}

type Together = {
  id: string
  from: Household
  /** The household that `from` is read under from now on; null when it stays one of its own. */
  into: string | null
  twins: readonly { twin: Twin; into: Twin }[]
  moving: readonly Twin[]
}

/** Enters in the history of `from` what was put where, so that it can be taken back. */
async function putTogether(
  trx: Trx,
  { id, from, into, twins, moving }: Together,
  maker: Maker,
  keep?: Household,
): Promise<Decided> {
  const care = await store.putUnder(
    trx,
    twins.map(({ twin, into: kept }) => ({ id: twin.id, into: kept.id })),
  )
  const members = moving.map((one) => one.id)
  if (keep && members.length > 0)
    await takeOver(trx, members, { household: keep.id, path: keep.path, on: civilDay(maker.now), entry: id })
  const fields = {
    ...(into !== null && { mergedInto: { from: null, to: into } }),
    twins: { from: null, to: twins.map(({ twin, into: kept }) => [twin.id, kept.id]) },
    care: { from: null, to: care },
    ...(members.length > 0 && { members: { from: members, to: null } }),
  }
  const deviceAt = maker.now.toString({ smallestUnit: 'millisecond' })
  await happened(
    trx,
    { ...from, mergedInto: into },
    { id, kind: 'merge', deviceAt, fields, other: into },
    maker,
  )
  return { household: from.id, entry: id }
}
