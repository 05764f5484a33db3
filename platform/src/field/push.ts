import { sql } from 'kysely'
import type { Call } from '#access/route.ts'
import { ownHouseholds, rememberOwn } from '#households/own.ts'
import { sqlState } from '#kernel/db.ts'
import { Refusal } from '#kernel/problem.ts'
import type { ProblemCode } from '#kernel/problem.ts'
import type { FieldEntry, Push, Pushed, Result } from './contract.ts'
import { deviceOf, holderOf } from './devices.ts'
import { seen } from './device-store.ts'
import * as store from './entry-store.ts'
import type { NewEntry, StoredEntry } from './entry-store.ts'
import { everHeld } from './feed-store.ts'
import { attachLate, expectFiles } from './file-store.ts'
import { deeds, filesIn, visitedRound } from './deeds.ts'
import type { FieldDeps, Standing } from './deeds.ts'
import { householdsIn, understand } from './understood.ts'
import { tellEntered, tellRead } from './ledger.ts'
import { problemOf, resultsOf } from './results.ts'
import { inRounds } from './rounds.ts'
import { madeAt } from './rules.ts'
import { digestIn, sealWords } from './words.ts'

/** Takes in what a phone sends: each entry once, each by itself (FD6, FD7). */

const text = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })
const milliseconds = (at: string) => Temporal.Instant.from(at).epochMilliseconds
const instant = (at: number) => text(Temporal.Instant.fromEpochMilliseconds(at))

/** What is known of the sender before the first entry is looked at. */
type Batch = {
  call: Call
  person: string
  device: string
  offset: number
  standing: Standing
  deps: FieldDeps
}

export async function push(call: Call, body: Push, deps: FieldDeps): Promise<Pushed> {
  const { trx, now } = call
  const { person } = holderOf(call)
  // Held, so that the same batch sent again while the first is still at work waits for its answer.
  const device = await deviceOf(call, body.device, true)
  const offset = milliseconds(body.now) - now.epochMilliseconds
  await seen(trx, device.id, text(now))
  const known = await store.known(
    trx,
    person,
    body.entries.map(({ id }) => id),
  )
  await rememberOwn(trx)
  const standing: Standing = {
    open: device.standing === 'open',
    own: new Map((await ownHouseholds(trx)).map((one) => [one.id, one.path])),
    held: await everHeld(trx, person, body.entries.flatMap(householdsIn)),
  }
  const batch: Batch = { call, person, device: device.id, offset, standing, deps }
  const unkept = new Map<FieldEntry, Result>()
  const fresh: StoredEntry[] = []
  for (const round of inRounds(body.entries, standing)) {
    const entries = round.filter((entry) => !known.has(entry.id))
    const stored = await takeRound(batch, entries)
    for (const entry of round) {
      const one = known.get(entry.id) ?? stored.get(entry.id)
      if (one?.digest !== digestIn(deps.keys, entry)) unkept.set(entry, taken(batch, entry))
      if (!one || known.has(entry.id)) continue
      known.set(entry.id, one)
      fresh.push(one)
      if (entry.mends) await store.mend(trx, person, entry.mends, entry.id)
    }
  }
  await attachLate(trx, person)
  const results = new Map(
    (await resultsOf(trx, [...known.values()], call.language)).map((result) => [result.id, result]),
  )
  await tellEntered(
    call,
    fresh.flatMap(({ id, household, path, kind, fate }) =>
      household ? [{ household, path, kind, fate, entry: id }] : [],
    ),
  )
  return {
    results: body.entries.flatMap((entry) => unkept.get(entry) ?? results.get(entry.id) ?? []),
    now: text(now),
    offset,
  }
}

/** An entry as it will be kept. */
function draft({ person, device, offset, call }: Batch, entry: FieldEntry, deps: FieldDeps): NewEntry {
  const deviceAt = milliseconds(entry.deviceAt)
  const [household = null] = householdsIn(entry)
  return {
    id: entry.id,
    person,
    device,
    kind: entry.kind,
    household: entry.kind === 'reads' ? null : household,
    path: null,
    base: entry.base ?? null,
    deviceAt: instant(deviceAt),
    madeAt: instant(madeAt(deviceAt, offset, call.now.epochMilliseconds)),
    receivedAt: text(call.now),
    fate: 'applied',
    problem: null,
    contested: [],
    requests: [],
    digest: digestIn(deps.keys, entry),
    data: null,
  }
}

/** Takes in entries one after another, a round of visits at once where that can be. By id; an id that is somebody else's has nothing. */
async function takeRound(batch: Batch, entries: readonly FieldEntry[]): Promise<Map<string, StoredEntry>> {
  const { trx } = batch.call
  if (entries.length > 1) {
    await sql`savepoint entry`.execute(trx)
    const together = await visitsTogether(batch, entries)
    if (!together) await sql`rollback to savepoint entry`.execute(trx)
    await sql`release savepoint entry`.execute(trx)
    if (together) return together
  }
  const stored = new Map<string, StoredEntry>()
  for (const entry of entries) {
    const one = await takeIn(batch, entry)
    if (one) stored.set(entry.id, one)
  }
  return stored
}

/** Enters a round of visits, or nothing of it where something is wrong with one of them: then each has a fate of its own. */
async function visitsTogether(
  batch: Batch,
  entries: readonly FieldEntry[],
): Promise<Map<string, StoredEntry> | undefined> {
  const { call, deps, standing } = batch
  try {
    const drafts = entries.map((entry) => draft(batch, entry, deps))
    const visits = entries.flatMap((entry, nth) => {
      const understood = understand(entry, call.language)
      const one = { id: entry.id, base: entry.base, madeAt: drafts[nth]!.madeAt }
      return understood.kind === 'visit' ? [{ ...understood, ...one }] : []
    })
    const done = await visitedRound(call, deps, visits, standing)
    const list = drafts.map((one, nth) => ({ ...one, path: done[nth]?.path ?? null }))
    const seqs = await store.add(call.trx, list)
    if (seqs.size < list.length) return undefined
    return new Map(list.map((one) => [one.id, kept(one, seqs.get(one.id)!)]))
  } catch (error) {
    if (!problemIn(error)) throw error
    return undefined
  }
}

/** Does what an entry says, or notes why not. Undefined: its id is somebody else's. */
async function takeIn(batch: Batch, entry: FieldEntry): Promise<StoredEntry | undefined> {
  const { call, deps } = batch
  const { trx } = call
  const one = draft(batch, entry, deps)
  await sql`savepoint entry`.execute(trx)
  try {
    const understood = understand(entry, call.language)
    const entered = { ...understood, id: entry.id, base: entry.base, madeAt: one.madeAt }
    const deed = await deeds(call, deps, entered, batch.standing)
    const done: NewEntry = {
      ...one,
      path: deed.path,
      fate: deed.fate,
      contested: deed.contested ?? [],
      requests: deed.requests ?? [],
      data: deed.fate === 'left_over' ? sealWords(deps.keys, entry) : null,
    }
    const seq = (await store.add(trx, [done])).get(entry.id)
    if (seq === undefined) {
      await sql`rollback to savepoint entry`.execute(trx)
      return undefined
    }
    await expectFiles(trx, batch.person, filesIn(entered), one.receivedAt)
    // By the server's clock, whatever the phone's showed.
    const readAt = (at: string) => instant(madeAt(milliseconds(at), batch.offset, call.now.epochMilliseconds))
    await tellRead(
      call,
      (deed.reads ?? []).map((read) => ({ ...read, at: readAt(read.at) })),
    )
    return kept(done, seq)
  } catch (error) {
    const problem = problemIn(error)
    if (!problem) throw error
    await sql`rollback to savepoint entry`.execute(trx)
    const no: NewEntry = { ...one, problem, fate: 'refused', data: sealWords(deps.keys, entry) }
    const seq = (await store.add(trx, [no])).get(entry.id)
    return seq === undefined ? undefined : kept(no, seq)
  } finally {
    await sql`release savepoint entry`.execute(trx).catch(() => {})
  }
}

const kept = (entry: NewEntry, seq: number): StoredEntry => ({
  ...entry,
  seq,
  mendedBy: null,
  decision: null,
})

/**
 * What is wrong with the entry itself. Anything else (the database is away, two transactions in each other's way) is not
 * the entry's fault: the whole batch fails and is sent again.
 */
function problemIn(error: unknown): StoredEntry['problem'] {
  if (error instanceof Refusal) return { code: error.code, details: inEntry(error.details) }
  const state = sqlState(error) ?? ''
  // A value that no column takes, or a row that contradicts another: named without its values.
  if (/^2[23]/.test(state))
    return { code: 'input.invalid' satisfies ProblemCode, details: { field: 'data', params: { count: 1 } } }
  return null
}

/** Names fields from the entry on, wherever the use case says they are. */
function inEntry(details: Refusal['details']): Refusal['details'] {
  const { field, errors: _, ...rest } = details
  return field === undefined
    ? rest
    : { ...rest, field: field.replace(/^(body|data)\.?/, 'data.').replace(/\.$/, '') }
}

/** FD6: the same id with other words, or somebody else's. Nothing is kept of it. */
function taken({ call, offset }: Batch, entry: FieldEntry): Result {
  const deviceAt = milliseconds(entry.deviceAt)
  return {
    id: entry.id,
    kind: entry.kind,
    seq: 0,
    fate: 'refused',
    household: null,
    deviceAt: instant(deviceAt),
    madeAt: instant(madeAt(deviceAt, offset, call.now.epochMilliseconds)),
    receivedAt: text(call.now),
    problem: problemOf({ code: 'id_taken', details: { field: 'id' } }, call.language),
    contested: [],
    requests: [],
    files: [],
    mendedBy: null,
  }
}
