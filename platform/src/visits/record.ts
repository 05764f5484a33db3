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
import type { Recorded, VisitInput, WalkInput } from './contract.ts'
import type { Visitor } from './lists.ts'
import { countedDay } from './rules.ts'
import { refold, rewrite } from './folding.ts'
import * as tasks from './task-store.ts'
import type { Door } from './task-store.ts'
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
  const { trx, now } = call
  const person = personOf(call)
  const day = countedDay(input.deviceAt, text(now))
  const door = await doorOf(trx, input.household, day)
  const known = await store.visitById(trx, input.id)
  if (known) return again(call, known, input, person, deps)
  fits(input)
  const duty = await tasks.dutyOf(trx, door.dwelling, day)
  const visit: StoredVisit = {
    id: input.id,
    household: input.household,
    path: door.path,
    person,
    for: duty === person ? null : duty,
    visitor: await visitorOf(call, person, duty),
    outcome: input.outcome,
    how: input.how ?? null,
    words: input.words ?? null,
    opinion: input.opinion ?? null,
    onDay: day,
    deviceAt: text(Temporal.Instant.from(input.deviceAt)),
    at: text(now),
  }
  if (!(await store.addVisit(trx, visit))) refuse('id_taken', { field: 'body.id' })
  if (input.voices.length > 0) await deps.claimVoices(call, input.voices, input.id)
  const requests = await submitNeeds(call, input, visit, deps)
  await promised(call, input, visit, door)
  if (input.outcome === 'met') await store.keepPromises(trx, input.household, visit)
  if (input.confirm && input.outcome === 'met')
    await askByToken(trx, visit, { token: input.confirm.token, way: 'qr', now })
  const folded = await refold(trx, input.household, day, now)
  const edits = await changeHandbook(call, input, deps.keys)
  return {
    id: visit.id,
    onDay: day,
    tasks: folded.answered.get(visit.id) ?? [],
    requests,
    edits,
    nextTryOn: input.outcome === 'not_at_home' ? folded.nextTryOn : null,
  }
}

/** What only makes sense when somebody was met; the field that does not. */
function fits({ outcome, how, needs, opinion }: VisitInput): void {
  if (outcome === 'met') return
  const field = how ? 'how' : needs.length > 0 ? 'needs' : opinion ? 'opinion' : null
  if (field) refuse('visit.nobody_met', { field: `body.${field}` })
}

/** The door within reach, or one that was the visitor's own on that day. */
async function doorOf(trx: Trx, household: string, day: string): Promise<Omit<Door, 'number'>> {
  const [door] = await tasks.householdsAmong(trx, [household])
  return (
    door ??
    (await tasks.vouch(trx, household, day)) ??
    refuse('visit.not_your_door', { field: 'body.household' })
  )
}

/** In which part somebody went: whose duty it is, who stands in, or from a desk. */
async function visitorOf(call: Call, person: string, duty: string | null): Promise<Visitor> {
  if (duty === person) return 'liaison'
  if (duty !== null && (await tasks.actsFor(call.trx)).includes(duty)) return 'backup'
  const isDesk = call.actor.kind === 'staff' && call.actor.posts.some(({ role }) => role.endsWith('_desk'))
  return isDesk ? 'leader' : 'backup'
}

/** The same visit again: its first answer once more. A taken id of somebody else's tells nothing. */
async function again(
  call: Call,
  known: StoredVisit,
  input: VisitInput,
  person: string,
  deps: VisitDeps,
): Promise<Recorded> {
  const { trx, now } = call
  if (known.person !== person || known.household !== input.household || known.outcome !== input.outcome)
    refuse('id_taken', { field: 'body.id' })
  const ids = (await store.needsOf(trx, [known.id])).get(known.id) ?? []
  const codes = await deps.codesOf(trx, ids)
  const folded = await refold(trx, input.household, known.onDay, now)
  return {
    id: known.id,
    onDay: known.onDay,
    tasks: folded.answered.get(known.id) ?? [],
    requests: ids.map((id) => ({ id, code: codes.get(id) ?? '' })),
    edits: await changeHandbook(call, input, deps.keys),
    nextTryOn: known.outcome === 'not_at_home' ? folded.nextTryOn : null,
  }
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
async function promised(
  { trx, now }: Call,
  input: VisitInput,
  visit: StoredVisit,
  door: Pick<Door, 'dwelling'>,
): Promise<void> {
  const { promise } = input
  if (!promise) return
  if (promise.onDay < visit.onDay)
    refuse('input.invalid', { field: 'body.promise.onDay', expected: visit.onDay, params: { count: 1 } })
  const added = await store.addPromise(trx, {
    id: promise.id,
    household: input.household,
    path: visit.path,
    person: (await tasks.dutyOf(trx, door.dwelling, civilDay(now))) ?? visit.person,
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

/** A walk through a grid: answers the walk that is due there. */
export async function recordWalk(call: Call, input: WalkInput): Promise<Recorded> {
  const { trx, now } = call
  const person = personOf(call)
  const day = countedDay(input.deviceAt, text(now))
  const known = await store.visitById(trx, input.id)
  if (known && (known.person !== person || known.path !== input.path))
    refuse('id_taken', { field: 'body.id' })
  const visit: StoredVisit = known ?? {
    id: input.id,
    household: null,
    path: input.path,
    person,
    for: null,
    visitor: 'grid',
    outcome: 'walked',
    how: null,
    words: input.words ?? null,
    opinion: null,
    onDay: day,
    deviceAt: text(Temporal.Instant.from(input.deviceAt)),
    at: text(now),
  }
  if (!call.scope.paths.some((path) => input.path.startsWith(path)))
    refuse('visit.not_your_door', { field: 'body.path' })
  if (!known && !(await store.addVisit(trx, visit))) refuse('id_taken', { field: 'body.id' })
  const answered = await walked(trx, visit, now)
  return { id: visit.id, onDay: visit.onDay, tasks: answered, requests: [], edits: [], nextTryOn: null }
}

async function walked(trx: Trx, visit: StoredVisit, now: Temporal.Instant): Promise<string[]> {
  const open = await tasks.lockWalks(trx, visit.path, visit.onDay)
  await tasks.addEntries(
    trx,
    open.map((task) => ({
      id: derivedId('visit_task_entry', task.id, visit.id),
      task: task.id,
      household: null,
      path: task.path,
      kind: 'walked' as const,
      onDay: visit.onDay,
      visit: visit.id,
      by: visit.person,
      words: null,
      at: visit.at,
    })),
  )
  await rewrite(trx, open, now)
  return open.map(({ id }) => id)
}
