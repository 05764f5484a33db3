import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  Life,
  accept,
  answer,
  answered,
  assign,
  communityDesk,
  firm,
  follower,
  hour,
  lifeTo,
  otherDesk,
  path,
  reporter,
  subdistrictDesk,
} from '#tests/life.ts'
import { states } from '../lifecycle.ts'
import { isApart, merge } from './rules.ts'
import { fold } from '../standing.ts'

/** RQ13: merging and parting, several requests beside one another. */

const into = { id: 'm', kind: 'merge' as const, into: 'x', words: '' }
const apart = { id: 'u', kind: 'unmerge' as const, words: '不是一回事' }

describe('RQ13 merging', () => {
  test('the one that goes has nobody any more, the one that stays has one person more', () => {
    const [gone, stays] = [lifeTo([communityDesk, accept]), new Life()]
    gone.follow()
    expect(gone.mergeInto(communityDesk, stays, into)).toBeNull()
    expect(gone.standing).toMatchObject({ state: 'merged', holder: null, term: null })
    expect(stays.standing).toMatchObject({ followers: 2, absorbed: [gone.id], state: 'submitted' })
    expect(stays.story.at(-1)).toMatchObject({ kind: 'absorb', by: { kind: 'staff' } })
  })

  test('RQ4 RQ5 parted again it has the state, the holder and the due time it had, and what was told is not told again', () => {
    const [gone, stays] = [lifeTo([communityDesk, accept]), answered()]
    gone.wait(13 * hour)
    const before = gone.standing
    expect(before.told).toEqual(['half'])
    gone.mergeInto(communityDesk, stays, into)
    gone.wait(30 * hour)
    expect(gone.part(communityDesk, apart)).toBeNull()
    expect(gone.standing).toEqual(before)
    expect(stays.standing).toMatchObject({ followers: 0, absorbed: [] })
    gone.wait(1)
    expect(gone.standing.told).toEqual(['half', 'most', 'due'])
  })

  test.each([
    [
      'a request that carries others',
      'request.merge_carries_others',
      () => {
        const carrying = new Life()
        carrying.takeIn()
        return [carrying, new Life()] as const
      },
    ],
    [
      'into one that is closed',
      'request.merge_into_ended',
      () => {
        const closed = answered()
        closed.do(reporter, { kind: 'confirm' })
        return [new Life(), closed] as const
      },
    ],
    [
      'into itself',
      'request.merge_with_itself',
      () => {
        const one = new Life()
        return [one, one] as const
      },
    ],
    [
      'one that is being worked on',
      'request.not_in_this_state',
      () => {
        const taken = lifeTo(
          [communityDesk, accept],
          [communityDesk, assign],
          [firm, { kind: 'take', words: '' }],
        )
        return [taken, new Life()] as const
      },
    ],
  ])('refuses %s', (_, refused, make) => {
    const [gone, stays] = make()
    expect(gone.mergeInto(communityDesk, stays, into)).toBe(refused)
  })

  test('is for the desk that answers for both', () => {
    expect(new Life().mergeInto(otherDesk, new Life(), into)).toBe('request.not_yours_to_make')
    expect(new Life().mergeInto(firm, new Life(), into)).toBe('request.not_yours_to_make')
    const above = lifeTo([communityDesk, accept], [communityDesk, { kind: 'escalate', words: '请牵头' }])
    expect(new Life().mergeInto(communityDesk, above, into)).toBe('request.merge_not_yours')
    expect(new Life().mergeInto(subdistrictDesk, above, into)).toBeNull()
  })

  test('RQ10 what is confidential or complains of somebody stays apart', () => {
    expect(isApart({ confidential: true, complainedOf: [] })).toBe(true)
    expect(isApart({ confidential: false, complainedOf: ['firm'] })).toBe(true)
    const side = { path, standing: new Life().standing, direct: 0 }
    const by = { kind: 'staff' as const, channel: 'console' }
    const made = { command: into, actor: communityDesk, by, now: '2026-11-20T03:00:00.000Z', id: 'a' }
    const open = { ...side, id: 'one', apart: false }
    const hidden = { ...side, id: 'two', apart: true }
    expect(merge(open, hidden, made)).toMatchObject({ refused: 'request.merge_confidential' })
    expect(merge(hidden, open, made)).toMatchObject({ refused: 'request.merge_confidential' })
  })
})

describe('RQ13 who follows', () => {
  test('RQ8 may say "not solved" like the reporter: back to whoever answered, then to the level above', () => {
    const life = answered()
    life.follow('neighbour')
    expect(life.do(follower, { kind: 'reopen', words: '我这边还在冒' })).toBeNull()
    expect(life.standing).toMatchObject({ state: 'in_progress', holder: { organisation: 'firm' } })
    life.do(firm, answer)
    expect(life.do(follower, { kind: 'reopen', words: '又冒了' })).toBeNull()
    expect(life.standing).toMatchObject({ level: 'subdistrict', reopens: 2 })
  })

  test.each(['confirm', 'rate', 'withdraw'])('may not %s: that is the reporter’s', (kind) => {
    const life = answered()
    life.follow('neighbour')
    const command = { kind, satisfaction: 'satisfied', words: '' }
    expect(life.do(follower, command)).toBe('request.not_yours_to_make')
  })

  test('what several people said is not taken back by one of them', () => {
    const life = new Life()
    life.follow()
    expect(life.do(reporter, { kind: 'withdraw', words: '' })).toBe('request.others_follow')
  })

  test('a note of theirs is for staff, not for the other residents', () => {
    const life = new Life()
    life.follow('neighbour')
    life.do(follower, { kind: 'note', words: '我家住三楼', visible: true, attachments: [] })
    expect(life.story.at(-1)).toMatchObject({ visible: false, by: { follower: 'neighbour' } })
  })
})

const move = fc.record({
  what: fc.constantFrom(
    'merge',
    'merge',
    'part',
    'follow',
    'accept',
    'assign',
    'answer',
    'confirm',
    'reopen',
    'wait',
  ),
  one: fc.nat({ max: 4 }),
  other: fc.nat({ max: 4 }),
  hours: fc.integer({ min: 1, max: 100 }),
})

test('RQ1 RQ2 RQ3 RQ4 RQ13 five requests merged and parted at random never make a chain, lose nobody and double nobody', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 50, size: 'max' }), (moves) => {
      const lives = Array.from({ length: 5 }, () => new Life())
      for (const [index, { what, one, other, hours }] of moves.entries()) {
        const life = lives[one]!
        const was = life.standing
        const named = lives[other]!
        // What is merged stands for the one it went into, as the service resolves it.
        const stays = named.into ?? named
        if (what === 'merge') life.mergeInto(communityDesk, stays, { ...into, id: `m${index}` })
        else if (what === 'part') {
          if (life.part(communityDesk, { ...apart, id: `u${index}` }) === null) {
            const { state, holder, term } = was.merged!
            expect(life.standing).toMatchObject({ state, holder, term, merged: null })
          }
        } else if (what === 'follow') life.follow(`f${index}`)
        else if (what === 'wait') for (const each of lives) each.wait(hours * hour)
        else if (what === 'accept') life.do(communityDesk, accept)
        else if (what === 'assign') life.do(communityDesk, assign)
        else if (what === 'answer') life.do(communityDesk, answer)
        else if (what === 'confirm') life.do(reporter, { kind: 'confirm' })
        else life.do(follower, { kind: 'reopen', words: '没好' })
        for (const each of lives) holds(each)
      }
    }),
    { numRuns: 2000 },
  )
})

function holds({ story, standing, into: where, taken, id }: Life): void {
  expect(fold(story)).toEqual(standing)
  expect(new Set(story.map((entry) => entry.id)).size).toBe(story.length)
  expect(standing.holder === null).toBe(states[standing.state].final)
  expect(standing.state === 'merged').toBe(where !== null)
  expect(standing.merged?.into ?? null).toBe(where?.id ?? null)
  // No chains: nothing is merged into what is merged, and nothing that carries others is merged.
  if (where) expect([where.into, standing.absorbed, taken]).toEqual([null, [], []])
  if (where) expect(where.standing.absorbed).toContain(id)
  expect(standing.absorbed).toEqual(taken.map((one) => one.id))
  // Everybody is counted once: own followers, and with each that was merged its reporter and followers.
  const own = story.filter(({ kind }) => kind === 'follow').length
  const came = taken.reduce((sum, one) => sum + 1 + one.standing.followers, 0)
  expect(standing.followers).toBe(own + came)
}
