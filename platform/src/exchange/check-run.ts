import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { areasBelow } from '#org/service.ts'
import { checkRow } from './check.ts'
import type { CellError, Checking, Said } from './check.ts'
import { indexesOf, stage } from './compare.ts'
import type { Indexes } from './compare.ts'
import { isSensitive } from './fields.ts'
import type { Field } from './fields.ts'
import { rowsOf } from './file.ts'
import * as store from './import-store.ts'
import type { Counts, ImportRecord } from './import-store.ts'
import { makePlaces } from './places.ts'
import type { SheetRow } from './read/source.ts'
import * as register from './register-store.ts'
import type { DoorKnown, StagedRow } from './register-store.ts'
import { masked } from './rules.ts'
import { seenKeys } from './seen.ts'
import { instantText, scopeOf } from './work.ts'
import type { Work } from './work.ts'

/**
 * The check of a register: each row by itself, then against the rows before it and against the register, some thousands at
 * a time; what is right is staged, what is wrong is named by cell. Begun again after a crash, it begins from the first row.
 */

const batchRows = 1_000

export async function check(work: Work, district: string, one: ImportRecord): Promise<void> {
  const { database, files, keys, now } = work
  const scope = scopeOf(district, one, now())
  const within = <T>(task: (trx: Trx) => Promise<T>) => database.within(scope, task)
  const places = await within(async (trx) => {
    await register.dropStaged(trx, one.id)
    await store.dropErrors(trx, one.id)
    return makePlaces(await areasBelow(trx, one.path))
  })
  const checking: Checking = {
    mapping: (one.mapping ?? []) as (Field | null)[],
    places,
    today: civilDay(now()),
  }
  const before = { numbers: seenKeys(), rows: seenKeys(), heads: seenKeys() }
  let done = 0
  let waiting: SheetRow[] = []
  const flush = async (): Promise<void> => {
    const rows = waiting
    waiting = []
    done += rows.length
    const { said, errors } = read(rows, checking)
    const shown = shownIn(rows, checking)
    const kept = alone(said, before, errors, shown)
    const indexes = kept.map((row) => indexesOf(keys, row))
    await within(async (trx) => {
      const staged = await compare(trx, { id: one.id, keys, checking, shown }, kept, indexes, errors)
      await register.stageRows(trx, one.id, staged)
      await store.addErrors(trx, one.id, one.path, errors)
      await store.patchImport(trx, one.id, { rows_done: done }, instantText(now()), false)
    })
  }
  for await (const rows of rowsOf(files, keys, one)) {
    for (const row of rows) {
      if (row.row <= (one.headerRow ?? 0) || row.cells.every((cell) => cell === '')) continue
      waiting.push(row)
      if (waiting.length >= batchRows) await flush()
    }
  }
  if (waiting.length > 0) await flush()
  await within((trx) =>
    finish(trx, one, { done, at: instantText(now()), door: checking.mapping.indexOf('door') }),
  )
}

function read(rows: readonly SheetRow[], checking: Checking): { said: Said[]; errors: CellError[] } {
  const said: Said[] = []
  const errors: CellError[] = []
  for (const row of rows) {
    const result = checkRow(row, checking)
    if ('said' in result) said.push(result.said)
    else errors.push(...result.errors)
  }
  return { said, errors }
}

type Before = Record<'numbers' | 'rows' | 'heads', ReturnType<typeof seenKeys>>

/** Where a field of a row stands and what stands there, masked where it must be. */
function shownIn(rows: readonly SheetRow[], { mapping }: Checking) {
  const byNumber = new Map(rows.map((row) => [row.row, row]))
  return (row: number, field: Field): { col: number; shown: string } => {
    const named = mapping.indexOf(field)
    const col = named < 0 ? mapping.indexOf('place') : named
    const text = (byNumber.get(row)?.cells[col] ?? '').slice(0, 60)
    return { col, shown: field === 'name' || isSensitive('households', field) ? masked(text) : text }
  }
}
type Shown = ReturnType<typeof shownIn>

/** Rows that no row before them says already, or contradicts. */
function alone(said: readonly Said[], before: Before, errors: CellError[], shown: Shown): Said[] {
  /** Whether the key is new; an error of the row when a row before had it. */
  const isFirst = (
    seen: Before['rows'],
    key: string,
    { row }: Said,
    field: Field,
    code: CellError['code'],
  ) => {
    const first = seen.first(key, row)
    if (first !== undefined) errors.push({ row, code, params: { row: first }, ...shown(row, field) })
    return first === undefined
  }
  return said.filter((row) => {
    const door = `${row.path}|${row.door}`
    return (
      (row.identity === null || isFirst(before.numbers, row.identity, row, 'identity', 'identity.twice')) &&
      isFirst(before.rows, `${door}|${row.name}|${row.identity ?? ''}`, row, 'name', 'row.twice') &&
      (row.relation !== 'head' || isFirst(before.heads, door, row, 'relation', 'relation.second_head'))
    )
  })
}

/** Holds rows against the register, in four questions however many they are. */
async function compare(
  trx: Trx,
  { id, keys, checking, shown }: { id: string; keys: Work['keys']; checking: Checking; shown: Shown },
  said: readonly Said[],
  indexes: readonly Indexes[],
  errors: CellError[],
): Promise<StagedRow[]> {
  const keyOf = ({ path, door }: { path: string; door: string }) => `${path}|${door}`
  const asked = new Map(said.map((row) => [keyOf(row), row]))
  const doors = new Map<string, DoorKnown>()
  for (const door of await register.doorsAt(trx, [...asked.values()], checking.today))
    doors.set(keyOf(door), door)
  const lived = [...doors.values()].flatMap(({ household }) => household ?? [])
  const members = Map.groupBy(await register.membersOf(trx, lived), ({ household }) => household)
  const identities = await register.identitiesKnown(
    trx,
    indexes.flatMap(({ identity }) => identity ?? []),
  )
  return said.flatMap((row, at) => {
    const door = doors.get(keyOf(row))
    const known = { door, members: members.get(door?.household ?? '') ?? [], identities }
    const result = stage(id, keys, row, indexes[at] ?? { phone: null, identity: null }, known)
    if ('staged' in result) return [result.staged]
    const { field, code, params } = result.refused
    errors.push({ row: row.row, code, params, ...shown(row.row, field) })
    return []
  })
}

/** What shows only when all rows are there, and the sum of it all. */
async function finish(
  trx: Trx,
  one: ImportRecord,
  { done, at, door }: { done: number; at: string; door: number },
): Promise<void> {
  const taken = await register.takenDoors(trx, one.id)
  await store.addErrors(
    trx,
    one.id,
    one.path,
    taken.map(({ row }) => ({ row, col: door, code: 'household.taken', params: {}, shown: '' })),
  )
  const { kinds, badRows } = await store.errorKinds(trx, one.id)
  const sums = await register.tally(trx, one.id)
  const counts: Counts = {
    households: { added: sums?.hAdded ?? 0, changed: sums?.hChanged ?? 0, same: sums?.hSame ?? 0 },
    residents: { added: sums?.rAdded ?? 0, changed: sums?.rChanged ?? 0, same: sums?.rSame ?? 0 },
    care: sums?.care ?? 0,
    badRows,
    remembered: one.counts.remembered ?? false,
  }
  const fault = done === 0 ? { code: 'no_rows', params: {} } : null
  await store.patchImport(
    trx,
    one.id,
    {
      state: fault ? 'failed' : 'checked',
      rows_done: done,
      rows_total: done,
      counts,
      error_kinds: kinds,
      fault,
    },
    at,
  )
}
