import { describe, expect, test } from 'vitest'
import {
  accept,
  answer,
  answered,
  assign,
  communityDesk,
  desks,
  districtDesk,
  firm,
  hour,
  iso,
  lifeTo,
  path,
  reporter,
  subdistrictDesk,
} from '#tests/life.ts'
import { appealDays } from './lists.ts'
import { abilitiesOf } from './rules.ts'

/** What a resident is told when it is not for this desk, or not clear yet, or not accepted by them. */

const decline = {
  kind: 'decline',
  reason: 'other_units_duty',
  words: '红绿灯归交警管',
  instead: { organisation: 'bureau', name: '城管局', phone: '0316-2020202' },
}

describe('a decline', () => {
  test('names who is responsible, with the phone', () => {
    const life = lifeTo([communityDesk, decline])
    expect(life.standing).toMatchObject({ state: 'declined', holder: null })
    expect(life.story.at(-1)?.data).toMatchObject({ instead: '城管局', phone: '0316-2020202' })
    expect(lifeTo().do(communityDesk, { ...decline, instead: {} })).toBe('request.instead_missing')
  })

  test('RQ1 handed over in the same step is not dead: it is with that organisation, whose limit starts now', () => {
    const life = lifeTo()
    life.now += hour
    expect(life.do(communityDesk, { ...decline, handOver: true })).toBeNull()
    expect(life.story.slice(-2).map(({ kind }) => kind)).toEqual(['decline', 'hand_over'])
    expect(life.standing).toMatchObject({
      state: 'assigned',
      holder: { organisation: 'bureau' },
      term: { startsAt: iso(life.now) },
      closedAt: null,
    })
  })

  test('can be handed over later, by a desk', () => {
    const life = lifeTo([communityDesk, decline])
    expect(life.do(firm, { kind: 'hand_over', lead: { organisation: 'firm' }, words: '' })).toBe(
      'request.not_yours_to_make',
    )
    expect(
      life.do(communityDesk, { kind: 'hand_over', lead: { organisation: 'firm' }, words: '' }),
    ).toBeNull()
    expect(life.standing).toMatchObject({ state: 'assigned', holder: { organisation: 'firm' } })
  })

  test('hands over only to an organisation known here, and not to whoever has it', () => {
    const outside = { ...decline, instead: { name: '邻区街道' }, handOver: true }
    expect(lifeTo().do(communityDesk, outside)).toBe('request.hand_over_to_nobody')
    const here = { ...decline, instead: { organisation: desks.community, name: '社区' } }
    expect(lifeTo().do(communityDesk, here)).toBe('request.instead_is_here')
  })
})

test('what the resident needs is told at once, with accept, decline or answer', () => {
  const needed = [{ what: '身份证', how: '原件' }]
  const life = lifeTo([communityDesk, { ...accept, needed }], [communityDesk, { ...answer, needed }])
  expect(life.story.slice(1).map(({ data }) => data)).toMatchObject([{ needed }, { needed }])
})

describe('a question to the reporter', () => {
  const ask = { kind: 'ask', words: '几点在家？' }
  const reply = { kind: 'note', words: '晚上七点以后', visible: true, attachments: [] }

  test('RQ4 waits for a reply while the clock runs on', () => {
    const life = lifeTo([communityDesk, accept], [communityDesk, assign])
    const { term } = life.standing
    expect(life.do(firm, ask)).toBeNull()
    expect(life.standing).toMatchObject({ term, asked: iso(life.now) })
    life.do(firm, { ...reply, words: '再等等' })
    expect(life.standing.asked).not.toBeNull()
    life.do(reporter, reply)
    expect(life.standing.asked).toBeNull()
  })

  test('is over with the answer', () => {
    const life = lifeTo([communityDesk, accept], [communityDesk, ask], [communityDesk, answer])
    expect(life.standing.asked).toBeNull()
  })
})

describe('an appeal', () => {
  const appeal = { kind: 'appeal', words: '我不服' }

  test('goes once to the level above, which answers it or takes the request back up', () => {
    const life = lifeTo([communityDesk, decline], [reporter, appeal])
    expect(life.standing).toMatchObject({
      state: 'appealed',
      level: 'subdistrict',
      holder: { organisation: desks.subdistrict },
    })
    expect(life.do(communityDesk, answer)).toBe('request.not_yours_to_make')
    expect(abilitiesOf(life.standing, path, subdistrictDesk, iso(life.now))).toEqual(
      expect.arrayContaining(['accept', 'answer']),
    )
    expect(abilitiesOf(life.standing, path, subdistrictDesk, iso(life.now))).not.toContain('decline')
    life.do(subdistrictDesk, answer)
    life.do(reporter, { kind: 'confirm' })
    expect(life.do(reporter, appeal)).toBe('request.appealed_already')
  })

  test('RQ14 has a time, and tells the level above when that is over', () => {
    const life = lifeTo([communityDesk, decline], [reporter, appeal])
    life.wait(10 * 24 * hour)
    // Told first, and then, since nobody took it, the one who has it.
    expect(life.story.slice(-2)).toMatchObject([
      { kind: 'supervise', data: { clock: 'appeal', above: desks.district } },
      { kind: 'climb', data: { holder: { organisation: desks.district } } },
    ])
  })

  test('of what was closed counts as not content, and comes too late after its days', () => {
    const life = answered()
    life.do(reporter, { kind: 'confirm', satisfaction: 'fair' })
    life.now += appealDays * 24 * hour
    expect(life.do(reporter, appeal)).toBeNull()
    expect(life.standing).toMatchObject({ state: 'appealed', satisfaction: 'dissatisfied' })
    const late = lifeTo([communityDesk, decline])
    late.now += appealDays * 24 * hour + 1
    expect(late.do(reporter, appeal)).toBe('request.appeal_too_late')
  })

  test('of what the highest desk declined comes back to it: nobody stands above', () => {
    const life = lifeTo([districtDesk, decline])
    life.standing = { ...life.standing, level: 'district', desk: desks.district }
    life.do(reporter, appeal)
    expect(life.standing).toMatchObject({ level: 'district', holder: { organisation: desks.district } })
  })
})

describe('a call about what is closed', () => {
  const call = (outcome: string) => ({ kind: 'follow_up', outcome, words: '' })
  const silent = () => {
    const life = answered()
    life.wait(7 * 24 * hour)
    expect(life.standing).toMatchObject({ state: 'closed', satisfaction: 'silent' })
    return life
  }

  test('puts a word in the place of silence', () => {
    const life = silent()
    expect(life.do(communityDesk, call('fair'))).toBeNull()
    expect(life.standing).toMatchObject({ state: 'closed', satisfaction: 'fair' })
    expect(life.do(communityDesk, call('satisfied'))).toBe('request.followed_up_already')
  })

  test('RQ8 that hears "not solved" reopens it', () => {
    const life = silent()
    life.do(communityDesk, call('dissatisfied'))
    expect(life.standing).toMatchObject({ state: 'in_progress', holder: { organisation: 'firm' } })
  })

  test('boundary 18: three calls that find nobody are "not reached", never silence turned into content', () => {
    const life = silent()
    for (const satisfaction of ['silent', 'silent', 'unreachable']) {
      life.do(communityDesk, call('unreachable'))
      expect(life.standing.satisfaction).toBe(satisfaction)
    }
    expect(life.do(communityDesk, call('unreachable'))).toBe('request.followed_up_already')
    const said = answered()
    said.do(reporter, { kind: 'confirm', satisfaction: 'satisfied' })
    for (const _ of [1, 2, 3]) said.do(communityDesk, call('unreachable'))
    expect(said.standing.satisfaction).toBe('satisfied')
  })
})
