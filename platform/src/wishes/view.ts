import type { z } from 'zod'
import { maskName, maskPhone } from '#access/mask.ts'
import { phoneOf } from '#access/reporters.ts'
import type { Call } from '#access/route.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { desksAmong, organisationNames, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type {
  deskWishesQuerySchema,
  DeskWish,
  OwnWish,
  publicWishesQuerySchema,
  PublicWish,
} from './contract.ts'
import { mayEnter } from './lifecycle.ts'
import type { WishState } from './lifecycle.ts'
import { neverIn } from './rules.ts'
import { partiesTo, whoActs } from './service.ts'
import * as store from './store.ts'
import type { Wish } from './store.ts'

/** What wishes look like: to everybody, to who said or has them, to their desk. */

type Deps = { keys: Keys }
const places = (trx: Trx, wishes: readonly { path: string }[]) =>
  placeOf(
    trx,
    wishes.map(({ path }) => path),
  )

/** WI2: everybody reads the words that were cleared, and the community; nothing else is in the row. */
export async function publicWishes(
  { trx }: Call,
  { path, open, after, limit }: z.output<typeof publicWishesQuerySchema>,
): Promise<{ items: PublicWish[]; next: string | null }> {
  const found = await store.publicPage(trx, {
    path: path ?? null,
    open: open === undefined ? null : open === 'true',
    after: after ? readCursor(after, isInstant) : null,
    limit,
  })
  const { rows, next } = pageOf(found, limit, ({ publishedAt, toldAt, id }) => ({
    key: publishedAt ?? toldAt,
    id,
  }))
  const where = await places(trx, rows)
  return {
    items: rows.map(({ id, code, kind, title, words, state, claimedBy, publishedAt, path: at, toldAt }) => ({
      ...{ id, code, kind, state, claimedBy },
      title: title ?? '',
      words: words ?? '',
      place: where.get(at) ?? '',
      publishedAt: publishedAt ?? toldAt,
    })),
    next,
  }
}

/** Own wishes and own claims. Through the desk the two find each other: neither reads who the other is (WI5). */
export async function ownWishes(call: Call, deps: Deps): Promise<OwnWish[]> {
  const { trx } = call
  const who = await whoActs(call, deps)
  const ids = await store.ownIds(trx, who)
  const wishes = await store.byIds(trx, ids)
  const told = await store.toldOf(trx, ids)
  const claims = await store.claimsOf(trx, ids)
  const entries = await store.entriesOf(trx, ids)
  const where = await places(trx, wishes)
  const desks = await desksAmong(
    trx,
    wishes.map(({ path }) => path),
  )
  const names = await organisationNames(
    trx,
    [...desks.values()].flatMap((one) => (one.community ? [one.community.organisation] : [])),
  )
  return wishes.map((wish): OwnWish => {
    const { id, code, kind, state, title, dueAt, path } = wish
    const parties = partiesTo(who, told.get(id), claims.get(id))
    const mine = parties.includes('teller')
    const wordsOf = (of: string) => entries.get(id)?.findLast((entry) => entry.kind === of)?.words ?? null
    const desk = names.get(desks.get(path)?.community?.organisation ?? '')
    const isOver = state === 'fulfilled' || state === 'thanked'
    return {
      ...{ id, code, kind, state, title, dueAt },
      mine: mine ? 'told' : 'claimed',
      words: mine ? (told.get(id)?.words ?? '') : (wish.words ?? ''),
      place: where.get(path) ?? '',
      desk: desk ? { name: desk.name, phone: desk.phone } : null,
      claimedBy: wish.claimedBy,
      reason: state === 'declined' ? wordsOf('decline') : null,
      done: isOver ? wordsOf('fulfil') : null,
      thanks: state === 'thanked' ? wordsOf('thank') : null,
      may: mayEnter(state, parties).filter((one) => one !== 'tell' && one !== 'claim'),
    }
  })
}

const statesOf: Record<'waiting' | 'open' | 'over', readonly WishState[]> = {
  waiting: ['told', 'expired'],
  open: ['published', 'claimed', 'fulfilled'],
  over: ['thanked', 'declined', 'withdrawn'],
}

export async function deskWishes(
  call: Call,
  { state, after, limit }: z.output<typeof deskWishesQuerySchema>,
  deps: Deps,
): Promise<{ items: DeskWish[]; next: string | null }> {
  const found = await store.deskPage(
    call.trx,
    { states: statesOf[state], after: after ? readCursor(after, isInstant) : null, limit },
    call.scope,
  )
  const { rows, next } = pageOf(found, limit, ({ changedAt, id }) => ({ key: changedAt, id }))
  return { items: await deskViews(call.trx, rows, deps), next }
}

/** With what was said, who said it and who has it, masked as everywhere at a desk. */
export async function deskViews(trx: Trx, wishes: readonly Wish[], { keys }: Deps): Promise<DeskWish[]> {
  const ids = wishes.map(({ id }) => id)
  const told = await store.toldOf(trx, ids)
  const claims = await store.claimsOf(trx, ids)
  const entries = await store.entriesOf(trx, ids)
  const where = await places(trx, [...told.values()])
  const contacts = await tellersOf(trx, ids, keys)
  const people = await personNames(trx, [
    ...[...told.values()].flatMap(({ person }) => person ?? []),
    ...[...claims.values()].flatMap(({ person }) => person ?? []),
    ...[...entries.values()].flat().flatMap(({ person }) => person ?? []),
  ])
  const organisations = await organisationNames(
    trx,
    [...claims.values()].flatMap(({ organisation }) => organisation ?? []),
  )
  return wishes.map((wish) => {
    const said = told.get(wish.id)
    const claim = claims.get(wish.id)
    const teller = contacts.get(said?.reporter ?? '')
    const helper = contacts.get(claim?.reporter ?? '')
    const words = said?.words || null
    const nameOf = (person: string | null | undefined) => (person ? (people.get(person)?.name ?? '') : null)
    return {
      ...{
        id: wish.id,
        code: wish.code,
        kind: wish.kind,
        state: wish.state,
        title: wish.title,
        words: wish.words,
      },
      path: said?.path ?? wish.path,
      place: where.get(said?.path ?? '') ?? '',
      said: words,
      marks: words ? neverIn(words) : [],
      teller: nameOf(said?.person) ?? teller?.name ?? null,
      phone: teller?.phone ?? null,
      claimedBy: claim
        ? {
            kind: claim.byKind,
            name: [organisations.get(claim.organisation ?? '')?.name, nameOf(claim.person) ?? helper?.name]
              .filter(Boolean)
              .join(' '),
            phone: people.get(claim.person ?? '')?.workPhone ?? helper?.phone ?? null,
          }
        : null,
      ...{ toldAt: wish.toldAt, dueAt: wish.dueAt },
      story: (entries.get(wish.id) ?? []).map((entry) => ({
        ...{ kind: entry.kind, at: entry.at, words: entry.words },
        by: nameOf(entry.person),
      })),
      may: mayEnter(wish.state, ['desk']),
    }
  })
}

/** Residents behind wishes that the desk reaches, masked. */
async function tellersOf(
  trx: Trx,
  wishes: readonly string[],
  keys: Keys,
): Promise<Map<string, { name: string | null; phone: string | null }>> {
  const found = await store.residentsBehind(trx, wishes)
  return new Map(
    found.map((one) => {
      const phone = phoneOf(keys, one)
      return [one.id, { name: one.name && maskName(one.name), phone: phone && maskPhone(phone) }]
    }),
  )
}
