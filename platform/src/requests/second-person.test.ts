import { describe, expect, test } from 'vitest'
import {
  type Life,
  accept,
  answer,
  answered,
  assign,
  bureau,
  colleague,
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
import { proposals } from './lists.ts'
import { abilitiesOf, partiesOf } from './rules.ts'
import type { Actor } from './rules.ts'

/** RQ4, RQ9: what takes a second person; and what a resident can do about a decline. */

const day = 24 * hour
const doing = () =>
  lifeTo([communityDesk, accept], [communityDesk, assign], [firm, { kind: 'take', words: '' }])
const propose = (life: Life, by: Actor, what: 'suspend' | 'extend' | 'exclude', after = day) =>
  life.do(by, {
    kind: 'propose',
    what,
    reason: proposals[what].reasons[0],
    words: '说明',
    attachments: what === 'exclude' ? ['photo'] : [],
    until: iso((what === 'extend' ? Date.parse(life.standing.term!.dueAt) : life.now) + after),
  })
const review = (life: Life, by: Actor, agree = true) =>
  life.do(by, { kind: 'review', proposal: life.standing.proposal?.id ?? 'none', agree, words: '看过了' })
const may = (life: Life, actor: Actor) => abilitiesOf(life.standing, path, actor, iso(life.now))

describe('RQ4 suspension', () => {
  test('waits for a desk; whoever proposed it cannot agree, and nothing moves until then', () => {
    const life = doing()
    const { term } = life.standing
    expect(propose(life, firm, 'suspend')).toBeNull()
    expect(life.standing).toMatchObject({ state: 'in_progress', term })
    expect(review(life, firm)).toBe('request.not_yours_to_make')
    expect(review(life, bureau)).toBe('request.not_yours_to_make')
    expect(review(life, communityDesk)).toBeNull()
    expect(life.standing.state).toBe('suspended')
  })

  test('that a desk proposed is agreed to by a colleague or the desk above, not by the same person', () => {
    const life = lifeTo([communityDesk, accept])
    life.do(communityDesk, { ...assign, lead: { organisation: desks.community } })
    life.do(communityDesk, { kind: 'take', words: '' })
    propose(life, communityDesk, 'suspend')
    expect(may(life, communityDesk)).not.toContain('review')
    expect(may(life, colleague)).toContain('review')
    expect(may(life, subdistrictDesk)).toContain('review')
  })

  test('moves what was still to come by exactly as long as the clock stood still', () => {
    const life = doing()
    const before = life.standing.term!
    life.now += 13 * hour // half of the 24 hours is gone
    propose(life, firm, 'suspend', 3 * day)
    review(life, communityDesk)
    const since = life.now
    expect(Date.parse(life.standing.term!.dueAt) - Date.parse(before.dueAt)).toBe(3 * day)
    life.now += 7 * hour
    expect(life.do(firm, { kind: 'resume', words: '' })).toBeNull()
    const after = life.standing.term!
    expect(after.halfAt).toBe(before.halfAt)
    expect(Date.parse(after.mostAt) - Date.parse(before.mostAt)).toBe(life.now - since)
    expect(Date.parse(after.dueAt) - Date.parse(before.dueAt)).toBe(life.now - since)
  })

  test('RQ5 RQ14 rings nothing while the clock stands still, wakes by itself, and rings each share once', () => {
    const life = doing()
    life.wait(13 * hour)
    propose(life, firm, 'suspend', 10 * day)
    review(life, communityDesk)
    const length = life.story.length
    life.wait(9 * day)
    expect(life.story).toHaveLength(length)
    life.wait(day)
    expect(life.standing.state).toBe('in_progress')
    expect(life.story.at(-1)).toMatchObject({ kind: 'resume', by: { kind: 'system' } })
    life.wait(20 * day)
    const shares = life.story.flatMap((entry) =>
      entry.kind === 'remind' ? entry.data.share : entry.kind === 'supervise' ? 'due' : [],
    )
    // The last is the next level up (RQ14).
    expect(shares).toEqual(['half', 'most', 'due', 'due'])
  })

  test('is held by whoever held it, ends some day, and says who agreed', () => {
    const life = doing()
    propose(life, firm, 'suspend', (proposals.suspend.mostDays + 1) * day)
    expect(life.standing.proposal).toBeNull()
    propose(life, firm, 'suspend')
    review(life, subdistrictDesk)
    expect(life.standing).toMatchObject({ holder: { organisation: 'firm' }, suspended: { reason: 'season' } })
    expect(life.story.at(-1)).toMatchObject({
      kind: 'suspend',
      by: { kind: 'system' },
      data: { approved: { person: 'person-subdistrict', organisation: desks.subdistrict } },
    })
  })

  test('leaves an overdue request overdue', () => {
    const life = doing()
    life.wait(2 * day)
    const { dueAt } = life.standing.term!
    propose(life, firm, 'suspend')
    review(life, communityDesk)
    life.wait(2 * day)
    expect(life.standing.term?.dueAt).toBe(dueAt)
  })
})

describe('RQ4 extension', () => {
  test('moves the due time to the day agreed to, once a run', () => {
    const life = doing()
    const before = life.standing.term!
    propose(life, firm, 'extend', 2 * day)
    review(life, communityDesk)
    const after = life.standing.term!
    expect(Date.parse(after.dueAt) - Date.parse(before.dueAt)).toBe(2 * day)
    expect(Date.parse(after.halfAt) - Date.parse(before.halfAt)).toBe(day)
    expect(propose(life, firm, 'extend')).toBe('request.extended_already')
    life.do(firm, answer)
    life.do(reporter, { kind: 'reopen', words: '还漏' })
    expect(propose(life, firm, 'extend')).toBeNull()
  })

  test('is neither proposed nor agreed to once it is overdue', () => {
    const late = doing()
    propose(late, firm, 'extend')
    late.wait(2 * day)
    expect(review(late, communityDesk)).toBe('request.extend_too_late')
    expect(review(late, communityDesk, false)).toBeNull()
    expect(propose(late, firm, 'extend')).toBe('request.extend_too_late')
  })
})

describe('a proposal', () => {
  test('stands alone, and lapses with the state it was made in', () => {
    const life = doing()
    propose(life, firm, 'suspend')
    expect(propose(life, communityDesk, 'extend')).toBe('request.proposal_open')
    life.do(firm, answer)
    expect(life.standing.proposal).toBeNull()
  })

  test('that was refused changes nothing', () => {
    const life = doing()
    const { term } = life.standing
    propose(life, firm, 'extend')
    review(life, communityDesk, false)
    expect(life.standing).toMatchObject({ state: 'in_progress', term, extended: false, proposal: null })
  })

  test('is reviewed by its id: a word about another one counts for nothing', () => {
    const life = doing()
    propose(life, firm, 'extend')
    expect(life.do(communityDesk, { kind: 'review', proposal: 'other', agree: true, words: '好' })).toBe(
      'request.no_such_proposal',
    )
  })
})

describe('RQ9 leaving the satisfaction figures', () => {
  test('takes evidence', () => {
    const life = answered()
    const bare = {
      kind: 'propose',
      what: 'exclude',
      reason: 'facts_disproved',
      words: '查过了',
      attachments: [],
    }
    expect(life.do(communityDesk, bare)).toBe('request.evidence_needed')
  })

  test('takes a second person of another organisation than the one that proposed it and the one that answered', () => {
    const life = answered()
    propose(life, communityDesk, 'exclude')
    expect(may(life, colleague)).not.toContain('review')
    expect(may(life, firm)).not.toContain('review')
    expect(may(life, subdistrictDesk)).toContain('review')
    const both: Actor = { ...subdistrictDesk, organisations: [desks.subdistrict, desks.community] } as Actor
    expect(partiesOf(life.standing, path, both)).not.toContain('reviewer')
    review(life, subdistrictDesk)
    expect(life.standing.excluded).toBe('against_the_law')
  })

  test('of what the highest desk answered goes to a desk below, because nobody stands above', () => {
    const life = lifeTo([districtDesk, accept], [districtDesk, answer])
    life.do(reporter, { kind: 'confirm', satisfaction: 'dissatisfied' })
    propose(life, districtDesk, 'exclude')
    expect(may(life, districtDesk)).not.toContain('review')
    expect(may(life, subdistrictDesk)).toContain('review')
  })

  test('ends when it is reopened: the next word counts again', () => {
    const life = answered()
    propose(life, communityDesk, 'exclude')
    review(life, subdistrictDesk)
    life.do(reporter, { kind: 'reopen', words: '没好' })
    expect(life.standing.excluded).toBeNull()
  })
})
