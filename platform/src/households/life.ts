import { maskName } from '#access/mask.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { shownValue } from './conflicts.ts'
import { takeOut } from './duplicate-store.ts'
import { addEntry, addRecord, entryById, isTaken } from './edit-store.ts'
import type { Maker } from './edits.ts'
import { residentFields } from './fields.ts'
import type { HistoryEntry, LifeEvent, MoveIn } from './life-contract.ts'
import * as store from './life-store.ts'
import type { Household, Stay } from './life-store.ts'
import type { Reader } from './register.ts'
import { columnsFor, storedValue } from './stored.ts'
import type { Stored } from './stored.ts'

/**
 * What happens to a household (HH12): it moves in, moves away, splits, comes together with another. Each is an entry; a
 * mistake is taken back by a further one, and who lived where on a day stays right.
 */

const text = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })

type Kind = 'move_in' | 'move_away' | 'split' | 'merge' | 'undo'
type Fields = Record<string, { from: unknown; to: unknown }>
type Happened = {
  id: string
  kind: Kind
  deviceAt: string
  fields: Fields
  other?: string | null
  undoes?: string | null
}

/** Enters what happened and counts the household on. The household carries its new dates already. */
export async function happened(
  trx: Trx,
  household: Household,
  what: Happened,
  { now, by }: Maker,
): Promise<void> {
  const base = household.version
  const version = what.kind === 'move_in' ? 1 : base + 1
  await addEntry(trx, {
    id: what.id,
    household: household.id,
    path: household.path,
    base: what.kind === 'move_in' ? 0 : base,
    version,
    kind: what.kind,
    fields: what.fields,
    other: what.other ?? null,
    undoes: what.undoes ?? null,
    by,
    at: text(now),
    deviceAt: text(Temporal.Instant.from(what.deviceAt)),
    fate: 'applied',
  })
  await store.setStay(trx, { ...household, version })
}

/** The id was entered before: once is enough, and nothing else may have it. @returns whether there is nothing to do. */
async function entered(trx: Trx, id: string, household: string, kind: Kind): Promise<boolean> {
  const known = await entryById(trx, id)
  if (known)
    return known.household === household && known.kind === kind
      ? true
      : refuse('id_taken', { field: 'body.id' })
  if (await isTaken(trx, [id])) refuse('id_taken', { field: 'body.id' })
  return false
}

async function ownDoor(trx: Trx, dwelling: string, field: string): Promise<string> {
  const door = await store.doorOf(trx, dwelling)
  if (!door?.reached) refuse('record.invalid_reference', { field })
  return door.path
}

/** A new household behind a door that stands empty, or beside the one that lives there. */
export async function moveIn(trx: Trx, move: MoveIn, maker: Maker): Promise<void> {
  if (await entered(trx, move.id, move.household, 'move_in')) return
  const path = await ownDoor(trx, move.dwelling, 'body.dwelling')
  if (!move.shared && (await store.livingAt(trx, move.dwelling, move.on)).length > 0)
    refuse('household.door_taken', { field: 'body.dwelling' })
  if (await isTaken(trx, [move.household, ...move.members.map(({ id }) => id)]))
    refuse('id_taken', { field: 'body.household' })
  await store.addHousehold(trx, { id: move.household, dwelling: move.dwelling, path, on: move.on })
  for (const { id, name, relation, birthYear, phone } of move.members) {
    const named = { owner: 'resident', id, name: 'phone', field: residentFields.phone } as const
    await addRecord(trx, 'resident', {
      id,
      household_id: move.household,
      path,
      name,
      relation,
      birth_year: birthYear,
      joined_on: move.on,
      ...columnsFor(named, storedValue(maker.keys, named, phone)),
    })
  }
  const household = (await store.lockHouseholds(trx, [move.household])).get(move.household)
  if (!household) throw new Error('a household that was just made is out of reach')
  const fields = {
    movedIn: { from: null, to: move.on },
    members: { from: null, to: move.members.map(({ id }) => id) },
  }
  await happened(trx, household, { id: move.id, kind: 'move_in', deviceAt: move.deviceAt, fields }, maker)
}

/** The household as it stands and may change: it lives somewhere, and was not entered twice. */
function living(
  households: ReadonlyMap<string, Household>,
  id: string,
  on: string,
  field: string,
): Household {
  const household = households.get(id) ?? refuse('record.not_found')
  if (household.mergedInto !== null) refuse('household.merged')
  if (household.movedOut !== null && household.movedOut <= on) refuse('household.moved_away')
  if (household.movedIn !== null && on < household.movedIn) refuse('input.invalid', { field })
  return household
}

/** Moves away, splits, or joins another household. */
export async function live(trx: Trx, id: string, event: LifeEvent, maker: Maker): Promise<void> {
  const others = event.kind === 'merge' ? [event.into] : []
  const households = await store.lockHouseholds(trx, [id, ...others])
  if (!households.has(id)) refuse('record.not_found')
  if (await entered(trx, event.id, id, event.kind)) return
  const household = living(households, id, event.on, 'body.on')
  if (event.kind === 'move_away') return moveAway(trx, household, event, maker)
  if (event.kind === 'split') return split(trx, household, event, maker)
  if (event.into === id) refuse('record.invalid_reference', { field: 'body.into' })
  const into = households.get(event.into) ?? refuse('record.invalid_reference', { field: 'body.into' })
  return join(trx, household, living(new Map([[into.id, into]]), into.id, event.on, 'body.on'), event, maker)
}

type Of<K extends LifeEvent['kind']> = Extract<LifeEvent, { kind: K }>

async function moveAway(
  trx: Trx,
  household: Household,
  { id, kind, on, deviceAt }: Of<'move_away'>,
  maker: Maker,
): Promise<void> {
  const fields = { movedOut: { from: household.movedOut, to: on } }
  await happened(trx, { ...household, movedOut: on }, { id, kind, deviceAt, fields }, maker)
}

async function split(trx: Trx, household: Household, event: Of<'split'>, maker: Maker): Promise<void> {
  const members = (await store.belonging(trx, household.id)).filter(({ gone }) => !gone)
  const going = members.filter(({ id }) => event.members.includes(id))
  if (going.length !== event.members.length || going.length === members.length)
    refuse('record.invalid_reference', { field: 'body.members' })
  const path = await ownDoor(trx, event.dwelling, 'body.dwelling')
  if (await isTaken(trx, [event.household])) refuse('id_taken', { field: 'body.household' })
  await store.addHousehold(trx, { id: event.household, dwelling: event.dwelling, path, on: event.on })
  const { id, kind, on, deviceAt } = event
  await store.takeOver(trx, event.members, { household: event.household, path, on, entry: id })
  const fields = { members: { from: event.members, to: null } }
  await happened(trx, household, { id, kind, deviceAt, fields, other: event.household }, maker)
  const made = (await store.lockHouseholds(trx, [event.household])).get(event.household)
  if (!made) throw new Error('a household that was just made is out of reach')
  await happened(
    trx,
    made,
    {
      id: derivedId('household_entry', id, 'other'),
      kind: 'move_in',
      deviceAt,
      fields: { movedIn: { from: null, to: on }, members: { from: null, to: event.members } },
      other: household.id,
    },
    maker,
  )
}

async function join(
  trx: Trx,
  household: Household,
  into: Household,
  { id, kind, on, deviceAt }: Of<'merge'>,
  maker: Maker,
): Promise<void> {
  const members = (await store.belonging(trx, household.id)).filter(({ gone }) => !gone).map((one) => one.id)
  await store.takeOver(trx, members, { household: into.id, path: into.path, on, entry: id })
  const left = { movedOut: { from: household.movedOut, to: on }, members: { from: members, to: null } }
  await happened(
    trx,
    { ...household, movedOut: on },
    { id, kind, deviceAt, fields: left, other: into.id },
    maker,
  )
  const came = { members: { from: null, to: members } }
  const other = { id: derivedId('household_entry', id, 'other'), kind, deviceAt, fields: came }
  await happened(trx, into, { ...other, other: household.id }, maker)
}

/**
 * Takes a move, split or merge back by a further entry (boundary 20), as long as what it did still stands. An edit is taken
 * back by entering what stood there before.
 */
export async function undo(
  trx: Trx,
  { household: id, entry, ...what }: { household: string; entry: string; id: string; deviceAt: string },
  maker: Maker,
): Promise<void> {
  const line = await entryLine(trx, id, entry)
  const households = await store.lockHouseholds(trx, [id, ...(line.other === null ? [] : [line.other])])
  const household = households.get(id) ?? refuse('record.not_found')
  if (await entered(trx, what.id, id, 'undo')) return
  // Read again behind the lock: two who take the same entry back are one after the other.
  const now = await entryLine(trx, id, entry)
  const other = line.other === null ? undefined : (households.get(line.other) ?? refuse('record.not_found'))
  if (now.undone) refuse('record.already_ended')
  const taken = (fields: Fields) => ({
    ...what,
    kind: 'undo' as const,
    fields,
    other: line.other,
    undoes: entry,
  })
  const otherEntry = {
    ...taken({}),
    id: derivedId('household_entry', what.id, 'other'),
    other: id,
    undoes: derivedId('household_entry', entry, 'other'),
  }
  if (line.fields['twins']) {
    await untangle(trx, line, household)
    await happened(trx, { ...household, mergedInto: null }, taken({}), maker)
  } else if (line.kind === 'move_away' || line.kind === 'merge') {
    const moved = line.fields['movedOut']
    if (!moved || household.movedOut !== moved.to) refuse('changed_meanwhile')
    if (line.kind === 'merge' && other) await comeBack(trx, line, household, other)
    const movedOut = typeof moved.from === 'string' ? moved.from : null
    await happened(
      trx,
      { ...household, movedOut },
      taken({ movedOut: { from: moved.to, to: movedOut } }),
      maker,
    )
    if (other) await happened(trx, other, otherEntry, maker)
  } else if (line.kind === 'split' && other) {
    await comeBack(trx, line, household, other)
    await happened(trx, household, taken({}), maker)
    await happened(trx, { ...other, movedOut: other.movedIn }, otherEntry, maker)
  } else if (line.kind === 'move_in' && line.other === null && household.movedOut === null) {
    // It never lived here: an empty span.
    const never = { movedOut: { from: null, to: household.movedIn } }
    await happened(trx, { ...household, movedOut: household.movedIn }, taken(never), maker)
  } else refuse('household.cannot_undo')
}

async function entryLine(trx: Trx, household: string, entry: string): Promise<store.EntryLine> {
  const line = (await store.entriesOf(trx, household)).find(({ id }) => id === entry)
  return line ?? refuse('record.not_found')
}

/** Who went comes back, when all of them are still where they went and nothing else happened to them there. */
async function comeBack(
  trx: Trx,
  line: store.EntryLine,
  household: Household,
  other: Household,
): Promise<void> {
  const went = line.fields['members']?.from
  const members = Array.isArray(went) ? went.map(String) : []
  const there = new Set((await store.belonging(trx, other.id)).map(({ id }) => id))
  if (other.movedOut !== null || members.some((id) => !there.has(id))) refuse('changed_meanwhile')
  // Of a split nobody else may have joined meanwhile: they would be left in a household that never was.
  if (line.kind === 'split' && there.size !== members.length) refuse('changed_meanwhile')
  const back = await store.giveBack(trx, line.id, { household: household.id, path: household.path })
  if (back.length !== members.length) refuse('changed_meanwhile')
}

/** Two that were taken for one (HH13) are two again, as long as the one they became is still there. */
async function untangle(trx: Trx, line: store.EntryLine, household: Household): Promise<void> {
  if ((household.mergedInto ?? null) !== (line.fields['mergedInto']?.to ?? null)) refuse('changed_meanwhile')
  const twins = twinsIn(line.fields['twins']?.to)
  const care = line.fields['care']?.to
  if (line.fields['members']) {
    const back = await store.giveBack(trx, line.id, { household: household.id, path: household.path })
    if (back.length === 0) refuse('changed_meanwhile')
  }
  await takeOut(trx, twins, Array.isArray(care) ? (care as { id: string; of: string }[]) : [])
}

const twinsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((pair) => (Array.isArray(pair) ? [String(pair[0])] : [])) : []

/** Everything that was entered about a household, newest first; phones masked, identity numbers not shown. */
export async function historyOf(
  trx: Trx,
  household: string,
  { keys, names }: Reader,
): Promise<HistoryEntry[]> {
  const lines = await store.entriesOf(trx, household)
  const people = await names(
    trx,
    lines.flatMap(({ by }) => by ?? []),
  )
  return lines.map(({ household: _, fields, by, ...line }) => ({
    ...line,
    by: by === null ? null : { id: by, name: people.get(by)?.name ?? '' },
    fields: Object.entries(fields).map(([name, { from, to }]) => ({
      name,
      from: shownValue(keys, name, from as Stored),
      to: shownValue(keys, name, to as Stored),
    })),
  }))
}

/** Who lived behind a door, the latest first, or on a day. */
export async function staysAt(trx: Trx, dwelling: string, day: string | null): Promise<Stay[]> {
  const stays = await store.staysAt(trx, dwelling, day)
  return stays.map((stay) => ({ ...stay, head: stay.head === null ? null : maskName(stay.head) }))
}
