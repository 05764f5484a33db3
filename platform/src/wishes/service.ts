import type { Actor } from '#access/actor.ts'
import { postsFor } from '#access/actor.ts'
import { reportersByIds } from '#access/reporters.ts'
import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import type { Message } from '#notify/service.ts'
import { lineOf } from '#org/rules.ts'
import { areaExists, desksFor } from '#org/service.ts'
import type { ActOnWish, DecideWish } from './contract.ts'
import { afterEntry, wishStates } from './lifecycle.ts'
import type { WishEntryKind, WishParty } from './lifecycle.ts'
import { wishEntries } from './lifecycle.ts'
import { mostClaimed, mostOpen, neverIn } from './rules.ts'
import * as store from './store.ts'
import type { Entry, Wish, WishKind } from './store.ts'

/** Wishes: said, cleared by a desk, claimed by one, fulfilled, thanked (WI1 to WI7). */

type Deps = { keys: Keys }

const communityDepth = 3
const compoundDepth = 4
const cut = (path: string, depth: number) => lineOf(path).slice(0, depth).at(-1) ?? path

export const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

type Who = { person: string | null; reporter: string | null }

/** Who acts, as the tables keep it: somebody who serves, or a resident whose phone is proven (WI1). */
export async function whoActs({ trx, actor }: Pick<Call, 'trx' | 'actor'>, { keys }: Deps): Promise<Who> {
  if (actor.kind === 'staff') return { person: actor.id, reporter: null }
  if (actor.kind !== 'reporter') return refuse('wish.not_proven')
  const known = (await reportersByIds(trx, [actor.id], keys)).get(actor.id)
  return known?.proven ? { person: null, reporter: actor.id } : refuse('wish.not_proven')
}

/** What somebody is to a wish. */
export function partiesTo(
  who: Who,
  told: store.Told | undefined,
  claim: store.Claim | undefined,
): WishParty[] {
  const same = (one: Who | undefined) =>
    one !== undefined &&
    ((who.person !== null && one.person === who.person) ||
      (who.reporter !== null && one.reporter === who.reporter))
  const parties: WishParty[] = ['helper']
  if (same(told)) parties.push('teller')
  if (same(claim)) parties.push('claimant')
  return parties
}

/** Says a wish, for oneself or for a household; the same id twice is one (WI1). */
export async function tellWish(
  call: Call,
  { id, words, kind, path }: { id: string; words: string; kind: WishKind; path: string },
  deps: Deps,
): Promise<Wish> {
  const { trx, now, actor } = call
  const who = await whoActs(call, deps)
  const known = await ownWish(trx, id, who)
  if (known) return known
  if (!(await areaExists(trx, path))) refuse('record.invalid_reference', { field: 'body.path' })
  if (who.reporter && (await store.openOf(trx, who.reporter)) >= mostOpen)
    refuse('wish.too_many', { params: { most: mostOpen } })
  const at = textOf(now)
  const day = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const wish: Wish = {
    id,
    code: await store.nextCode(trx, day.slice(2, 4) + day.slice(5, 7)),
    kind,
    path: cut(path, communityDepth),
    state: 'told',
    ...{ title: null, words: null, publishedAt: null, claimedBy: null },
    toldAt: at,
    dueAt: dueFrom('told', now),
    changedAt: at,
    seq: 1,
  }
  const organisation = organisationOf(actor)
  const added = await store.add(trx, wish, {
    wish: id,
    path: cut(path, compoundDepth),
    words,
    ...who,
    organisation,
  })
  // The same, sent twice at the same time, or an id of somebody else's.
  if (!added) return (await ownWish(trx, id, who)) ?? refuse('id_taken', { field: 'body.id' })
  await store.append(
    trx,
    entryOf(wish, { id: derivedId('wish.tell', id), kind: 'tell', at, ...byOf(who), words: null }),
  )
  await notifyOf(trx, wish, 'tell', at)
  return wish
}

/** RQ3: the wish that the caller said under this id before. */
async function ownWish(trx: Trx, id: string, who: Who): Promise<Wish | undefined> {
  const told = (await store.toldOf(trx, [id])).get(id)
  return partiesTo(who, told, undefined).includes('teller') ? store.find(trx, id) : undefined
}

function organisationOf(actor: Actor): string | null {
  return postsFor(actor, 'wish.tell')[0]?.post.organisation ?? null
}

function byOf(who: Who) {
  return { ...who, byKind: who.person === null ? ('resident' as const) : ('staff' as const) }
}

function entryOf(wish: Wish, entry: Omit<Entry, 'wish' | 'seq'>): Entry {
  return { wish: wish.id, seq: wish.seq, ...entry }
}

/** When the clock goes on by itself from a state that begins now. */
function dueFrom(state: Wish['state'], now: Temporal.Instant): string | null {
  const { days } = wishStates[state]
  return days === null ? null : textOf(now.add({ hours: 24 * days }))
}

type Step = Omit<Entry, 'wish' | 'seq' | 'at'>

/** One entry of a locked wish: the state it leads to, its clock, and who is told. */
export async function enter(
  trx: Trx,
  wish: Wish,
  step: Step,
  now: Temporal.Instant,
  changes: Partial<Pick<Wish, 'title' | 'words' | 'kind' | 'publishedAt' | 'claimedBy'>> = {},
): Promise<Wish> {
  const at = textOf(now)
  const state = afterEntry(wish.state, step.kind) ?? refuse('wish.not_in_this_state')
  const stays = wishEntries[step.kind].to === 'same'
  const after: Wish = {
    ...wish,
    // Who had it has it no longer once it is open again.
    ...(state === 'published' && { claimedBy: null }),
    ...changes,
    state,
    // The clock reminds once; what is over has none.
    dueAt: stays ? null : dueFrom(state, now),
    changedAt: at,
    seq: wish.seq + 1,
  }
  await store.append(trx, entryOf(after, { ...step, at }))
  await store.keep(trx, after)
  await notifyOf(trx, after, step.kind, at, step.id)
  return after
}

/** WI5: whoever waits for this step is told, each once; nobody is told who the other is. */
async function notifyOf(trx: Trx, wish: Wish, kind: WishEntryKind, at: string, id = wish.id): Promise<void> {
  const desks = await desksFor(trx, wish.path)
  const desk = (desks.community ?? desks.subdistrict ?? desks.district)?.organisation
  const people = await store.peopleOf(trx, wish.id)
  const teller: Message['to'] | null = people?.teller
    ? { reporter: people.teller }
    : people?.told_by
      ? { person: people.told_by }
      : null
  const claimant: Message['to'] | null = people?.claimant
    ? { reporter: people.claimant }
    : people?.claimed_by
      ? { person: people.claimed_by }
      : null
  const to: Record<WishEntryKind, (Message['to'] | null | undefined | '')[]> = {
    tell: [desk && { organisation: desk }],
    publish: [teller],
    decline: [teller],
    claim: [teller, desk && { organisation: desk }],
    give_back: [desk && { organisation: desk }],
    lapse: [desk && { organisation: desk }],
    fulfil: [teller],
    thank: [claimant],
    withdraw: [claimant],
    expire: [desk && { organisation: desk }],
    remind: [desk && { organisation: desk }],
  }
  await tellAll(
    trx,
    to[kind].flatMap((one): Message[] =>
      one
        ? [
            {
              id: derivedId('wish', kind, id, Object.values(one)[0] ?? ''),
              to: one,
              template: `wish.${kind}`,
              params: { code: wish.code },
              at,
              ...('reporter' in one && { channels: ['in_app', 'sms'] as const }),
            },
          ]
        : [],
    ),
  )
}

/** Whether this very entry was made before, by the same one; a taken id of somebody else's is refused (RQ3). */
async function isEntered(
  trx: Trx,
  { id, kind, wish }: { id: string; kind: WishEntryKind; wish: string },
  who: Who,
): Promise<boolean> {
  const known = await store.entryById(trx, id)
  if (!known) return false
  const same =
    known.wish === wish &&
    known.kind === kind &&
    known.person === who.person &&
    known.reporter === who.reporter
  return same || refuse('id_taken', { field: 'body.id' })
}

/** What a desk decides: the words that everybody reads, or why not (WI2). */
export async function decideWish(call: Call, id: string, input: DecideWish): Promise<Wish> {
  const { trx, now, actor } = call
  if (actor.kind !== 'staff') return refuse('access.not_allowed')
  const who = { person: actor.id, reporter: null }
  const wish = (await store.find(trx, id, true)) ?? refuse('record.not_found')
  // Published ones are everybody's to read; only who reads what was said decides.
  if (!(await store.toldOf(trx, [id])).has(id)) refuse('record.not_found')
  if (await isEntered(trx, { id: input.id, kind: input.kind, wish: id }, who)) return wish
  if (input.kind === 'decline')
    return enter(trx, wish, { id: input.id, kind: 'decline', ...byOf(who), words: input.words }, now, {
      publishedAt: null,
    })
  const marks = neverIn(`${input.title}\n${input.words}`)
  const surely = marks.filter(({ kind }) => kind !== 'name' && kind !== 'link')
  if (surely.length > 0)
    refuse('wish.never_published', {
      field: neverIn(input.title).length > 0 ? 'body.title' : 'body.words',
      params: { count: surely.length },
    })
  if (marks.length > 0 && !input.looked) refuse('wish.look_again', { field: 'body.looked' })
  return enter(trx, wish, { id: input.id, kind: 'publish', ...byOf(who), words: null }, now, {
    title: input.title,
    words: input.words,
    kind: input.as,
    publishedAt: wish.publishedAt ?? textOf(now),
  })
}

/** What whoever said it or helps does (WI3, WI4). */
export async function actOnWish(call: Call, id: string, input: ActOnWish, deps: Deps): Promise<Wish> {
  const { trx, now } = call
  const who = await whoActs(call, deps)
  const wish = (await store.find(trx, id, true)) ?? refuse('record.not_found')
  if (await isEntered(trx, { id: input.id, kind: input.kind, wish: id }, who)) return wish
  const told = (await store.toldOf(trx, [id])).get(id)
  const claim = (await store.claimsOf(trx, [id])).get(id)
  const parties = partiesTo(who, told, claim)
  const { by } = wishEntries[input.kind]
  if (!by.some((party) => parties.includes(party))) refuse('wish.not_yours')
  if (!afterEntry(wish.state, input.kind))
    refuse(
      input.kind === 'claim' && wish.state === 'claimed' ? 'wish.claimed_already' : 'wish.not_in_this_state',
    )
  const at = textOf(now)
  const claimedBy = input.kind === 'claim' ? await claimIt(call, wish, input, who, parties) : wish.claimedBy
  if (input.kind === 'give_back') await store.endClaim(trx, id, 'given_back', at)
  if (input.kind === 'fulfil') await store.endClaim(trx, id, 'fulfilled', at)
  const step = { id: input.id, kind: input.kind, ...byOf(who), words: 'words' in input ? input.words : null }
  const gone = input.kind === 'withdraw' && { publishedAt: null }
  const after = await enter(trx, wish, step, now, {
    ...(input.kind !== 'give_back' && { claimedBy }),
    ...gone,
  })
  if (input.kind === 'withdraw') await store.endClaim(trx, id, 'withdrawn', at)
  return after
}

/** The first who claims it has it; nobody claims their own, and nobody more than they can do. */
async function claimIt(
  { trx, now, actor }: Call,
  wish: Wish,
  { id, organisation }: Extract<ActOnWish, { kind: 'claim' }>,
  who: Who,
  parties: readonly WishParty[],
): Promise<Wish['claimedBy']> {
  if (parties.includes('teller')) refuse('wish.own')
  const serves = actor.kind === 'staff' && actor.posts.some((post) => post.organisation === organisation)
  if (organisation !== undefined && !serves)
    refuse('record.invalid_reference', { field: 'body.organisation' })
  if ((await store.claimedOf(trx, who)) >= mostClaimed)
    refuse('wish.too_many', { params: { most: mostClaimed } })
  const byKind = who.person === null ? 'resident' : organisation === undefined ? 'person' : 'organisation'
  const claimed = await store.addClaim(trx, {
    ...{ id, wish: wish.id, path: wish.path, byKind },
    ...who,
    organisation: organisation ?? null,
    at: textOf(now),
  })
  if (!claimed) refuse('wish.claimed_already')
  return byKind
}
