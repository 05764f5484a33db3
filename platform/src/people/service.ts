import { signalRights } from '#access/sessions.ts'
import type { Role } from '#access/permissions.ts'
import { pageOf, readCursor } from '#kernel/cursor.ts'
import { sqlState } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { initials } from '#text/pinyin.ts'
import { lineOf } from '#org/rules.ts'
import { areaExists, desksFor, organisationNames, placeOf } from '#org/service.ts'
import type { NewPerson, NewPost, PeopleQuery, PersonChange, PersonView } from './contract.ts'
import { deskLevelOf, mayHold } from './rules.ts'
import * as store from './store.ts'
import type { Person, Post } from './store.ts'

/** Those who serve here and the posts they hold. */

const instantText = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Names and work phones by id, also of those no longer active; what is not there is missing. */
export async function personNames(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, { name: string; workPhone: string | null }>> {
  const found = await store.personsById(trx, [...new Set(ids)])
  return new Map(found.map(({ id, name, workPhone }) => [id, { name, workPhone }]))
}

/** Whether a person holds a post in this organisation at `now`; whoever left holds none. */
export async function servesIn(trx: Trx, id: string, organisation: string, now: string): Promise<boolean> {
  const held = await store.postsOf(trx, [id])
  return held.some(
    (post) =>
      post.organisation === organisation && post.from <= now && (post.until === null || post.until > now),
  )
}

/** Those of these people who still serve and hold a post at `now`, anywhere. */
export async function servesAnywhere(trx: Trx, ids: readonly string[], now: string): Promise<Set<string>> {
  const active = new Set(
    (await store.personsById(trx, [...ids])).filter((one) => one.active).map(({ id }) => id),
  )
  const held = await store.postsOf(trx, [...ids])
  return new Set(
    held
      .filter(
        ({ person, from, until }) => active.has(person) && from <= now && (until === null || until > now),
      )
      .map(({ person }) => person),
  )
}

/** Posts in force at `now` whose area is the place or lies over it, those first that were given first. */
export async function postsAt(
  trx: Trx,
  path: string,
  now: Temporal.Instant,
  roles: readonly Role[],
): Promise<Post[]> {
  return store.postsOver(trx, lineOf(path), roles, instantText(now))
}

/** Persons with their posts, named; four queries however many there are. */
async function views(trx: Trx, persons: readonly Person[], now: Temporal.Instant): Promise<PersonView[]> {
  const posts = await store.postsOf(
    trx,
    persons.map(({ id }) => id),
  )
  const organisations = await organisationNames(
    trx,
    posts.map(({ organisation }) => organisation),
  )
  const backups = await personNames(
    trx,
    posts.flatMap(({ backup }) => backup ?? []),
  )
  const places = await placeOf(
    trx,
    posts.map(({ path }) => path),
  )
  const at = instantText(now)
  const ended = ({ until }: Post) => until !== null && until <= at
  const view = ({ id, role, organisation, path, backup, from, until, version }: Post) => ({
    id,
    role,
    organisation: { id: organisation, name: organisations.get(organisation)?.shortName ?? '' },
    path,
    place: places.get(path) ?? '',
    backup: backup === null ? null : { id: backup, name: backups.get(backup)?.name ?? '' },
    from,
    until,
    version,
  })
  const byPerson = Map.groupBy(posts, ({ person }) => person)
  return persons.map((person) => ({
    ...person,
    posts: (byPerson.get(person.id) ?? []).toSorted((a, b) => Number(ended(a)) - Number(ended(b))).map(view),
  }))
}

async function view(trx: Trx, id: string, now: Temporal.Instant): Promise<PersonView> {
  const [found] = await views(trx, await store.personsById(trx, [id]), now)
  return found ?? refuse('record.not_found')
}

/** One page of persons by name. */
export async function people(
  trx: Trx,
  query: PeopleQuery,
  now: Temporal.Instant,
): Promise<{ items: PersonView[]; next: string | null }> {
  const after = query.after ? readCursor(query.after) : null
  const found = await store.personPage(trx, { ...query, at: instantText(now) }, after)
  const { rows, next } = pageOf(found, query.limit, ({ name, id }) => ({ key: name, id }))
  return { items: await views(trx, rows, now), next }
}

export async function personById(trx: Trx, id: string, now: Temporal.Instant): Promise<PersonView> {
  return view(trx, id, now)
}

/** Who serves here and is called so, by a part of the name or the first letters of its sounds. */
export async function peopleNamed(trx: Trx, part: string, limit: number): Promise<string[]> {
  return store.personsNamed(trx, part, limit)
}

async function keepInitials(trx: Trx, persons: readonly Pick<Person, 'id' | 'name'>[]): Promise<void> {
  await store.putInitials(
    trx,
    persons.map(({ id, name }) => ({ person: id, initials: initials(name) })),
  )
}

/** Works out the initials of those who were there before they were kept. @returns of how many, at most `limit`. */
export async function fillInitials(trx: Trx, limit: number): Promise<number> {
  const missing = await store.withoutInitials(trx, limit)
  if (missing.length > 0) await keepInitials(trx, missing)
  return missing.length
}

/** Two writers may take the same account name at once; the index lets only one. */
async function keepingLogin<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (sqlState(error) === '23505') refuse('record.login_taken', { field: 'body.login' })
    throw error
  }
}

/** PE1: adds a person; the same id twice is one person. */
export async function addPerson(trx: Trx, person: NewPerson, now: Temporal.Instant): Promise<PersonView> {
  if (person.login && (await store.loginTaken(trx, person.login, person.id)))
    refuse('record.login_taken', { field: 'body.login' })
  const added = await keepingLogin(() => store.addPerson(trx, person, instantText(now)))
  if (added) await keepInitials(trx, [person])
  const known = await view(trx, person.id, now)
  const same =
    known.name === person.name && known.workPhone === person.workPhone && known.login === person.login
  return added || same ? known : refuse('id_taken', { field: 'body.id' })
}

/** Changes a person whose `version` the caller has seen. Someone who leaves keeps no post (PE5). */
export async function changePerson(
  trx: Trx,
  id: string,
  change: PersonChange,
  version: number,
  now: Temporal.Instant,
): Promise<PersonView> {
  const person = (await store.lockPerson(trx, id)) ?? refuse('record.not_found')
  if (person.version !== version) refuse('changed_meanwhile')
  if (change.login && (await store.loginTaken(trx, change.login, id)))
    refuse('record.login_taken', { field: 'body.login' })
  const {
    name = person.name,
    workPhone = person.workPhone,
    login = person.login,
    active = person.active,
  } = change
  await keepingLogin(() =>
    store.changePerson(trx, { id, name, workPhone, login, active, version: version + 1 }),
  )
  if (name !== person.name) await keepInitials(trx, [{ id, name }])
  if (person.active && !active) await store.endPostsOf(trx, id, instantText(now))
  signalRights(trx, id)
  return view(trx, id, now)
}

/** PE4: what a new post names must exist and fit together. */
async function checkPost(trx: Trx, post: NewPost): Promise<void> {
  const wrong = (field: string) => refuse('record.invalid_reference', { field: `body.${field}` })
  if (!(await areaExists(trx, post.path))) wrong('path')
  const organisation =
    (await organisationNames(trx, [post.organisation])).get(post.organisation) ?? wrong('organisation')
  if (!post.path.startsWith(organisation.path)) wrong('path')
  const level = deskLevelOf(post.role)
  if (level !== null && (await desksFor(trx, organisation.path))[level]?.organisation !== organisation.id)
    wrong('organisation')
  if (post.backup === null) return
  const backup = (await store.personsById(trx, [post.backup]))[0]
  if (!backup?.active || backup.id === post.person) wrong('backup')
}

/**
 * Gives a person a post. Administrators exclude each other and everything else (PE2): the person is locked, so that two
 * posts given at the same time see each other.
 */
export async function addPost(trx: Trx, post: NewPost, now: Temporal.Instant): Promise<PersonView> {
  const person = await store.lockPerson(trx, post.person)
  if (!person?.active) refuse('record.invalid_reference', { field: 'body.person' })
  const from = post.from === undefined ? instantText(now) : instantText(Temporal.Instant.from(post.from))
  const until = post.until === null ? null : instantText(Temporal.Instant.from(post.until))
  const known = await store.lockPost(trx, post.id)
  if (known) {
    const same =
      known.person === post.person &&
      known.organisation === post.organisation &&
      known.role === post.role &&
      known.path === post.path
    return same ? view(trx, post.person, now) : refuse('id_taken', { field: 'body.id' })
  }
  if (until !== null && until <= from) refuse('input.invalid', { field: 'body.until' })
  await checkPost(trx, post)
  const held = await store.postsOf(trx, [post.person])
  if (!mayHold(held, { role: post.role, from, until })) refuse('access.posts_exclude', { field: 'body.role' })
  await store.addPost(trx, { ...post, from, until })
  signalRights(trx, post.person)
  return view(trx, post.person, now)
}

/** Ends a post now or later. What it was stays: who was answerable then remains known (PE3). */
export async function endPost(
  trx: Trx,
  id: string,
  at: string | undefined,
  now: Temporal.Instant,
): Promise<PersonView> {
  const post = (await store.lockPost(trx, id)) ?? refuse('record.not_found')
  const moment = instantText(now)
  if (post.until !== null && post.until <= moment) refuse('record.already_ended')
  const end = at === undefined ? moment : instantText(Temporal.Instant.from(at))
  // An end may move forward, never open up again: the post would then overlap what was given in the meantime.
  if (end < moment || (post.until !== null && end > post.until)) refuse('input.invalid', { field: 'body.at' })
  await store.endPost(trx, id, end)
  signalRights(trx, post.person)
  return view(trx, post.person, now)
}
