import { describe, expect, test } from 'vitest'
import {
  accept,
  answer,
  answered,
  assign,
  bureau,
  communityDesk,
  desks,
  firm,
  giveBack,
  hour,
  iso,
  lifeTo,
  otherDesk,
  path,
  reporter,
  subdistrictDesk,
} from '#tests/life.ts'
import { deskAbove } from './climbing.ts'
import { checkLifecycle } from './lifecycle-check.ts'
import { entries } from './lifecycle.ts'
import { reopenDays, triesUntilUnreachable } from './lists.ts'
import { abilitiesOf } from './rules.ts'

describe('the table', () => {
  test('RQ14 every state that is not final has a clock, a holder and a level to climb to', () => {
    expect(checkLifecycle()).toEqual([])
  })

  test('RQ4 return, transfer and escalation never touch the clock', () => {
    for (const kind of ['return', 'transfer', 'escalate'] as const)
      expect(entries[kind].clock).toBe('runs on')
  })
})

describe('who may', () => {
  test('only a desk over the place takes a request up', () => {
    expect(lifeTo().do(otherDesk, accept)).toBe('request.not_yours_to_make')
    expect(lifeTo().do(firm, accept)).toBe('request.not_yours_to_make')
    expect(lifeTo().do(subdistrictDesk, accept)).toBeNull()
  })

  test('abilities are exactly what decide lets through', () => {
    const life = answered()
    expect(abilitiesOf(life.standing, path, reporter, iso(life.now)).toSorted()).toEqual([
      'confirm',
      'note',
      'reopen',
    ])
    expect(abilitiesOf(life.standing, path, communityDesk, iso(life.now)).toSorted()).toEqual([
      'follow_up',
      'note',
      'propose',
    ])
    expect(abilitiesOf(life.standing, path, bureau, iso(life.now))).toEqual([])
  })
})

test('RQ4 a returned, transferred and escalated request keeps its due time', () => {
  const life = lifeTo([communityDesk, accept], [communityDesk, assign])
  const due = life.standing.term?.dueAt
  life.now += hour
  life.do(firm, giveBack)
  life.do(communityDesk, assign)
  life.do(firm, { kind: 'transfer', lead: { organisation: 'bureau' }, words: '归他们' })
  life.do(communityDesk, { kind: 'escalate', words: '管不了' })
  expect(life.standing.level).toBe('subdistrict')
  expect(life.standing.term?.dueAt).toBe(due)
})

test('RQ5 the holder is warned at half and at four fifths, the level above is told at the end, once each', () => {
  const life = lifeTo([communityDesk, accept])
  life.wait(12 * hour)
  life.wait(12 * hour)
  life.wait(240 * hour)
  const rung = life.story.filter(({ kind }) => kind === 'remind' || kind === 'supervise')
  expect(rung.map(({ kind, data }) => [kind, (data as { share?: string }).share])).toEqual([
    ['remind', 'half'],
    ['remind', 'most'],
    ['supervise', undefined],
  ])
  expect(rung.at(-1)?.data).toMatchObject({ above: desks.subdistrict })
})

test('RQ5 RQ14 a request that nobody takes up is told to the level above as well', () => {
  const life = lifeTo()
  life.wait(4 * hour)
  expect(life.story.at(-1)).toMatchObject({
    kind: 'supervise',
    data: { clock: 'triage', above: desks.subdistrict },
  })
})

test('RQ6 the first return goes to the desk that gave it out, the second to the desk above', () => {
  const life = lifeTo([communityDesk, accept], [communityDesk, assign], [firm, giveBack])
  expect(life.standing).toMatchObject({
    state: 'accepted',
    holder: { organisation: desks.community },
    level: 'community',
  })
  life.do(communityDesk, assign)
  life.do(firm, giveBack)
  expect(life.standing).toMatchObject({
    state: 'accepted',
    holder: { organisation: desks.subdistrict },
    level: 'subdistrict',
  })
})

test('RQ7 an answer leaves no point out and names none twice', () => {
  const life = lifeTo([communityDesk, { ...accept, points: ['修井盖', '赔鞋'] }])
  expect(life.do(communityDesk, answer)).toBe('request.points_uncovered')
  expect(
    life.do(communityDesk, {
      ...answer,
      points: [
        { index: 0, open: false },
        { index: 0, open: true },
      ],
    }),
  ).toBe('request.points_uncovered')
  expect(
    life.do(communityDesk, {
      ...answer,
      points: [
        { index: 1, open: true },
        { index: 0, open: false },
      ],
    }),
  ).toBeNull()
})

test('RQ7 seven days of silence close it as silence, and only after a delivered notice', () => {
  const told = answered()
  told.wait(7 * 24 * hour)
  expect(told.standing).toMatchObject({ state: 'closed', satisfaction: 'silent' })
  const untold = answered()
  untold.wait(30 * 24 * hour, false)
  expect(untold.standing.state).toBe('answered')
  expect(untold.story.filter(({ kind }) => kind === 'remind')).toHaveLength(1)
})

test('RQ7 a desk closes only after a follow-up; three calls without an answer are their own outcome', () => {
  const life = answered()
  expect(life.do(communityDesk, { kind: 'close', grounds: 'followed_up' })).toBe('request.cannot_close_yet')
  for (let call = 1; call <= triesUntilUnreachable; call += 1) {
    expect(life.standing.state).toBe('answered')
    life.do(communityDesk, { kind: 'follow_up', outcome: 'unreachable', words: '' })
  }
  expect(life.standing).toMatchObject({ state: 'closed', satisfaction: 'unreachable' })
})

test('RQ8 "not solved" goes back to the same holder, the second time to the level above', () => {
  const life = answered()
  life.do(reporter, { kind: 'reopen', words: '还在冒' })
  expect(life.standing).toMatchObject({ state: 'in_progress', holder: { organisation: 'firm' }, reopens: 1 })
  life.do(firm, answer)
  life.do(reporter, { kind: 'reopen', words: '又冒了' })
  expect(life.standing).toMatchObject({
    state: 'accepted',
    holder: { organisation: desks.subdistrict },
    level: 'subdistrict',
    reopens: 2,
  })
})

test('RQ8 a closed request is reopened within 15 days and not after', () => {
  const soon = answered()
  soon.do(reporter, { kind: 'confirm' })
  soon.now += reopenDays * 24 * hour
  expect(soon.do(reporter, { kind: 'reopen', words: '又漏了' })).toBeNull()
  const late = answered()
  late.do(reporter, { kind: 'confirm' })
  late.now += reopenDays * 24 * hour + 1
  expect(late.do(reporter, { kind: 'reopen', words: '又漏了' })).toBe('request.reopen_too_late')
})

test('R4 climbing skips a level that has no desk here', () => {
  expect(deskAbove('community', { community: 'a', district: 'c' })).toEqual({
    level: 'district',
    organisation: 'c',
  })
  expect(deskAbove('district', { community: 'a', district: 'c' })).toBeNull()
})
