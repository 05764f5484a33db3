import type { Trx } from '#kernel/db.ts'
import { lineOf } from '#org/rules.ts'
import { areaLine, desksFor, organisationNames, placeOf } from '#org/service.ts'
import { deskLevels } from '#org/contract.ts'
import type { Organisation } from '#org/contract.ts'
import type { Card, Here } from './contract.ts'
import { liaisonCards } from './cards.ts'
import { dutyHere, nearest } from './on-duty.ts'
import type { RotasAt } from './on-duty.ts'
import { personNames } from './service.ts'
import * as store from './store.ts'
import type { Post } from './store.ts'

/** Who to turn to at a place. Public: names of those who serve and their work phones, nothing else (boundaries.md 7). */

/** How many doors lie behind these stairwells, by path; the register of dwellings stands beside this folder. */
export type DoorsIn = (trx: Trx, units: readonly string[]) => Promise<Map<string, number>>

/** Whose doors lie in an area today, by stairwell; duties stand in the register, beside this folder. */
export type DutiesAt = (
  trx: Trx,
  path: string,
) => Promise<readonly { person: string; path: string; doors: number }[]>

export type HereDeps = { doorsIn: DoorsIn; dutiesAt: DutiesAt; rotasAt: RotasAt }

const rolesHere = [
  'liaison',
  'grid_worker',
  'building_head',
  'community_desk',
  'subdistrict_desk',
  'district_desk',
  'handler',
] as const

type Names = {
  people: Map<string, { name: string; workPhone: string | null }>
  organisations: Map<string, Organisation>
}

function cardOf(person: string, organisation: string, { people, organisations }: Names): Card {
  const known = people.get(person)
  return {
    name: known?.name ?? '',
    phone: known?.workPhone ?? null,
    organisation: organisations.get(organisation)?.shortName ?? '',
  }
}

/** Who sits at the desk of a level; those below the community have no role of their own. */
function deskRole(level: (typeof deskLevels)[number]): Post['role'] {
  return level === 'community' || level === 'subdistrict' || level === 'district'
    ? `${level}_desk`
    : 'grid_worker'
}

/** The card of everybody who serves a place. An unknown path gives a card without anybody. */
export async function servingHere(
  trx: Trx,
  path: string,
  now: Temporal.Instant,
  { doorsIn, dutiesAt, rotasAt }: HereDeps,
): Promise<Here> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const line = await areaLine(trx, path)
  const posts = await store.postsOver(trx, lineOf(path), rolesHere, at)
  const desks = await desksFor(trx, path)
  const level = deskLevels.find((one) => desks[one])
  const desk = level && desks[level]
  const organisations = await organisationNames(trx, [
    ...posts.map(({ organisation }) => organisation),
    ...(desk ? [desk.organisation] : []),
  ])
  const names = {
    people: await personNames(
      trx,
      posts.flatMap(({ person, backup }) => [person, ...(backup ? [backup] : [])]),
    ),
    organisations,
  }

  const ofRole = (role: Post['role']) => posts.filter((post) => post.role === role)
  const card = (post: Post | undefined) => (post ? cardOf(post.person, post.organisation, names) : null)
  const atDesk =
    desk && level
      ? ofRole(deskRole(level)).filter(({ organisation }) => organisation === desk.organisation)
      : []
  const community = line.find(({ kind }) => kind === 'community')
  return {
    path,
    place: line.at(-1)?.place ?? '',
    community: community ? { path: community.path, name: community.place } : null,
    liaisons:
      (await liaisonsByDuty(trx, path, now, dutiesAt)) ??
      (await liaisonsHere(trx, ofRole('liaison'), path, at, names, doorsIn)),
    gridWorker: card(nearest(ofRole('grid_worker'))),
    buildingHead: card(nearest(ofRole('building_head'))),
    desk:
      desk && level
        ? {
            organisation: organisations.get(desk.organisation)?.shortName ?? desk.name,
            level,
            phone: organisations.get(desk.organisation)?.phone ?? null,
            people: cardsOf(atDesk, names),
          }
        : null,
    propertyFirm: firmHere(ofRole('handler'), names),
    onDuty: (await dutyHere(trx, path, now, rotasAt)).onDuty,
  }
}

function cardsOf(posts: readonly Post[], names: Names): Card[] {
  return posts.map(({ person, organisation }) => cardOf(person, organisation, names))
}

function firmHere(handlers: readonly Post[], names: Names): Here['propertyFirm'] {
  const ofFirms = handlers.filter(
    ({ organisation }) => names.organisations.get(organisation)?.kind === 'property_firm',
  )
  const first = nearest(ofFirms)
  const firm = first && names.organisations.get(first.organisation)
  if (!firm) return null
  return {
    name: firm.shortName,
    phone: firm.phone,
    people: cardsOf(
      ofFirms.filter(({ organisation }) => organisation === firm.id),
      names,
    ),
  }
}

/** PE8: whose doors the stairwell's are today, as the published plan has it; null where no duty is known yet. */
async function liaisonsByDuty(
  trx: Trx,
  path: string,
  now: Temporal.Instant,
  dutiesAt: DutiesAt,
): Promise<Here['liaisons'] | null> {
  const around = lineOf(path)[2]
  if (around === undefined) return null
  const duties = await dutiesAt(trx, around)
  const here = [...new Set(duties.filter((duty) => duty.path === path).map(({ person }) => person))]
  if (here.length === 0) return null
  const cards = await liaisonCards(trx, here, now)
  const theirs = duties.filter(({ person }) => here.includes(person))
  const words = await withinCompound(
    trx,
    path,
    theirs.map((duty) => duty.path),
  )
  return here.flatMap((person) => {
    const card = cards.get(person)
    const own = theirs.filter((duty) => duty.person === person)
    return card
      ? [
          {
            ...card,
            covers: own.map((duty) => words(duty.path)),
            doors: own.reduce((sum, { doors }) => sum + Number(doors), 0),
          },
        ]
      : []
  })
}

/** Stairwells in plain words; within one's own compound its name goes without saying. */
async function withinCompound(
  trx: Trx,
  path: string,
  units: readonly string[],
): Promise<(unit: string) => string> {
  const compound = lineOf(path)[3]
  const places = await placeOf(trx, compound ? [...units, compound] : units)
  const known = (compound && places.get(compound)) || ''
  return (unit) => {
    const place = places.get(unit) ?? ''
    return compound && unit !== compound && unit.startsWith(compound) && place.startsWith(known)
      ? place.slice(known.length)
      : place
  }
}

async function liaisonsHere(
  trx: Trx,
  posts: readonly Post[],
  path: string,
  at: string,
  names: Names,
  doorsIn: DoorsIn,
): Promise<Here['liaisons']> {
  if (posts.length === 0) return []
  // A stand-in is usually a liaison too, and known by that office.
  const duties = await store.postsHeld(
    trx,
    posts.flatMap(({ person, backup }) => [person, ...(backup ? [backup] : [])]),
    'liaison',
    at,
  )
  const offices = {
    ...names,
    organisations: await organisationNames(
      trx,
      duties.map(({ organisation }) => organisation),
    ),
  }
  const units = duties.map((duty) => duty.path)
  const words = await withinCompound(trx, path, units)
  const doors = await doorsIn(trx, units)
  const byPerson = Map.groupBy(duties, ({ person }) => person)
  const distinct = posts.filter(
    (post, index) => posts.findIndex(({ person }) => person === post.person) === index,
  )
  return distinct.map((post) => {
    const own = (byPerson.get(post.person) ?? []).map((duty) => duty.path)
    return {
      ...cardOf(post.person, post.organisation, names),
      covers: own.map(words),
      doors: own.reduce((sum, unit) => sum + (doors.get(unit) ?? 0), 0),
      backup: post.backup
        ? cardOf(post.backup, byPerson.get(post.backup)?.[0]?.organisation ?? '', offices)
        : null,
    }
  })
}
