import { postsFor } from '#access/actor.ts'
import type { Actor, HeldPost } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { residentNames } from '#households/service.ts'
import { civilDay } from '#kernel/clock.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames } from '#org/service.ts'
import { people, personNames, servesAnywhere } from '#people/service.ts'
import { openBriefs } from '#requests/briefs.ts'
import type {
  Mediation,
  MediationList,
  MediationListQuery,
  MediationSummary,
  NewMediation,
  NewMediationEntry,
} from './contract.ts'
import { deedsIn, mediationRules } from './rules.ts'
import * as store from './store.ts'
import type { File } from './store.ts'

/** Mediation files (R10): who reads one is decided by row security alone, so that no list, link or id opens another. */

const mostCandidates = 100
const instantText = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** The desk for which somebody opens files. */
function deskOf(actor: Actor): HeldPost | undefined {
  return postsFor(actor, 'mediation.open').map(({ post }) => post)[0]
}

function personOf(actor: Actor): string {
  if (actor.kind !== 'staff') throw new Error('only those who serve mediate')
  return actor.id
}

async function candidatesOf(trx: Trx, desk: string | undefined, now: Temporal.Instant) {
  if (desk === undefined) return []
  const { items } = await people(trx, { organisation: desk, limit: mostCandidates }, now)
  return items.map(({ id, name }) => ({ id, name }))
}

async function summaries(trx: Trx, files: readonly File[]): Promise<MediationSummary[]> {
  const organisations = await organisationNames(
    trx,
    files.map(({ organisation }) => organisation),
  )
  const names = await personNames(
    trx,
    files.flatMap(({ mediators }) => mediators),
  )
  return files.map(({ id, title, state, organisation, parties, mediators, followUpOn, openedAt }) => ({
    id,
    title,
    state,
    organisation: { id: organisation, name: organisations.get(organisation)?.shortName ?? '' },
    parties,
    mediators: mediators.map((one) => ({ id: one, name: names.get(one)?.name ?? '' })),
    followUpOn,
    openedAt,
  }))
}

/** MD1: the files of my desk, and those I mediate. */
export async function mediations(call: Call, query: MediationListQuery): Promise<MediationList> {
  const { trx, scope, actor, now } = call
  const after = query.after ? readCursor(query.after, isInstant) : null
  const over = query.over === undefined ? null : query.over === 'true'
  const found = await store.page(trx, { organisations: scope.organisations, over, limit: query.limit }, after)
  const { rows, next } = pageOf(found, query.limit, ({ openedAt, id }) => ({ key: openedAt, id }))
  return {
    items: await summaries(trx, rows),
    next,
    candidates: await candidatesOf(trx, deskOf(actor)?.organisation, now),
  }
}

async function view(call: Call, file: File): Promise<Mediation> {
  const { trx, scope, actor, now } = call
  const [summary] = await summaries(trx, [file])
  if (!summary) refuse('record.not_found')
  const entries = await store.entriesOf(trx, file.id)
  const names = await personNames(
    trx,
    entries.map(({ by }) => by),
  )
  const request = file.request ? (await openBriefs(trx, [file.request])).get(file.request) : undefined
  const maySteer =
    postsFor(actor, 'mediation.open').length > 0 && scope.organisations.includes(file.organisation)
  return {
    ...summary,
    request: request ? { id: request.id, code: request.code } : null,
    entries: entries.map(({ by, ...entry }) => ({ ...entry, by: names.get(by)?.name ?? '' })),
    deeds: deedsIn(file.state),
    maySteer,
    candidates: maySteer ? await candidatesOf(trx, file.organisation, now) : [],
    version: file.version,
  }
}

export async function mediation(call: Call, id: string): Promise<Mediation> {
  return view(call, (await store.find(call.trx, id)) ?? refuse('record.not_found'))
}

/** Mediators hold a post now, wherever. */
async function checkMediators({ trx, now }: Call, mediators: readonly string[]): Promise<void> {
  const serving = await servesAnywhere(trx, mediators, instantText(now))
  if (mediators.some((one) => !serving.has(one)))
    refuse('record.invalid_reference', { field: 'body.mediators' })
}

/** MD1: opens a file for one's own desk, from a request that one may read or without one. The request goes on by itself. */
export async function openMediation(call: Call, input: NewMediation): Promise<Mediation> {
  const { trx, actor, now } = call
  const desk = deskOf(actor) ?? refuse('access.not_allowed')
  const at = instantText(now)
  const by = personOf(actor)
  const known = await store.find(trx, input.id)
  if (known)
    return known.title === input.title && known.organisation === desk.organisation
      ? view(call, known)
      : refuse('id_taken', { field: 'body.id' })
  if (input.request !== undefined) {
    // What lies in confidence is not laid open to both sides (RQ10).
    const brief = (await openBriefs(trx, [input.request])).get(input.request)
    if (!brief || brief.confidential) refuse('record.invalid_reference', { field: 'body.request' })
  }
  await checkMediators(call, input.mediators)
  const residents = input.parties.flatMap(({ resident }) => resident ?? [])
  const names = await residentNames(trx, residents)
  if (residents.some((one) => !names.has(one))) refuse('record.invalid_reference', { field: 'body.parties' })
  const file = {
    id: input.id,
    organisation: desk.organisation,
    path: desk.path,
    request: input.request ?? null,
    title: input.title,
    by,
    at,
  }
  if (!(await store.add(trx, file))) refuse('id_taken', { field: 'body.id' })
  await store.addParties(
    trx,
    file,
    input.parties.map(({ id, name, resident }) => ({
      id,
      name: name ?? names.get(resident ?? '') ?? '',
      resident: resident ?? null,
    })),
  )
  await store.setMediators(trx, file, input.mediators, at)
  const entry = { id: derivedId('mediation', input.id), kind: 'open' as const, at, on: civilDay(now), by }
  await store.append(trx, file, { ...entry, words: input.words })
  return mediation(call, input.id)
}

/** MD2: a session, an agreement with the day on which somebody asks, and what became of it. */
export async function enterMediation(call: Call, id: string, input: NewMediationEntry): Promise<Mediation> {
  const { trx, now } = call
  const file = (await store.find(trx, id, { lock: true })) ?? refuse('record.not_found')
  const before = await store.entriesOf(trx, id)
  const same = before.find((entry) => entry.id === input.id)
  if (same) return same.kind === input.kind ? view(call, file) : refuse('id_taken', { field: 'body.id' })
  const rule = mediationRules[input.kind]
  if (!deedsIn(file.state).includes(input.kind)) refuse('mediation.not_in_this_state')
  const today = civilDay(now)
  const wrong = (field: string, expected: string) =>
    refuse('input.invalid', { field: `body.${field}`, expected, params: { count: 1 } })
  const first = before.at(-1)?.on ?? today
  if (input.on > today || (input.on < first && input.on < dayBefore(first)))
    wrong('on', `${dayBefore(first)}/${today}`)
  if (rule.words && input.words === undefined) wrong('words', 'what was said')
  if (rule.followUp !== (input.followUpOn !== undefined))
    wrong('followUpOn', rule.followUp ? 'a day' : 'nothing')
  if (input.followUpOn !== undefined && input.followUpOn <= input.on) wrong('followUpOn', `> ${input.on}`)
  const { kind, on, words = null } = input
  await store.append(trx, file, {
    id: input.id,
    kind,
    at: instantText(now),
    on,
    by: personOf(call.actor),
    words,
  })
  await store.stand(trx, id, { state: rule.to, followUpOn: input.followUpOn ?? null })
  return mediation(call, id)
}

/** Files are often opened after the first talk at the door: so many days back a session may lie. */
const mostDaysBack = 90
const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: mostDaysBack }).toString()

/** MD3: who mediates is for the desk that opened it to say; whoever is replaced reads the file no longer. */
export async function changeMediators(
  call: Call,
  id: string,
  mediators: readonly string[],
  version: number,
): Promise<Mediation> {
  const { trx, scope, now, actor } = call
  const file = (await store.find(trx, id, { lock: true })) ?? refuse('record.not_found')
  if (!scope.organisations.includes(file.organisation)) refuse('record.not_found')
  if (file.version !== version) refuse('changed_meanwhile')
  await checkMediators(call, mediators)
  const at = instantText(now)
  await store.setMediators(trx, file, mediators, at)
  await store.append(trx, file, {
    id: derivedId('mediation_mediators', id, String(version)),
    kind: 'mediators',
    at,
    on: civilDay(now),
    by: personOf(actor),
    words: null,
  })
  await store.stand(trx, id, file)
  return mediation(call, id)
}
