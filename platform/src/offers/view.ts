import type { z } from 'zod'
import type { Call } from '#access/route.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { offeredRequests, wordsOfEntries } from '#requests/by-offer.ts'
import type { offersQuerySchema, OfferView, PhoneOffer } from './contract.ts'
import { stillHolds } from './rules.ts'
import * as store from './store.ts'
import type { Offer } from './store.ts'

/** What offers look like: at a desk with everybody who was asked, on a phone with what it takes to say yes. */

async function views(trx: Trx, offers: readonly Offer[]): Promise<OfferView[]> {
  const asks = Map.groupBy(
    await store.asksOf(
      trx,
      offers.map(({ id }) => id),
    ),
    ({ offer }) => offer,
  )
  const requests = await offeredRequests(
    trx,
    offers.map(({ request }) => request),
  )
  const words = await wordsOfEntries(
    trx,
    offers.map(({ id }) => id),
  )
  const people = await personNames(trx, [
    ...offers.flatMap(({ by, takenBy }) => [by, ...(takenBy ? [takenBy] : [])]),
    ...[...asks.values()].flat().map(({ person }) => person),
  ])
  const places = await placeOf(
    trx,
    offers.map(({ path }) => path),
  )
  const named = (id: string) => ({ id, name: people.get(id)?.name ?? '' })
  return offers.map(({ organisation: _, lon: __, lat: ___, ...offer }) => {
    const request = requests.get(offer.request)
    return {
      ...offer,
      request: {
        id: offer.request,
        code: request?.code ?? '',
        title: request?.title ?? '',
        dueAt: request?.dueAt ?? null,
      },
      place: places.get(offer.path) ?? '',
      words: words.get(offer.id) ?? null,
      by: named(offer.by).name,
      takenBy: offer.takenBy ? named(offer.takenBy) : null,
      asks: (asks.get(offer.id) ?? []).map(({ offer: _offer, rank: _rank, person, ...one }) => ({
        ...one,
        person: named(person),
      })),
    }
  })
}

export async function offerById(trx: Trx, id: string): Promise<OfferView> {
  const offer = await store.find(trx, id)
  const [view] = offer ? await views(trx, [offer]) : []
  return view ?? refuse('record.not_found')
}

export async function offersOf(trx: Trx, request: string): Promise<OfferView[]> {
  return views(trx, await store.ofRequest(trx, request))
}

/** One page of a desk's offers, newest first. */
export async function offers(
  { trx, scope }: Call,
  { state, after, limit }: z.output<typeof offersQuerySchema>,
): Promise<{ items: OfferView[]; next: string | null }> {
  const live = state === undefined ? null : state === 'live'
  const found = await store.page(
    trx,
    { live, after: after ? readCursor(after, isInstant) : null, limit },
    scope,
  )
  const { rows, next } = pageOf(found, limit, ({ at, id }) => ({ key: at, id }))
  return { items: await views(trx, rows), next }
}

/** Days for which what was answered is looked at again: it may be reopened. */
const recentDays = 30

/** What stands on somebody's phone: what is asked of them, and what they have. */
export async function onPhone({ trx, actor, now }: Call): Promise<PhoneOffer[]> {
  if (actor.kind !== 'staff') return []
  const asked = await store.askedOf(trx, actor.id)
  const since = now.subtract({ hours: 24 * recentDays }).toString({ smallestUnit: 'millisecond' })
  const taken = await store.takenBy(trx, actor.id, since)
  const all = [...asked, ...taken]
  if (all.length === 0) return []
  const requests = await offeredRequests(
    trx,
    all.map(({ request }) => request),
  )
  const words = await wordsOfEntries(
    trx,
    all.map(({ id }) => id),
  )
  const desks = await organisationNames(
    trx,
    all.map(({ organisation }) => organisation),
  )
  const places = await placeOf(trx, [
    ...all.map(({ path }) => path),
    ...[...requests.values()].map(({ path }) => path),
  ])
  const base = (offer: Offer) => {
    const { name = '', phone = null } = desks.get(offer.organisation) ?? {}
    const request = requests.get(offer.request)
    return {
      ...{ id: offer.id, request: offer.request, slots: offer.slots },
      code: request?.code ?? '',
      state: request?.state ?? '',
      dueAt: request?.dueAt ?? null,
      words: words.get(offer.id) ?? '',
      desk: { name, phone },
    }
  }
  return [
    ...asked
      .filter((offer) => stillHolds(offer, requests.get(offer.request)))
      .map((offer) => ({
        ...base(offer),
        ...{ mine: false, title: null, said: null },
        place: places.get(offer.path) ?? '',
        metres: offer.lon === null ? null : offer.ask.parts.walk,
        skills: offer.ask.skills,
        until: offer.ask.until,
      })),
    ...taken
      .filter((offer) => stillHolds({ ...offer, state: 'taken' }, requests.get(offer.request)))
      .map((offer) => {
        const request = requests.get(offer.request)
        return {
          ...base(offer),
          ...{ mine: true, metres: null, skills: offer.skills, until: null },
          title: request?.title ?? null,
          said: request?.words ?? null,
          place: [places.get(request?.path ?? offer.path), request?.place].filter(Boolean).join(' '),
        }
      }),
  ]
}
