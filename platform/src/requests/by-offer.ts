import { sql } from 'kysely'
import type { Call } from '#access/route.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { claim } from './files/attachments.ts'
import { joining } from './joined.ts'
import type { Joined } from './joined.ts'
import { decide, obstacle, partiesOf } from './rules.ts'
import { actorOf, isEntered, makerOf, refuseBy, worldFor, write } from './service.ts'
import { apply } from './standing.ts'
import type { Entry, Holder, Maker } from './entry.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'

/**
 * What offers enter into the story of their request (R3): the request stays with its desk while people are asked, is with
 * whoever took it afterwards, and comes back to the desk: one holder at every moment (RQ1), and the due time never moves (RQ4).
 * The one who takes it acts for the desk that offered it: no other organisation gets a hand in the request by it.
 */

export type OfferedRequest = {
  id: string
  code: string
  title: string
  words: string
  path: string
  place: string
  lon: number | null
  lat: number | null
  state: string
  level: string
  category: string | null
  holder: Holder | null
  dueAt: string | null
  erased: boolean
  /** Hides who said it, or says of whom it is: never put before anybody else (RQ10). */
  inConfidence: boolean
}

function offered(request: Stored): OfferedRequest {
  const { id, code, title, words, path, place, lon, lat, standing, erased, confidential, complainedOf } =
    request
  return {
    ...{ id, code, title, words, path, place, lon, lat },
    state: standing.state,
    level: standing.level,
    category: standing.category,
    holder: standing.holder,
    dueAt: standing.term?.dueAt ?? null,
    erased: erased !== null,
    inConfidence: confidential || complainedOf.length > 0,
  }
}

/** A request within reach of the desk that asks; `lock` holds it, so that of two who offer it one is first. */
export async function offeredRequest(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<OfferedRequest | undefined> {
  const found = await store.find(trx, id, { lock })
  return found && offered(found)
}

/** Requests that were offered, whoever asks; the ids are the caller's to vouch for. */
export async function offeredRequests(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, OfferedRequest>> {
  if (ids.length === 0) return new Map()
  await reachRequests(trx, ids)
  return new Map([...(await store.findAll(trx, ids))].map(([id, request]) => [id, offered(request)]))
}

/** Words of entries of requests that the transaction reaches; missing once erased. */
export async function wordsOfEntries(trx: Trx, entries: readonly string[]): Promise<Map<string, string>> {
  if (entries.length === 0) return new Map()
  const { rows } = await sql<{ id: string; words: string }>`
    select id, words from request_entry
    where district_code = app.district() and id = any (${sql.val(entries)}::uuid[]) and words is not null`.execute(
    trx,
  )
  return new Map(rows.map(({ id, words }) => [id, words]))
}

/** Who makes an entry about an offer: somebody who serves, or the clock. */
export type OfferMaker = {
  trx: Trx
  now: Temporal.Instant
  person?: string
  channel: 'console' | 'phone_page' | 'clock'
}

type OfferStep = Extract<Joined, { kind: 'offer' | 'take_up' | 'give_back' | 'unoffer' }>

async function append(
  request: Stored,
  step: OfferStep,
  { trx, now, person, channel }: OfferMaker,
): Promise<void> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const { standing } = request
  const stop = obstacle(standing, step.kind, ['system'], at)
  if (stop) refuseBy(stop)
  const world = await worldFor(trx, request.path, at)
  const draft = joining(standing, step, world)
  if ('refused' in draft) refuseBy(draft)
  const by: Maker = person
    ? { kind: 'staff', person, organisation: standing.holder?.organisation }
    : { kind: 'system' }
  const entry = { ...draft, at, channel, by } as Entry
  await write(trx, [{ request, entries: [entry], standing: apply(standing, entry), desks: world.desks }])
}

async function locked(trx: Trx, id: string): Promise<Stored> {
  await reachRequests(trx, [id])
  return (await store.find(trx, id, { lock: true })) ?? refuse('request.not_found')
}

/** The desk offers what it holds to people. @returns false when this very entry was made before (RQ3) */
export async function enterOffer(
  call: Call,
  request: string,
  { id, words, people }: { id: string; words: string; people: number },
): Promise<boolean> {
  const { trx, now } = call
  const found = (await store.find(trx, request, { lock: true })) ?? refuse('request.not_found')
  const actor = actorOf(call.actor)
  if (await isEntered(trx, { id, kind: 'offer' }, request, actor)) return false
  if (!partiesOf(found.standing, found.path, actor).includes('desk'))
    refuse('request.not_yours_to_make', { params: { kind: 'offer' } })
  const maker = makerOf(actor, found.standing)
  await append(
    found,
    { id, kind: 'offer', words, people },
    { trx, now, channel: 'console', ...(maker.person && { person: maker.person }) },
  )
  return true
}

/** The first yes: from now on it is with this person, for the desk that offered it. */
export async function enterTakeUp(
  request: string,
  { id, person, organisation }: { id: string; person: string; organisation: string },
  maker: OfferMaker,
): Promise<void> {
  const found = await locked(maker.trx, request)
  // It may have been given to another desk in the same moment.
  if (found.standing.holder?.organisation !== organisation) refuse('offer.gone')
  await append(found, { id, kind: 'take_up', person }, maker)
}

/** Given back with a basis: the desk has it again, with everything that is known. */
export async function enterGiveBack(
  request: string,
  { id, basis, words }: { id: string; basis: string; words: string | null },
  maker: OfferMaker,
): Promise<void> {
  const found = await locked(maker.trx, request)
  await append(found, { id, kind: 'give_back', words, basis }, maker)
}

/** Nobody took it, or the desk thought better of it: said in the story, and the desk is told. */
export async function enterUnoffer(
  request: string,
  { id, reason, asked }: { id: string; reason: string; asked: number },
  maker: OfferMaker,
): Promise<void> {
  const found = await locked(maker.trx, request)
  await append(found, { id, kind: 'unoffer', reason, asked }, maker)
}

/** The answer of whoever took it, with photos; it covers every point that was asked (RQ7). */
export async function answerTaken(
  call: Call,
  request: string,
  {
    id,
    person,
    words,
    attachments,
  }: { id: string; person: string; words: string; attachments: readonly string[] },
): Promise<void> {
  const { trx, now } = call
  const found = await locked(trx, request)
  const { holder, points } = found.standing
  if (!holder || holder.person !== person) refuse('offer.gone')
  const actor = { kind: 'staff' as const, person, organisations: [holder.organisation], desks: [] }
  if (await isEntered(trx, { id, kind: 'answer' }, request, actor)) return
  const world = await worldFor(trx, found.path, now.toString({ smallestUnit: 'millisecond' }))
  const decided = decide(
    found.standing,
    {
      id,
      kind: 'answer',
      words,
      points: Array.from({ length: Math.max(points.length, 1) }, (_, index) => ({ index, open: false })),
      attachments: [...attachments],
    },
    actor,
    { kind: 'staff', person, organisation: holder.organisation, channel: 'phone_page' },
    world,
    () => id,
  )
  if ('refused' in decided) refuseBy(decided)
  await write(trx, [{ request: found, ...decided, desks: world.desks }])
  await claim(trx, attachments, request, id, `staff:${person}`)
}
