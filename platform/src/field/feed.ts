import type { Call } from '#access/route.ts'
import { ownHouseholds, rememberOwn } from '#households/own.ts'
import { civilDay } from '#kernel/clock.ts'
import { refuse } from '#kernel/problem.ts'
import { readCursor, start, writeCursor } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { deviceOf, holderOf, keptUntil } from './devices.ts'
import { seen } from './device-store.ts'
import { documentsOf, goneItem } from './documents.ts'
import type { FieldDeps } from './deeds.ts'
import { news } from './entry-store.ts'
import * as store from './feed-store.ts'
import type { FeedPage, Item } from './items.ts'
import { tellDelivered } from './ledger.ts'
import { attachLate } from './file-store.ts'
import { resultsOf } from './results.ts'
import { surroundings } from './surroundings.ts'

/** The change feed of one phone (FD2 to FD5): everything that is its holder's own, from a cursor on. */

/** Households in a page. */
const pageSize = 50
/** Fates of entries are told for so many days. */
const fateDays = 30

const text = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })

/** One page for a phone that has applied everything before its cursor; without a cursor it has nothing. */
export async function feedPage(
  call: Call,
  query: { device: string; cursor?: string | undefined },
  deps: Pick<FieldDeps, 'keys' | 'offers'>,
): Promise<FeedPage> {
  const { trx, now } = call
  const { person } = holderOf(call)
  const device = await deviceOf(call, query.device, true)
  if (device.standing !== 'open') refuse('field.withdrawn')
  await attachLate(trx, person)
  // Asked before anything is read: whatever it does not see comes with the next walk.
  const seenNow = await store.snapshotOf(trx)
  const asked = query.cursor === undefined ? start : readCursor(query.cursor)
  // FD5: nobody was given a cursor beyond the newest; it is of a history that was taken back.
  const reset = query.cursor === undefined || (asked.n ?? asked.w) > device.horizon
  const cursor = reset ? start : asked
  const isFirst = cursor.a === undefined
  const walk = cursor.n ?? device.horizon + 1
  const seenThen = cursor.t ?? seenNow
  await rememberOwn(trx)
  const own = await ownHouseholds(trx)
  if (isFirst) await store.letGo(trx, device.id, own, { walk, at: text(now) })
  const today = civilDay(now)
  const found = await store.due(trx, device.id, own, {
    known: cursor.w,
    snapshot: cursor.s,
    after: cursor.a ?? null,
    today,
    limit: pageSize,
  })
  const due = found.slice(0, pageSize)
  const more = found.length > pageSize

  const byId = new Map(own.map((one) => [one.id, one]))
  const fresh = due.flatMap(({ household, how }) => (how === 'gone' ? [] : (byId.get(household) ?? [])))
  const whole = due.flatMap(({ household, how }) => (how === 'whole' ? (byId.get(household) ?? []) : []))
  const households = await documentsOf(trx, fresh, { keys: deps.keys, now, person })
  const gone = due.flatMap(({ household, how }) => (how === 'gone' ? [goneItem(household)] : []))
  const around = isFirst
    ? await surroundings({ call, own, offers: deps.offers }, cursor.d)
    : { items: [], digests: cursor.d }
  const fates = isFirst ? await fatesSince(call, person, cursor.s) : []

  const told = due.filter(({ how, told: known }) => how === 'whole' || (how === 'changed' && !known))
  const toldIds = new Set(told.map(({ household }) => household))
  await store.give(trx, { device: device.id, person, today }, whole, [...toldIds], walk)
  await seen(trx, device.id, text(now), walk)
  await tellDelivered(
    call,
    device.id,
    fresh.filter(({ id }) => toldIds.has(id)),
  )
  const digests = { d: around.digests }
  const next: Cursor = more
    ? { w: cursor.w, s: cursor.s, n: walk, t: seenThen, a: due.at(-1)!.household, ...digests }
    : { w: walk, s: seenThen, ...digests }
  return {
    items: [...around.items, ...gone, ...households, ...fates],
    cursor: writeCursor(next),
    more,
    reset,
    now: text(now),
    keepUntil: keptUntil(now),
  }
}

/** Fates of own entries, whichever own phone sent them. */
async function fatesSince(call: Call, person: string, since: string): Promise<Item[]> {
  const after = call.now.subtract({ hours: 24 * fateDays })
  const entries = await news(call.trx, person, since, text(after))
  const results = await resultsOf(call.trx, entries, call.language)
  return results.map((data) => ({ kind: 'entry', id: data.id, version: 0, gone: false, data }))
}
