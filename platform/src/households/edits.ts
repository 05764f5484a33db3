import type { Actor } from '#access/actor.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import type { ProblemCode } from '#kernel/problem.ts'
import * as store from './edit-store.ts'
import type { Columns, Entry, Standing, Table } from './edit-store.ts'
import { fieldNamed, missingIn } from './fields.ts'
import type { Named, Plain } from './fields.ts'
import { fateOf, settle } from './rules.ts'
import type { Fate } from './rules.ts'
import { columnsFor, sameStored, storedValue, valueIn } from './stored.ts'
import type { Stored } from './stored.ts'

/**
 * What somebody entered about a household comes together with what others entered meanwhile (HH6, docs/adr/0024): edits of
 * different fields merge, words about the same field stand against each other until somebody chooses, nothing is dropped.
 */

export type HouseholdEdit = {
  /** Made by whoever entered it; the same id is one entry. */
  id: string
  household: string
  kind: 'edit' | 'choose' | 'import'
  /** The version that was seen. */
  base: number
  deviceAt: string
  fields: Readonly<Record<string, unknown>>
}

export type Maker = { keys: Keys; now: Temporal.Instant; by: string | null }

/** Who enters something: staff by name, the product itself by none. */
export const makerOf = (call: { actor: Actor; now: Temporal.Instant }, keys: Keys): Maker => ({
  keys,
  now: call.now,
  by: call.actor.kind === 'staff' ? call.actor.id : null,
})

export type EditResult =
  | { fate: Fate; household: string; version: number; contested: string[] }
  | { fate: 'refused'; problem: { code: ProblemCode; field?: string } }

type Said = Named & { key: string; value: Plain }

const text = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })
const refused = (code: ProblemCode, field?: string): EditResult => ({
  fate: 'refused',
  problem: { code, ...(field !== undefined && { field }) },
})

/** Takes an entry in. It never throws for what is wrong with the entry: that comes back, to be mended (VR, targets.md). */
export async function applyEdit(trx: Trx, edit: HouseholdEdit, maker: Maker): Promise<EditResult> {
  const household = await store.lockHousehold(trx, edit.household)
  if (!household) return refused('record.not_found')
  const known = await store.entryById(trx, edit.id)
  if (known) return again(trx, known, household)
  if (household.merged) return refused('household.merged')
  if (edit.base > household.version) return refused('input.invalid', 'base')
  const said = read(edit.fields)
  if (!Array.isArray(said)) return said
  const records = await recordsOf(trx, household)
  const wrong = await check(trx, edit.id, said, records)
  if (wrong) return wrong
  return enter(trx, edit, maker, { household, said, records })
}

/** The same id again: what became of it, as it stands now. */
async function again(trx: Trx, known: Entry, household: Standing): Promise<EditResult> {
  if (known.household !== household.id) return refused('id_taken', 'id')
  const open = new Set(await store.openFields(trx, household.id))
  const contested = Object.keys(known.fields).filter((key) => open.has(key))
  return { fate: known.fate, household: household.id, version: household.version, contested }
}

/** The fields that were named, each with its value checked. */
function read(fields: HouseholdEdit['fields']): Said[] | EditResult {
  const said: Said[] = []
  for (const [key, value] of Object.entries(fields)) {
    const named = fieldNamed(key)
    const parsed = named?.field.value.safeParse(value)
    if (!named || !parsed?.success) return refused('input.invalid', `fields.${key}`)
    said.push({ ...named, key, value: parsed.data })
  }
  return said.length > 0 ? said : refused('input.invalid', 'fields')
}

/** What the household consists of, by `owner id`. */
type Records = Map<string, Columns>
const keyOf = (owner: string, id: string | null) => `${owner} ${id ?? ''}`

async function recordsOf(trx: Trx, household: Standing): Promise<Records> {
  const members = await store.membersOf(trx, household.id)
  const care = await store.careOf(trx, household.id)
  return new Map([
    [keyOf('household', null), { id: household.id, note: household.note }],
    ...members.map((one) => [keyOf('resident', String(one['id'])), one] as const),
    ...care.map((one) => [keyOf('care', String(one['id'])), one] as const),
  ])
}

/** New records are whole, what is told once stays, and whoever is named is there. */
async function check(
  trx: Trx,
  id: string,
  said: readonly Said[],
  records: Records,
): Promise<EditResult | undefined> {
  const byRecord = Map.groupBy(said, ({ owner, id }) => keyOf(owner, id))
  const isNew = ({ owner, id }: Said) => !records.has(keyOf(owner, id))
  for (const fields of byRecord.values()) {
    const [first] = fields
    if (!first || !isNew(first)) continue
    const missing = missingIn(first.owner, new Set(fields.map(({ name }) => name)))
    if (missing) return refused('input.invalid', `fields.${first.owner}.${first.id ?? ''}.${missing}`)
  }
  const made = said.flatMap((one) => (isNew(one) && one.id !== null ? [one.id] : []))
  if (await store.isTaken(trx, [id, ...made])) return refused('id_taken', 'id')
  for (const one of said) {
    if (one.field.once && !isNew(one)) return refused('input.invalid', `fields.${one.key}`)
    if (one.owner !== 'care' || typeof one.value !== 'string') continue
    const there =
      one.name === 'resident'
        ? records.has(keyOf('resident', one.value)) || byRecord.has(keyOf('resident', one.value))
        : one.name !== 'helper' || (await store.serves(trx, one.value))
    if (!there) return refused('record.invalid_reference', `fields.${one.key}`)
  }
  return undefined
}

async function enter(
  trx: Trx,
  edit: HouseholdEdit,
  { keys, now, by }: Maker,
  { household, said, records }: { household: Standing; said: readonly Said[]; records: Records },
): Promise<EditResult> {
  const version = household.version + 1
  const stored = new Map(said.map((one) => [one.key, storedValue(keys, one, one.value)]))
  const entry: Entry = {
    id: edit.id,
    household: household.id,
    version,
    base: edit.base,
    kind: edit.kind,
    by,
    at: text(now),
    deviceAt: text(Temporal.Instant.from(edit.deviceAt)),
    fate: 'applied',
    fields: Object.fromEntries(
      said.map((one) => {
        const record = records.get(keyOf(one.owner, one.id))
        return [one.key, { from: record ? valueIn(one, record) : null, to: stored.get(one.key) }]
      }),
    ),
  }
  const before = await store.entriesAbout(trx, household.id, [...stored.keys()])
  const settled = said.map((one) => ({ ...one, ...settledIn([...before, entry], one.key) }))
  const contested = settled.filter((one) => one.contested.length > 0)
  entry.fate = fateOf({ base: edit.base, before: household.version }, contested.length > 0)
  await store.addEntry(trx, { ...entry, path: household.path })
  await write(trx, household, settled, records)
  // Whoever needs care now is visited from now on, not from the night on (VR1).
  if (settled.some(({ owner }) => owner === 'care'))
    await enqueue(trx, 'visitsAt', { household: household.id })
  for (const { key, contested: entries } of contested)
    await store.openConflict(trx, {
      id: derivedId('household_conflict', household.id, key, String(version)),
      household: household.id,
      path: household.path,
      field: key,
      entries,
      at: entry.at,
    })
  const agreed = settled.filter((one) => one.contested.length === 0).map(({ key }) => key)
  await store.resolveConflicts(trx, household.id, agreed, { entry: entry.id, at: entry.at })
  await store.setVersion(trx, household.id, version)
  return { fate: entry.fate, household: household.id, version, contested: contested.map(({ key }) => key) }
}

/** What a field holds after all that was said about it. */
function settledIn(entries: readonly Entry[], key: string) {
  const words = entries.flatMap((one) => {
    const said = one.fields[key]
    if (!said) return []
    const { id, version, base, by, deviceAt } = one
    return [{ entry: id, version, base, by: by ?? '', deviceAt, value: said.to as Stored }]
  })
  const { value, contested } = settle(words, sameStored)
  return { stored: value, contested }
}

/** Writes what was settled, a record at a time; members before the care that names them. */
async function write(
  trx: Trx,
  household: Standing,
  settled: readonly (Said & { stored: Stored })[],
  records: Records,
): Promise<void> {
  const order: readonly Table[] = ['household', 'resident', 'care']
  const byRecord = Map.groupBy(settled, ({ owner, id }) => keyOf(owner, id))
  for (const table of order) {
    for (const [key, fields] of byRecord) {
      const [first] = fields
      if (first?.owner !== table) continue
      const columns: Columns = Object.assign({}, ...fields.map((one) => columnsFor(one, one.stored)))
      const id = first.id ?? household.id
      if (records.has(key)) await store.writeColumns(trx, table, id, columns, table !== 'household')
      else
        await store.addRecord(trx, table, {
          id,
          household_id: household.id,
          path: household.path,
          ...columns,
        })
    }
  }
}
