import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choose, inForce } from './rules.ts'
import type { Known, Matter, Rule, Serving, Version } from './rules.ts'

/** Who gets a request and why, as pure rules. */

const district = '131003/'
const town = `${district}131003001/`
const community = `${town}131003001001/`
const compound = `${community}131003001001001/`

const urban: Serving = {
  id: 'urban',
  name: '广阳区城市管理综合行政执法局',
  shortName: '城管局',
  path: district,
  deskLevel: null,
}
const firm: Serving = {
  id: 'firm',
  name: '和顺物业服务有限公司',
  shortName: '和顺物业',
  path: community,
  deskLevel: null,
}
const office: Serving = {
  id: 'office',
  name: '街道办',
  shortName: '街道办',
  path: town,
  deskLevel: 'subdistrict',
}

const known = (more: Partial<Known> = {}): Known => ({
  rules: [],
  precedents: [],
  serving: [firm, office, urban],
  experience: [],
  leads: [],
  ...more,
})
const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r',
  version: 1,
  category: 'B04',
  group: null,
  path: district,
  target: { kind: 'functions', functions: ['城管局'] },
  basis: '城市照明管理规定',
  from: '2026-01-01T00:00:00.000Z',
  ...more,
})
const matter: Matter = { category: 'B04', path: compound, except: [] }
const answered = (organisation: string, why: 'answered_here' | 'answered_near' = 'answered_here') => ({
  organisation,
  why,
  answered: 5,
  onTime: 5,
  satisfied: 3,
})
const decided = {
  request: 'q',
  category: 'B04',
  path: community,
  organisation: 'office',
  basis: 'not_our_duty',
  at: '2026-05-01T00:00:00.000Z',
}

describe('DP2 the strongest ground decides, and the others are kept', () => {
  const all = known({
    precedents: [decided],
    rules: [rule()],
    experience: [answered('firm')],
    leads: ['城管局'],
  })

  test('a decided second return before the table, the table before experience, experience before the category', () => {
    const { ground, passed } = choose(matter, all)
    expect(ground).toMatchObject({ why: 'precedent', organisation: 'office' })
    expect(passed.map(({ why, failed }) => [why, failed])).toEqual([
      ['rule', 'weaker'],
      ['answered_here', 'weaker'],
      ['named_by_category', 'weaker'],
    ])
    expect(choose(matter, { ...all, precedents: [] }).ground).toMatchObject({ why: 'rule', name: '城管局' })
    expect(choose(matter, { ...all, precedents: [], rules: [] }).organisation).toBe('firm')
    expect(choose(matter, known({ leads: ['城管局'] })).ground.why).toBe('named_by_category')
  })

  test('DP1 where nothing is known the answer is that the desk decides', () => {
    expect(choose(matter, known()).ground).toEqual({ why: 'nobody', organisation: null, failed: null })
    expect(choose({ ...matter, category: null }, all).ground.why).toBe('nobody')
  })

  test('a ground that leads nowhere says why and lets the next one speak', () => {
    const nowhere = known({
      rules: [rule({ id: 'a', path: community, target: { kind: 'functions', functions: ['热力'] } }), rule()],
    })
    const { ground, passed } = choose(matter, nowhere)
    expect(ground).toMatchObject({ why: 'rule', organisation: 'urban' })
    expect(passed).toMatchObject([{ why: 'rule', failed: 'not_here', organisation: null }])
    expect(choose({ ...matter, except: ['urban'] }, known({ rules: [rule()] })).passed).toMatchObject([
      { why: 'rule', failed: 'excepted' },
    ])
  })
})

describe('DP3 names are understood as people say them', () => {
  test('the first name in the list that somebody here goes by, the nearest of them', () => {
    const target = { kind: 'functions' as const, functions: ['热力', '物业', '城管局'] }
    expect(choose(matter, known({ rules: [rule({ target })] })).ground).toMatchObject({
      organisation: 'firm',
      name: '物业',
    })
  })

  test('a desk is that of the level over the place', () => {
    const target = { kind: 'desk' as const, level: 'subdistrict' }
    expect(choose(matter, known({ rules: [rule({ target })] })).organisation).toBe('office')
  })
})

test('DP4 the smaller area before the larger, one category before a group before everything', () => {
  const to = (organisation: string) => ({ kind: 'organisation' as const, organisation })
  const rules = [
    rule({ id: '1', category: null, target: to('all') }),
    rule({ id: '2', category: null, group: 'B', target: to('group') }),
    rule({ id: '3', target: to('category') }),
    rule({ id: '4', category: null, path: town, target: to('town') }),
    rule({ id: '5', category: 'A01', path: community, target: to('other') }),
  ]
  expect(choose(matter, known({ rules })).organisation).toBe('town')
  expect(choose(matter, known({ rules: rules.slice(0, 3) })).organisation).toBe('category')
  expect(choose(matter, known({ rules: rules.slice(0, 2) })).organisation).toBe('group')
  expect(choose(matter, known({ rules: rules.slice(0, 1) })).organisation).toBe('all')
})

test('DP5 the newest decision of the smallest area binds', () => {
  const precedents = [
    decided,
    { ...decided, request: 'newer', organisation: 'firm', at: '2026-06-01T00:00:00.000Z' },
    { ...decided, request: 'wider', organisation: 'urban', path: district, at: '2026-07-01T00:00:00.000Z' },
  ]
  expect(choose(matter, known({ precedents })).ground.precedent?.request).toBe('newer')
  // Set after it was decided: whoever wrote the row knew.
  const rules = [rule({ from: '2026-06-02T00:00:00.000Z' })]
  expect(choose(matter, known({ precedents, rules })).ground).toMatchObject({
    why: 'precedent',
    precedent: { request: 'wider' },
  })
  expect(choose(matter, known({ precedents: precedents.slice(0, 2), rules })).ground.why).toBe('rule')
  // Decided for one that does not serve here.
  const elsewhere = { ...decided, organisation: 'elsewhere' }
  expect(choose(matter, known({ precedents: [elsewhere] })).passed).toMatchObject([{ failed: 'not_here' }])
})

describe('DP6 of each row the version that began last holds', () => {
  const version = (more: Partial<Version>): Version => ({ ...rule(), until: null, ended: false, ...more })
  const at = '2026-06-01T00:00:00.000Z'

  test('a version for later waits for its day; one that ended or is over is no row', () => {
    const later = version({ version: 2, from: '2026-07-01T00:00:00.000Z', basis: 'later' })
    expect(inForce([version({}), later], at).map(({ basis }) => basis)).toEqual(['城市照明管理规定'])
    expect(inForce([version({}), later], '2026-07-01T00:00:00.000Z').map(({ basis }) => basis)).toEqual([
      'later',
    ])
    expect(
      inForce([version({}), version({ version: 2, from: '2026-05-01T00:00:00.000Z', ended: true })], at),
    ).toEqual([])
    expect(inForce([version({ until: '2026-05-01T00:00:00.000Z' })], at)).toEqual([])
  })

  test('what held at an instant does not depend on what was set for after it', () => {
    const from = fc
      .integer({ min: 0, max: 60 })
      .map((day) => new Date(Date.UTC(2026, 4, 1 + day)).toISOString())
    const versions = fc
      .array(fc.record({ from, ended: fc.boolean() }), { maxLength: 8 })
      .map((list) => list.map((one, index) => version({ ...one, version: index + 1 })))
    fc.assert(
      fc.property(versions, (all) => {
        const before = all.filter((one) => Date.parse(one.from) <= Date.parse(at))
        expect(inForce(all, at)).toEqual(inForce(before, at))
        expect(inForce(all, at).length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test('DP1 whatever is known, there is one answer with its ground, and nobody who is out of the question', () => {
  const organisation = fc.constantFrom('urban', 'firm', 'office', 'elsewhere')
  const target = fc.oneof(
    fc.record({ kind: fc.constant('organisation' as const), organisation }),
    fc.record({
      kind: fc.constant('functions' as const),
      functions: fc.array(fc.constantFrom('城管局', '物业', '热力'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('desk' as const), level: fc.constantFrom('subdistrict', 'district') }),
  )
  const rules = fc.array(
    fc.record({
      target,
      path: fc.constantFrom(district, town, community),
      category: fc.constantFrom('B04', 'A01', null),
      id: fc.uuid(),
    }),
  )
  fc.assert(
    fc.property(rules, fc.uniqueArray(organisation), (list, except) => {
      const facts = known({
        rules: list.map((one) => rule(one)),
        experience: [answered('firm'), answered('urban', 'answered_near')],
        precedents: [decided],
        leads: ['城管局'],
      })
      const choice = choose({ ...matter, except }, facts)
      expect(choice.ground.organisation).toBe(choice.organisation)
      expect(except).not.toContain(choice.organisation)
      expect(choice.ground.why === 'nobody').toBe(choice.organisation === null)
      // The order in which rows are read changes nothing.
      const turned = choose({ ...matter, except }, { ...facts, rules: facts.rules.toReversed() })
      expect(turned.organisation).toBe(choice.organisation)
    }),
  )
})
