import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exclusiveRoles, roles } from '#access/permissions.ts'
import type { Role } from '#access/permissions.ts'
import type { Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { Refusal } from '#kernel/problem.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, ids, paths, personOf, seedFixture } from '#tests/fixture.ts'
import { mayHold, overlap } from './rules.ts'
import type { HeldRole } from './rules.ts'
import type { NewPost } from './contract.ts'
import * as people from './service.ts'

const morning = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const later = (days: number) => morning.add({ hours: 24 * days })
const text = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'millisecond' })

let made: TestDatabase
const within = <T>(work: (trx: Trx) => Promise<T>, inDistrict = district) =>
  made.database.within({ district: inDistrict, reach: 'none', paths: [], organisations: [] }, work)
const id = () => uuidv7(morning)

/** Where each role may serve in the fixture. */
const seat: Record<Role, { organisation: string; path: string }> = {
  system_admin: { organisation: ids.district, path: paths.district },
  security_admin: { organisation: ids.district, path: paths.district },
  audit_admin: { organisation: ids.district, path: paths.district },
  community_desk: { organisation: ids.community, path: paths.inside.community },
  subdistrict_desk: { organisation: ids.subdistrict, path: paths.inside.subdistrict },
  district_desk: { organisation: ids.district, path: paths.district },
  handler: { organisation: ids.bureau, path: paths.district },
  grid_worker: { organisation: ids.community, path: paths.inside.community },
  liaison: { organisation: ids.bureau, path: paths.inside.unit },
  building_head: { organisation: ids.community, path: paths.inside.unit },
}

async function newPerson(name = '苏晓晴'): Promise<string> {
  const person = id()
  await within((trx) => people.addPerson(trx, { id: person, name, workPhone: null, login: null }, morning))
  return person
}

const give = (
  person: string,
  role: Role,
  more: { from?: string; until?: string | null; id?: string; backup?: string | null } = {},
) =>
  within((trx) =>
    people.addPost(
      trx,
      { id: id(), person, role, backup: null, until: null, ...seat[role], ...more },
      morning,
    ),
  )

/** The code of the refusal that a promise ends with. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('was not refused'),
    (thrown: unknown) => thrown,
  )
  return error instanceof Refusal ? error.code : String(error)
}

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, text(morning.subtract({ hours: 24 })))
})
afterAll(() => made.drop())

const roleArb = fc.constantFrom(...roles)
const spanArb = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 1, max: 10 })))
  .map(([from, length]) => ({
    from: text(later(from)),
    until: length === null ? null : text(later(from + length)),
  }))

describe('PE2 the three administrators stand alone', () => {
  const isAlone = (role: Role) => (exclusiveRoles as readonly Role[]).includes(role)
  const clash = (posts: readonly HeldRole[]) =>
    posts.some((one, at) =>
      posts.slice(at + 1).some((other) => overlap(one, other) && (isAlone(one.role) || isAlone(other.role))),
    )

  test('whatever is added and ended in whatever order, no two posts at one time break it', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('add' as const), role: roleArb, span: spanArb }),
      fc.record({ do: fc.constant('end' as const), which: fc.nat(20), at: fc.integer({ min: 0, max: 20 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let held: HeldRole[] = []
        for (const one of steps) {
          if (one.do === 'add') {
            const post = { role: one.role, ...one.span }
            const allowed = mayHold(held, post)
            expect(allowed).toBe(!clash([...held, post]))
            if (allowed) held.push(post)
          } else {
            const end = text(later(one.at))
            held = held.map((post, at) =>
              at === one.which % Math.max(held.length, 1) &&
              post.from < end &&
              (post.until === null || post.until > end)
                ? { ...post, until: end }
                : post,
            )
          }
          expect(clash(held)).toBe(false)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('the order of two posts does not matter', () => {
    const post = fc.tuple(roleArb, spanArb).map(([role, span]) => ({ role, ...span }))
    fc.assert(
      fc.property(post, post, (a, b) => {
        expect(mayHold([a], b)).toBe(mayHold([b], a))
      }),
    )
  })

  test('the database holds it, also for posts given at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(roleArb, spanArb), { minLength: 2, maxLength: 5 }),
        async (wanted) => {
          const person = await newPerson()
          const results = await Promise.allSettled(wanted.map(([role, span]) => give(person, role, span)))
          for (const result of results)
            if (result.status === 'rejected')
              expect(result.reason).toMatchObject({ code: 'access.posts_exclude' })
          const { posts } = await within((trx) => people.personById(trx, person, morning))
          expect(posts.length).toBe(results.filter(({ status }) => status === 'fulfilled').length)
          expect(clash(posts)).toBe(false)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('an administrator who leaves the post may take another', async () => {
    const person = await newPerson()
    const { posts } = await give(person, 'audit_admin')
    expect(await refusal(give(person, 'handler'))).toBe('access.posts_exclude')
    await within((trx) => people.endPost(trx, posts[0]?.id ?? '', undefined, morning.add({ minutes: 1 })))
    await give(person, 'handler', { from: text(later(1)) })
    expect(
      (await within((trx) => people.personById(trx, person, later(1)))).posts.map(({ role }) => role),
    ).toEqual(['handler', 'audit_admin'])
  })
})

describe('posts', () => {
  test('PE3 ending keeps the history; ended is ended; an end never opens up again', async () => {
    const person = await newPerson()
    const { posts } = await give(person, 'handler')
    const post = posts[0]?.id ?? ''
    const ended = await within((trx) => people.endPost(trx, post, text(later(3)), later(1)))
    expect(ended.posts[0]).toMatchObject({ until: text(later(3)), version: 2 })
    expect(await refusal(within((trx) => people.endPost(trx, post, text(later(5)), later(1))))).toBe(
      'input.invalid',
    )
    expect(await refusal(within((trx) => people.endPost(trx, post, text(later(1)), later(2))))).toBe(
      'input.invalid',
    )
    expect(await refusal(within((trx) => people.endPost(trx, post, undefined, later(3))))).toBe(
      'record.already_ended',
    )
    expect(await refusal(within((trx) => people.endPost(trx, id(), undefined, morning)))).toBe(
      'record.not_found',
    )
  })

  test('PE3 a post ended before it begins was never in force', async () => {
    const person = await newPerson()
    const { posts } = await give(person, 'system_admin', { from: text(later(10)) })
    await within((trx) => people.endPost(trx, posts[0]?.id ?? '', undefined, later(1)))
    expect((await give(person, 'handler')).posts.length).toBe(2)
  })

  test('PE4 what a post names must exist and fit together', async () => {
    const person = await newPerson()
    const post = { id: id(), person, role: 'handler' as const, backup: null, until: null, ...seat.handler }
    const refused = async (change: Partial<NewPost>) => {
      const error: unknown = await within((trx) =>
        people.addPost(trx, { ...post, id: id(), ...change }, morning),
      ).catch((thrown: unknown) => thrown)
      return error instanceof Refusal ? [error.code, error.details.field] : error
    }
    const reference = 'record.invalid_reference'
    expect(await refused({ person: id() })).toEqual([reference, 'body.person'])
    expect(await refused({ organisation: id() })).toEqual([reference, 'body.organisation'])
    expect(await refused({ path: '131003/999999999/' })).toEqual([reference, 'body.path'])
    expect(await refused({ organisation: ids.community, path: paths.outside.community })).toEqual([
      reference,
      'body.path',
    ])
    expect(
      await refused({ role: 'community_desk', organisation: ids.firm, path: paths.inside.community }),
    ).toEqual([reference, 'body.organisation'])
    expect(
      await refused({ role: 'subdistrict_desk', organisation: ids.community, path: paths.inside.community }),
    ).toEqual([reference, 'body.organisation'])
    expect(await refused({ backup: person })).toEqual([reference, 'body.backup'])
    expect(await refused({ backup: id() })).toEqual([reference, 'body.backup'])
    expect(await refused({ until: text(morning) })).toEqual(['input.invalid', 'body.until'])
  })

  test('RQ3 the same post twice is one post', async () => {
    const person = await newPerson()
    const own = id()
    await give(person, 'handler', { id: own })
    expect((await give(person, 'handler', { id: own })).posts.length).toBe(1)
    expect(await refusal(give(person, 'liaison', { id: own }))).toBe('id_taken')
  })
})

describe('posts over a place', () => {
  test('are those in force, of the place itself and of what lies over it', async () => {
    const over = (now: Temporal.Instant) =>
      within((trx) => people.postsAt(trx, paths.inside.unit, now, ['community_desk', 'building_head']))
    const roles = async (now: Temporal.Instant) =>
      (await over(now))
        .filter(({ person }) => person === personOf('community_desk') || person === personOf('building_head'))
        .map(({ role }) => role)
    expect((await roles(morning)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'building_head',
      'community_desk',
    ])
    expect(await roles(morning.subtract({ hours: 48 }))).toEqual([])
  })
})

describe('persons', () => {
  test('PE1 the same id twice is one person; an account name belongs to one', async () => {
    const one = { id: id(), name: '卓一鸣', workPhone: '10012345678', login: 'Zhuo' }
    const first = await within((trx) => people.addPerson(trx, one, morning))
    expect(await within((trx) => people.addPerson(trx, one, morning))).toEqual(first)
    expect(await refusal(within((trx) => people.addPerson(trx, { ...one, name: '别人' }, morning)))).toBe(
      'id_taken',
    )
    expect(
      await refusal(within((trx) => people.addPerson(trx, { ...one, id: id(), login: 'zhuo' }, morning))),
    ).toBe('record.login_taken')
    const race = await Promise.allSettled(
      [1, 2, 3].map(() =>
        within((trx) => people.addPerson(trx, { ...one, id: id(), login: 'race' }, morning)),
      ),
    )
    expect(race.filter(({ status }) => status === 'fulfilled').length).toBe(1)
    for (const result of race)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'record.login_taken' })
  })

  test('PE5 a change names the version it saw; whoever leaves keeps no post', async () => {
    const person = await newPerson('翁小满')
    await give(person, 'handler')
    await give(person, 'liaison', { from: text(later(5)) })
    const change = (version: number, what: Parameters<typeof people.changePerson>[2]) =>
      within((trx) => people.changePerson(trx, person, what, version, later(1)))
    expect(await change(1, { name: '翁满' })).toMatchObject({ name: '翁满', version: 2 })
    expect(await refusal(change(1, { name: '翁大满' }))).toBe('changed_meanwhile')
    const left = await change(2, { active: false })
    expect(
      left.posts.map(({ from, until }) => (until !== null && until <= text(later(1))) || until === from),
    ).toEqual([true, true])
    expect(await refusal(give(person, 'handler'))).toBe('record.invalid_reference')
    expect(await within((trx) => people.personNames(trx, [person, id()]))).toEqual(
      new Map([[person, { name: '翁满', workPhone: null }]]),
    )
  })

  test('found by part of the name, by account and by organisation, page by page', async () => {
    for (const name of ['欧阳若兰', '欧阳若梅', '司马若竹']) await newPerson(name)
    const names = async (query: { q?: string; organisation?: string }, inDistrict?: string) =>
      (await within((trx) => people.people(trx, { limit: 100, ...query }, morning), inDistrict)).items.map(
        ({ name }) => name,
      )
    expect(await names({ q: '若' })).toEqual(['司马若竹', '欧阳若兰', '欧阳若梅'])
    expect(await names({ q: '阳若' })).toEqual(['欧阳若兰', '欧阳若梅'])
    expect(await names({ q: 'HANDLER' })).toEqual(['handler的人'])
    expect(await names({ organisation: ids.firm })).toEqual(['handler的人'])
    expect(await names({ organisation: ids.firm, q: '若' })).toEqual([])
    expect(await names({ q: '若' }, '130107')).toEqual([])
    const all = await within((trx) => people.people(trx, { limit: 100 }, morning))
    const walked: string[] = []
    for (let after: string | null | undefined; after !== null;) {
      const page: Awaited<ReturnType<typeof people.people>> = await within((trx) =>
        people.people(trx, { limit: 3, ...(after && { after }) }, morning),
      )
      walked.push(...page.items.map((person) => person.id))
      after = page.next
    }
    expect(walked).toEqual(all.items.map((person) => person.id))
  })
})
