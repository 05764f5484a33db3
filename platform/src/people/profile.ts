import type { Trx } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import { absences } from './away.ts'
import type { Profile, ProfileChange } from './profile-contract.ts'
import * as store from './profile-store.ts'
import { personNames } from './service.ts'
import { backupOf } from './store.ts'

/** What the plan has to know of somebody who serves (L1): where from, what they can do, when, for whom they work. */

async function places(trx: Trx, paths: readonly string[]): Promise<{ path: string; place: string }[]> {
  const words = await placeOf(trx, paths)
  return paths.map((path) => ({ path, place: words.get(path) ?? '' }))
}

export async function profileOf(trx: Trx, id: string, now: Temporal.Instant): Promise<Profile> {
  const line = (await store.profileOf(trx, id)) ?? refuse('record.not_found')
  const { employer, availability, mostHouseholds, version } = line
  const named = employer === null ? undefined : (await organisationNames(trx, [employer])).get(employer)
  const backup = await backupOf(trx, id, now.toString({ smallestUnit: 'millisecond' }))
  const names = await personNames(trx, backup === null ? [] : [backup])
  return {
    id,
    anchors: await store.anchorsOf(trx, id),
    skills: await store.skillsOf(trx, id),
    availability,
    mostHouseholds,
    employer: named ? { id: named.id, name: named.shortName } : null,
    pairs: employer === null ? [] : await places(trx, await store.pairsOf(trx, employer)),
    usualBackup: backup === null ? null : { id: backup, name: names.get(backup)?.name ?? '' },
    absences: (await absences(trx, { day: civilDay(now), person: id })).filter(
      ({ person }) => person.id === id,
    ),
    version,
  }
}

/** Puts all of it in place of what was there (PE8); an area or employer that is not there is refused. */
export async function changeProfile(
  trx: Trx,
  id: string,
  change: ProfileChange,
  version: number,
  now: Temporal.Instant,
): Promise<Profile> {
  const line = (await store.profileOf(trx, id, true)) ?? refuse('record.not_found')
  if (line.version !== version) refuse('changed_meanwhile')
  if (change.employer !== null && !(await organisationNames(trx, [change.employer])).has(change.employer))
    refuse('record.invalid_reference', { field: 'body.employer' })
  const paths = change.anchors.flatMap(({ path }) => path ?? [])
  const known = await placeOf(trx, paths)
  if (paths.some((path) => !known.has(path))) refuse('record.invalid_reference', { field: 'body.anchors' })
  await store.putProfile(trx, id, change)
  return profileOf(trx, id, now)
}

export async function pairsOf(trx: Trx, organisation: string): Promise<{ path: string; place: string }[]> {
  return places(trx, await store.pairsOf(trx, organisation))
}

/** Pairs an organisation with compounds: its people are liaisons near there (PE8). */
export async function changePairs(
  trx: Trx,
  organisation: string,
  paths: readonly string[],
): Promise<{ path: string; place: string }[]> {
  if (!(await organisationNames(trx, [organisation])).has(organisation)) refuse('record.not_found')
  const known = await placeOf(trx, paths)
  if (paths.some((path) => !known.has(path))) refuse('record.invalid_reference', { field: 'body.paths' })
  await store.putPairs(trx, organisation, paths)
  return pairsOf(trx, organisation)
}
