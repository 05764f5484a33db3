import { randomBytes } from 'node:crypto'
import { postsFor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { contactOf } from '#households/contact.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Database, Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { desksAmong, organisationNames, placeOf } from '#org/service.ts'
import { lineOf } from '#org/rules.ts'
import { personNames } from '#people/service.ts'
import { addDays } from './lifecycle.ts'
import { mondayOf } from './periods.ts'
import { spotTries } from './spot-contract.ts'
import type { SpotList, SpotResult } from './spot-contract.ts'
import * as store from './spot-store.ts'

/**
 * The spot check (L9, boundaries 13 and 19): each Monday, of the visits of the week before, a share drawn by lot. Seed and
 * pools stay, so that anybody can draw again; the desk above the visitor's own community asks the household. It tells
 * visited from not visited, and nobody was tracked for it.
 */

/** Draws by lot; handed in, because the same lot is used for calls (`requests/calls`). */
export type Lot = (seed: string, day: string, ids: readonly string[], percent: number) => string[]

/** As many as a desk sees at once. */
const atOnce = 50
const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Draws this week's checks, once however often it runs. @returns how many. */
export async function drawSpots(
  database: Database,
  district: string,
  now: Temporal.Instant,
  lot: Lot,
): Promise<number> {
  const day = mondayOf(civilDay(now))
  const scope = { district, reach: 'district' as const, paths: [], organisations: [], today: civilDay(now) }
  return database.within(scope, async (trx) => {
    if (await store.drawOf(trx, day)) return 0
    const fromDay = addDays(day, -7)
    const met = await store.metBetween(trx, fromDay, day)
    const asks = await askingDesks(trx, new Set(met.map(({ path }) => subdistrictOf(path))))
    const pools: store.Pools = {}
    for (const { id, path } of met) {
      const desk = asks.get(subdistrictOf(path))
      if (desk !== undefined) (pools[desk] ??= []).push(id)
    }
    const { percent } = await store.rate(trx)
    const seed = randomBytes(16).toString('hex')
    const draw = { day, seed, percent, fromDay, untilDay: day, pools }
    if (!(await store.keepDraw(trx, draw, text(now)))) return 0
    const picks = Object.entries(pools).flatMap(([desk, pool]) =>
      lot(seed, day, pool, percent).map((visit) => ({ visit, desk })),
    )
    await store.keepPicks(trx, day, picks)
    return picks.length
  })
}

const subdistrictOf = (path: string) => lineOf(path)[1] ?? path

/** Nobody checks themselves: the desk of the subdistrict asks about its communities' visits. */
async function askingDesks(trx: Trx, subdistricts: ReadonlySet<string>): Promise<Map<string, string>> {
  const desks = await desksAmong(trx, [...subdistricts])
  return new Map(
    [...desks].flatMap(([path, { subdistrict, district }]) => {
      const desk = subdistrict ?? district
      return desk ? [[path, desk.organisation] as const] : []
    }),
  )
}

/** Whom my desk asks. */
export async function spots(call: Call): Promise<SpotList> {
  const { trx } = call
  const desks = postsFor(call.actor, 'spot.ask').map(({ post }) => post.organisation)
  const picks = await store.openPicks(trx, desks, atOnce)
  const people = await personNames(
    trx,
    picks.map(({ person }) => person),
  )
  const places = await placeOf(
    trx,
    picks.map(({ path }) => path),
  )
  return {
    ...(await store.rate(trx)),
    items: picks.map(({ person, ...pick }) => ({
      ...pick,
      place: places.get(pick.path) ?? '',
      visitor: people.get(person)?.name ?? '',
    })),
  }
}

async function ownPick(call: Call, visit: string): Promise<store.Pick> {
  const desks = postsFor(call.actor, 'spot.ask').map(({ post }) => post.organisation)
  const pick = await store.lockPick(call.trx, visit)
  return pick && desks.includes(pick.desk) ? pick : refuse('record.not_found')
}

/** Enters what the household says; a call that finds nobody is made again, three times in all. */
export async function enterSpot(call: Call, visit: string, said: SpotResult) {
  const pick = await ownPick(call, visit)
  if (pick.result !== null) {
    if (pick.result !== said.result) refuse('visit.spot_done')
    return { visit, result: pick.result, tries: pick.tries }
  }
  const tries = pick.tries + (said.result === 'not_reached' ? 1 : 0)
  const result = said.result === 'not_reached' && tries < spotTries ? null : said.result
  await store.enterResult(call.trx, visit, {
    tries,
    result,
    words: said.words ?? null,
    by: call.actor.kind === 'staff' ? call.actor.id : null,
    at: text(call.now),
  })
  return { visit, result, tries }
}

/** The number to call, for a reason that the resident can read. */
export async function revealSpot(call: Call, visit: string, keys: Keys) {
  const pick = await ownPick(call, visit)
  const contact = await contactOf(call.trx, pick.household, null, keys)
  return { household: pick.household, name: contact?.name ?? '', phone: contact?.mobile ?? null }
}

export async function setSpotRate(call: Call, percent: number, version: number) {
  const by = { person: call.actor.kind === 'staff' ? call.actor.id : null, now: text(call.now) }
  if (!(await store.setRate(call.trx, percent, version, by))) refuse('changed_meanwhile')
  return store.rate(call.trx)
}

/** A draw, and whether drawing it again gives the same. */
export async function checkedSpots(trx: Trx, day: string, lot: Lot) {
  const draw = (await store.drawOf(trx, day)) ?? refuse('record.not_found')
  const picked = Map.groupBy(await store.picksOf(trx, day), ({ desk }) => desk)
  const names = await organisationNames(trx, Object.keys(draw.pools))
  return {
    day,
    seed: draw.seed,
    percent: draw.percent,
    from: draw.fromDay,
    until: draw.untilDay,
    desks: Object.entries(draw.pools).map(([organisation, pool]) => {
      const kept = (picked.get(organisation) ?? []).map(({ visit }) => visit).toSorted()
      const again = lot(draw.seed, day, pool, draw.percent).toSorted()
      return {
        organisation,
        name: names.get(organisation)?.shortName ?? '',
        pool: pool.length,
        picked: kept,
        holds: kept.join() === again.join(),
      }
    }),
  }
}
