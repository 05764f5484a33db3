import type { Call } from '#access/route.ts'
import { contactOf } from '#households/contact.ts'
import { applyEdit } from '#households/edits.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import type { Submit } from '#requests/contract.ts'
import { askByToken } from './confirm.ts'
import type { Recorded, VisitInput } from './contract.ts'
import type { Visitor } from './lists.ts'
import { countedDay } from './rules.ts'
import { foldedAt, refold } from './folding.ts'
import * as tasks from './task-store.ts'
import * as store from './visit-store.ts'
import type { StoredVisit } from './visit-store.ts'

/** What is handed in by the composition root, because requests stand beside visits. */
export type VisitDeps = {
  keys: Keys
  /** Takes in what was said; the same id twice is one request (RQ3). */
  submit(call: Call, said: Submit): Promise<{ code: string }>
  /** Ties voice notes to a visit. */
  claimVoices(call: Call, ids: readonly string[], visit: string): Promise<void>
  /** What became of requests made before, by id. */
  codesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>>
}

const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Whoever goes is somebody who serves. */
function personOf(call: Call): string {
  return call.actor.kind === 'staff' ? call.actor.id : refuse('access.not_allowed')
}

/**
 * One session at one door (L5): what it answers (VR2), what was needed, promised and changed, all or nothing. The same id
 * twice is one visit, and a visit that comes days late counts for the day on which it was made.
 */
export async function recordVisit(call: Call, input: VisitInput, deps: VisitDeps): Promise<Recorded> {
  const [recorded] = await recordVisits(call, [input], deps)
  return recorded!
}

/** A session as it is entered; `isKnown`: it was entered before. */
type Session = { input: VisitInput; visit: StoredVisit; dwelling: string; isKnown: boolean }

/** A round of sessions, each at another door, all or nothing: as many statements as one session, where nothing is needed. */
export async function recordVisits(
  call: Call,
  inputs: readonly VisitInput[],
  deps: VisitDeps,
): Promise<Recorded[]> {
  const { trx, now } = call
  const sessions = await sessionsOf(call, inputs)
  const fresh = sessions.filter(({ isKnown }) => !isKnown)
  const added = await store.addVisits(
    trx,
    fresh.map(({ visit }) => visit),
  )
  if (added < fresh.length) refuse('id_taken', { field: 'body.id' })
  const requests = new Map<string, Recorded['requests']>()
  for (const { input, visit, isKnown } of sessions) {
    if (!isKnown && input.voices.length > 0) await deps.claimVoices(call, input.voices, input.id)
    const made = isKnown ? madeOf(call, visit, deps) : submitNeeds(call, input, visit, deps)
    requests.set(input.id, await made)
  }
  for (const session of fresh) await promised(call, session)
  await store.keepPromises(
    trx,
    fresh.flatMap(({ visit }) => (visit.outcome === 'met' ? [visit] : [])),
  )
  for (const { input, visit } of fresh)
    if (input.confirm && input.outcome === 'met')
      await askByToken(trx, visit, { token: input.confirm.token, way: 'qr', now })
  const folded = await refold(
    trx,
    sessions.map(({ input, visit }) => ({ household: input.household, day: visit.onDay })),
    now,
  )
  const recorded: Recorded[] = []
  for (const { input, visit } of sessions) {
    const { answered, nextTryOn } = foldedAt(folded, input.household)
    recorded.push({
      id: visit.id,
      onDay: visit.onDay,
      tasks: answered.get(visit.id) ?? [],
      requests: requests.get(visit.id) ?? [],
      edits: await changeHandbook(call, input, deps.keys),
      nextTryOn: visit.outcome === 'not_at_home' ? nextTryOn : null,
    })
  }
  return recorded
}

/** Whose doors these are, who goes in which part, and which of it was entered before. */
async function sessionsOf(call: Call, inputs: readonly VisitInput[]): Promise<Session[]> {
  const { trx, now } = call
  const person = personOf(call)
  const known = await store.visitsById(
    trx,
    inputs.map(({ id }) => id),
  )
  const doors = await tasks.householdsAmong(
    trx,
    inputs.map(({ household }) => household),
  )
  const at = []
  for (const input of inputs) {
    const day = countedDay(input.deviceAt, text(now))
    // The door within reach, or one that was the visitor's own on that day.
    const door =
      doors.find(({ id }) => id === input.household) ??
      (await tasks.vouch(trx, input.household, day)) ??
      refuse('visit.not_your_door', { field: 'body.household' })
    at.push({ input, day, path: door.path, dwelling: door.dwelling })
  }
  const duties = await tasks.dutiesOf(trx, at)
  const visitors = await visitorsOf(call, person, duties)
  return at.map(({ input, day, path, dwelling }, nth): Session => {
    const visit: StoredVisit = known.get(input.id) ?? {
      id: input.id,
      household: input.household,
      path,
      person,
      for: duties[nth] === person ? null : (duties[nth] ?? null),
      visitor: visitors[nth] ?? 'backup',
      outcome: input.outcome,
      how: input.how ?? null,
      words: input.words ?? null,
      opinion: input.opinion ?? null,
      onDay: day,
      deviceAt: text(Temporal.Instant.from(input.deviceAt)),
      at: text(now),
    }
    // A taken id of somebody else's tells nothing.
    if (visit.person !== person || visit.household !== input.household || visit.outcome !== input.outcome)
      refuse('id_taken', { field: 'body.id' })
    const isKnown = known.has(input.id)
    if (!isKnown) fits(input)
    return { input, visit, dwelling, isKnown }
  })
}

/** What only makes sense when somebody was met; the field that does not. */
function fits({ outcome, how, needs, opinion }: VisitInput): void {
  if (outcome === 'met') return
  const field = how ? 'how' : needs.length > 0 ? 'needs' : opinion ? 'opinion' : null
  if (field) refuse('visit.nobody_met', { field: `body.${field}` })
}

/** In which part somebody went to each door: whose duty it is, who stands in, or from a desk. */
async function visitorsOf(
  call: Call,
  person: string,
  duties: readonly (string | null)[],
): Promise<Visitor[]> {
  const others = duties.some((duty) => duty !== null && duty !== person)
  const standsInFor = others ? await tasks.actsFor(call.trx) : []
  const isDesk = call.actor.kind === 'staff' && call.actor.posts.some(({ role }) => role.endsWith('_desk'))
  return duties.map((duty) => {
    if (duty === person) return 'liaison'
    if (duty !== null && standsInFor.includes(duty)) return 'backup'
    return isDesk ? 'leader' : 'backup'
  })
}

/** What the same visit had made of its needs when it first came. */
async function madeOf({ trx }: Call, visit: StoredVisit, deps: VisitDeps): Promise<Recorded['requests']> {
  const ids = (await store.needsOf(trx, [visit.id])).get(visit.id) ?? []
  const codes = await deps.codesOf(trx, ids)
  return ids.map((id) => ({ id, code: codes.get(id) ?? '' }))
}

/** Each need becomes a request of the household’s own, so that the resident is told what becomes of it. */
async function submitNeeds(
  call: Call,
  input: VisitInput,
  visit: StoredVisit,
  deps: VisitDeps,
): Promise<Recorded['requests']> {
  if (input.needs.length === 0) return []
  const { trx } = call
  const contact = await contactOf(trx, input.household, input.resident ?? null, deps.keys)
  const made: Recorded['requests'] = []
  const reached = [...(call.scope.requests ?? [])]
  for (const { id, words, title, category, place, attachments } of input.needs) {
    const { code } = await deps.submit(
      { ...call, scope: { ...call.scope, requests: reached } },
      {
        id,
        words,
        ...(title && { title }),
        ...(category && { category }),
        path: visit.path,
        place: place || (contact?.door ?? ''),
        channel: 'visit',
        attachments,
        reporter: {
          id: derivedId('reporter', 'household', input.household, contact?.resident ?? ''),
          ...(contact?.name && { name: contact.name }),
          ...(contact?.mobile && { phone: contact.mobile }),
        },
      },
    )
    reached.push(id)
    made.push({ id, code })
  }
  await store.addNeeds(
    trx,
    visit,
    made.map(({ id }) => id),
  )
  return made
}

/** The next date that was agreed. One that arrives after it was kept is kept. */
async function promised({ trx, now }: Call, { input, visit, dwelling }: Session): Promise<void> {
  const { promise } = input
  if (!promise) return
  if (promise.onDay < visit.onDay)
    refuse('input.invalid', { field: 'body.promise.onDay', expected: visit.onDay, params: { count: 1 } })
  const [duty] = await tasks.dutiesOf(trx, [{ dwelling, day: civilDay(now) }])
  const added = await store.addPromise(trx, {
    id: promise.id,
    household: input.household,
    path: visit.path,
    person: duty ?? visit.person,
    visit: visit.id,
    onDay: promise.onDay,
    atTime: promise.atTime ?? null,
    words: promise.words ?? null,
    state: 'open',
    madeBy: visit.person,
    at: visit.at,
  })
  if (!added) refuse('id_taken', { field: 'body.promise.id' })
  const kept = await store.keptBy(trx, input.household, { onDay: promise.onDay, visit: visit.id })
  if (kept) await store.endPromise(trx, promise.id, { state: 'kept', onDay: kept.onDay, visit: kept.id })
}

/** Changes to the handbook go the way of every other edit; one that is refused comes back and stops nothing. */
async function changeHandbook(call: Call, input: VisitInput, keys: Keys): Promise<Recorded['edits']> {
  const results: Recorded['edits'] = []
  for (const edit of input.edits) {
    const result = await applyEdit(
      call.trx,
      { ...edit, household: input.household },
      { keys, now: call.now, by: personOf(call) },
    )
    results.push({
      id: edit.id,
      fate: result.fate,
      problem: result.fate === 'refused' ? result.problem.code : null,
      field: result.fate === 'refused' ? (result.problem.field ?? null) : null,
    })
  }
  return results
}
