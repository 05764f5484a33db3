import type { Call } from '#access/route.ts'
import { applyEdit } from '#households/edits.ts'
import { wordsChosen } from '#households/conflicts.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { Refusal, refuse } from '#kernel/problem.ts'
import { setAbsence } from '#people/absences.ts'
import { submit } from '#requests/submission.ts'
import { visitSchema } from '#visits/contract.ts'
import type { VisitInput } from '#visits/contract.ts'
import { excuseTask, keepPromise, putOffPromise } from '#visits/phone.ts'
import { recordVisit, recordVisits } from '#visits/record.ts'
import type { VisitDeps } from '#visits/record.ts'
import type { EntryOf } from './entries.ts'
import type { NamedFile } from './file-store.ts'
import { isOfOffer, offerDone } from './offers.ts'
import type { FieldOffers } from './offers.ts'
import type { Deed, Entered } from './understood.ts'

/** What each kind of entry does (FD9). Nothing here is done twice: every id was made by the phone. */

export type FieldDeps = { keys: Keys; visits: VisitDeps; offers: FieldOffers }

/** What the sender may reach: the own doors now, and what a phone of theirs ever held; each with its path. */
export type Standing = {
  open: boolean
  own: ReadonlyMap<string, string>
  held: ReadonlyMap<string, string>
}

const personOf = ({ actor }: Call) => (actor.kind === 'staff' ? actor.id : refuse('access.not_allowed'))

/** Does what an entry says; of what is no longer one's own nothing is done, and nothing lost (FD10). */
export async function deeds(call: Call, deps: FieldDeps, entry: Entered, standing: Standing): Promise<Deed> {
  if (entry.kind === 'reads') return { fate: 'applied', path: null, reads: readIn(entry.data, standing) }
  if (entry.kind === 'absence') {
    if (!standing.open) refuse('field.withdrawn')
    const { absence: id, ...one } = entry.data
    await setAbsence(call.trx, personOf(call), { id, ...one })
    return { fate: 'applied', path: null }
  }
  // An offer is of nobody's door: it is the person's own as long as it is put before them.
  if (isOfOffer(entry)) return offerDone(call, deps.offers, entry, standing.open)
  const household = entry.data.household ?? null
  const place = household === null && 'path' in entry.data ? entry.data.path : null
  const own = household === null ? place : (standing.own.get(household) ?? null)
  if (standing.open && own !== null) return doneAt(call, deps, entry, own)
  const path = household === null ? place : (standing.own.get(household) ?? standing.held.get(household))
  // VR4: a visit made while the duty was still one's own is a visit, whenever it arrives.
  if (standing.open && entry.kind === 'visit' && path) {
    const kept = await visited(call, deps, entry, path).catch(ifNotYours)
    if (kept) return kept
  }
  return path ? { fate: 'left_over', path } : refuse('field.not_yours', { field: 'data.household' })
}

function ifNotYours(error: unknown): null {
  if (error instanceof Refusal && error.code === 'visit.not_your_door') return null
  throw error
}

/** Households that were opened offline and had been given to the phone. */
function readIn({ reads }: EntryOf<'reads'>, { own, held }: Standing): NonNullable<Deed['reads']> {
  return reads.flatMap(({ household, at }) => {
    const path = own.get(household) ?? held.get(household)
    return path === undefined ? [] : [{ household, path, at }]
  })
}

async function doneAt(
  call: Call,
  deps: FieldDeps,
  entry: Exclude<Entered, { kind: 'reads' | 'absence' | 'offer.answer' | 'offer.give_back' | 'offer.done' }>,
  path: string,
): Promise<Deed> {
  switch (entry.kind) {
    case 'household.edit':
      return edited(call, deps, { ...entry, kind: 'edit', fields: entry.data.fields }, path)
    case 'conflict.choose': {
      const { household, fields = {}, entries = {} } = entry.data
      const words = await wordsChosen(call.trx, deps.keys, household, entries)
      return edited(call, deps, { ...entry, kind: 'choose', fields: { ...fields, ...words } }, path)
    }
    case 'request.submit':
      return said(call, deps, entry.data)
    case 'visit':
      return visited(call, deps, entry, path)
    case 'promise.keep':
      await keepPromise(call, entry.data)
      return { fate: 'applied', path }
    case 'promise.put_off':
      await putOffPromise(call, { ...entry.data, id: derivedId('promise', entry.id) })
      return { fate: 'applied', path }
    case 'task.excuse':
      await excuseTask(call, { ...entry.data, id: entry.id })
      return { fate: 'applied', path }
  }
}

type EditEntry = Pick<Entered, 'id' | 'base' | 'madeAt'> & {
  kind: 'edit' | 'choose'
  data: { household: string }
  fields: Record<string, unknown>
}

/** Edits merge field by field, in whatever order they arrive (HH6). */
async function edited(call: Call, { keys }: FieldDeps, entry: EditEntry, path: string): Promise<Deed> {
  if (entry.base === undefined)
    refuse('input.invalid', { field: 'base', expected: '0, 1, 2 ...', params: { count: 1 } })
  const result = await applyEdit(
    call.trx,
    {
      id: entry.id,
      household: entry.data.household,
      kind: entry.kind,
      base: entry.base,
      deviceAt: entry.madeAt,
      fields: entry.fields,
    },
    { keys, now: call.now, by: personOf(call) },
  )
  if (result.fate === 'refused') {
    const { code, field } = result.problem
    const at = field === 'base' || field === 'id' ? field : `data.${field ?? ''}`
    return refuse(code, field === undefined ? { params: { count: 1 } } : { field: at, params: { count: 1 } })
  }
  return { fate: result.fate, path, contested: result.contested }
}

/** Something to be taken up becomes a service request, in the words that were said. */
async function said(call: Call, { keys }: FieldDeps, data: EntryOf<'request.submit'>): Promise<Deed> {
  const { id, words, category } = data.need
  await submit(
    call,
    {
      id,
      words,
      ...(category && { category }),
      path: data.path,
      place: data.place,
      channel: 'visit',
      attachments: [],
    },
    { keys },
  )
  return { fate: 'applied', path: data.path, requests: [id] }
}

type EnteredVisit = Extract<Entered, { kind: 'visit' }>

/** One session at one door; what the household needs becomes requests in the same step (L5). */
async function visited(call: Call, { visits }: FieldDeps, entry: EnteredVisit, path: string): Promise<Deed> {
  const recorded = await recordVisit(call, visitOf(entry), visits)
  return { fate: 'applied', path, requests: recorded.requests.map((request) => request.id) }
}

/** A round of sessions at own doors, each another one, all or nothing. */
export async function visitedRound(
  call: Call,
  { visits }: FieldDeps,
  entries: readonly EnteredVisit[],
  { own }: Standing,
): Promise<Deed[]> {
  const recorded = await recordVisits(call, entries.map(visitOf), visits)
  return entries.map(({ data }, nth) => ({
    fate: 'applied',
    path: own.get(data.household) ?? null,
    requests: (recorded[nth]?.requests ?? []).map((request) => request.id),
  }))
}

function visitOf({ id, madeAt, data }: EnteredVisit): VisitInput {
  const { needs, promise, files: _, ...rest } = data
  return visitSchema.parse({
    ...rest,
    id,
    deviceAt: madeAt,
    needs: needs.map((need) => ({
      id: need.id,
      words: need.words,
      ...(need.category && { category: need.category }),
      agreed: true,
    })),
    ...(promise && {
      promise: {
        id: promise.id,
        onDay: promise.on,
        ...(promise.at && { atTime: promise.at }),
        ...(promise.words && { words: promise.words }),
      },
    }),
  })
}

/** Files that an entry names, and what they belong to once it is entered. */
export function filesIn(entry: Entered): NamedFile[] {
  const needs =
    entry.kind === 'visit' ? entry.data.needs : entry.kind === 'request.submit' ? [entry.data.need] : []
  const own = entry.kind === 'visit' ? entry.data.files : []
  const answered = entry.kind === 'offer.done' ? entry.data.files : []
  return [
    ...own.map((id) => ({ entry: entry.id, id, about: 'visit' as const, aboutId: entry.id })),
    ...answered.map((id) => ({ entry: entry.id, id, about: 'entry' as const, aboutId: entry.id })),
    ...needs.flatMap((need) =>
      need.files.map((id) => ({ entry: entry.id, id, about: 'request' as const, aboutId: need.id })),
    ),
  ]
}
