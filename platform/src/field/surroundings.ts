import type { Call } from '#access/route.ts'
import { listCategories } from '#catalogue/service.ts'
import { liaisonsAt } from '#households/duties.ts'
import { doorsOf } from '#households/own.ts'
import type { OwnHousehold } from '#households/own.ts'
import { civilDay } from '#kernel/clock.ts'
import { lineOf } from '#org/rules.ts'
import { areasAlong, floorsOf, organisationNames } from '#org/service.ts'
import { absencesOf } from '#people/absences.ts'
import { personNames } from '#people/service.ts'
import { briefsOf } from '#requests/briefs.ts'
import { digestOf } from './cursor.ts'
import type { Cursor, Part } from './cursor.ts'
import { requestsOf } from './entry-store.ts'
import type { Item } from './items.ts'
import type { FieldOffers } from './offers.ts'

/** What comes all in one item beside the households: stairwells, oneself, categories, what became of what one passed on. */

/** Days for which requests are shown after they were passed on. */
const requestDays = 90
/** Most colleagues of whom one can be chosen as a stand-in. */
const mostColleagues = 60
const mostCompounds = 3

type Around = { call: Call; own: readonly OwnHousehold[]; offers: Pick<FieldOffers, 'onPhone'> }

/**
 * Items whose content is not what the cursor remembers, and what the next cursor remembers. Stairwells and categories are
 * worked out anew when the own doors change, and once a day.
 */
export async function surroundings(
  around: Around,
  known: Cursor['d'],
): Promise<{ items: Item[]; digests: Cursor['d'] }> {
  const { call, own } = around
  const day = civilDay(call.now)
  const paths = [...new Set(own.map(({ path }) => path))].toSorted()
  const items: Item[] = []
  const digests = { ...known }
  const bring = (part: Part, item: Item, digest: string) => {
    if (known[part] === digest) return
    digests[part] = digest
    items.push(item)
  }
  const single = { id: '', version: 0, gone: false } as const

  const ground = digestOf([day, paths, call.language])
  if (known.units !== ground)
    bring('units', { ...single, kind: 'units', data: await units(call, paths) }, ground)
  if (known.categories !== digestOf([day, call.language]))
    bring(
      'categories',
      { ...single, kind: 'categories', data: await categories(call) },
      digestOf([day, call.language]),
    )
  const self = await selfOf(call)
  if (known.profile !== digestOf([ground, self])) {
    const profile = { ...self, colleagues: await colleaguesOf(call, paths) }
    bring('profile', { ...single, kind: 'profile', data: profile }, digestOf([ground, self]))
  }
  const requests = await ownRequests(call)
  bring('requests', { ...single, kind: 'requests', data: requests }, digestOf(requests))
  const offers = { items: await around.offers.onPhone(call) }
  bring('offers', { ...single, kind: 'offers', data: offers }, digestOf(offers))
  return { items, digests }
}

async function units({ trx }: Call, paths: readonly string[]) {
  const areas = await areasAlong(trx, paths)
  const doors = await doorsOf(trx, paths)
  const lines = paths.map((path) => {
    const line = lineOf(path).flatMap((one) => areas.get(one) ?? [])
    const named = (kind: string) => line.findLast((area) => area.kind === kind) ?? null
    return { path, named, area: areas.get(path) }
  })
  const floors = await floorsOf(
    trx,
    lines.flatMap(({ named }) => named('building')?.path ?? []),
  )
  return {
    items: lines.flatMap(({ path, area, named }) =>
      area
        ? [
            {
              path,
              name: area.name,
              building: named('building')?.name ?? null,
              compound: named('compound')?.name ?? null,
              community: named('community')?.name ?? null,
              floors: floors.get(named('building')?.path ?? '') ?? null,
              doors: (doors.get(path) ?? []).map(({ id, number, floor }) => ({ id, number, floor })),
            },
          ]
        : [],
    ),
  }
}

async function categories({ trx, now, language }: Call) {
  const list = await listCategories(trx, now.toString({ smallestUnit: 'millisecond' }), language)
  return {
    items: list.flatMap(({ code, name, group, active }) => (active ? [{ code, name, group }] : [])),
  }
}

async function selfOf({ trx, actor, now }: Call) {
  if (actor.kind !== 'staff') throw new Error('only staff has a phone of this kind')
  const organisation = actor.posts[0]?.organisation
  const organisations = await organisationNames(trx, organisation ? [organisation] : [])
  const away = await absencesOf(trx, actor.id, civilDay(now))
  const names = await personNames(trx, [actor.id, ...away.map(({ backup }) => backup)])
  return {
    name: actor.name,
    phone: names.get(actor.id)?.workPhone ?? null,
    organisation: organisation ? (organisations.get(organisation)?.name ?? null) : null,
    roles: [...new Set(actor.posts.map(({ role }) => role))],
    away: away.map(({ backup, ...one }) => ({ ...one, backup: names.get(backup)?.name ?? '' })),
  }
}

/** Whoever looks after doors of the same compounds could look after mine. */
async function colleaguesOf({ trx, actor }: Call, paths: readonly string[]) {
  const near = [...new Set(paths.map((path) => lineOf(path)[3] ?? path))].slice(0, mostCompounds)
  const found = new Set<string>()
  for (const path of near) for (const { person } of await liaisonsAt(trx, path)) found.add(person)
  if (actor.kind === 'staff') found.delete(actor.id)
  const names = await personNames(trx, [...found].slice(0, mostColleagues))
  return [...names].map(([id, { name }]) => ({ id, name })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function ownRequests({ trx, actor, now }: Call) {
  const since = now.subtract({ hours: 24 * requestDays }).toString({ smallestUnit: 'millisecond' })
  const person = actor.kind === 'staff' ? actor.id : ''
  const known = await requestsOf(trx, person, since)
  const briefs = await briefsOf(trx, [...known.keys()])
  return { items: briefs.map((brief) => ({ ...brief, household: known.get(brief.id) ?? null })) }
}
