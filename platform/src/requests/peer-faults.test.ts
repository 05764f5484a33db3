import { describe, expect, test } from 'vitest'
import {
  communityDesk,
  desks,
  firm,
  hour,
  iso,
  Life,
  lifeTo,
  accept,
  assign,
  path,
  subdistrictDesk,
  reporter,
} from '#tests/life.ts'
import { ring } from './alarms.ts'
import { levels } from './lifecycle-rule.ts'
import type { Level } from './lifecycle-rule.ts'
import { nextAlarm } from './next-alarm.ts'
import { partiesOf } from './rules.ts'
import type { World } from './rules.ts'
import { apply } from './standing.ts'
import type { Standing } from './standing.ts'

/**
 * Four faults known from a public peer, none of which can happen here (RQ14): an escalation that stops after one hop,
 * requests that nobody has taken and that never escalate, a clock that any edit starts anew, and old ones that starve
 * behind a fixed page. The last is shown on the database, in `clock.test.ts` and `clock-crash.test.ts`.
 */

/** Every time the clock had something to say, and what. */
function rungBy(life: Life, days: number): [kind: string, to: string | undefined][] {
  const from = life.story.length
  life.wait(days * 24 * hour)
  return life.story.slice(from).flatMap((entry): [string, string | undefined][] => {
    if (entry.kind === 'supervise') return [['supervise', entry.data.above]]
    if (entry.kind === 'climb') return [['climb', entry.data.holder.organisation]]
    return []
  })
}

describe('RQ14 an escalation does not stop after one hop', () => {
  test('of what a department works on every level above is told, one after the other, and it stays with it', () => {
    const life = lifeTo([communityDesk, accept], [communityDesk, assign], [firm, { kind: 'take', words: '' }])
    expect(rungBy(life, 30)).toEqual([
      ['supervise', desks.subdistrict],
      ['supervise', desks.district],
    ])
    expect(life.standing.holder).toEqual({ organisation: 'firm', person: 'person-firm' })
  })

  test('as many levels as the organisation tree has desks: seven here, from the building up', () => {
    const all = Object.fromEntries(levels.map((level) => [level, `desk of the ${level}`])) as Record<
      Level,
      string
    >
    const life = new Life()
    let { standing }: { standing: Standing } = life
    standing = { ...standing, level: 'building', holder: { organisation: all.building }, desk: all.building }
    const had: string[] = []
    const world: Pick<World, 'now' | 'desks' | 'plan'> = {
      now: iso(life.now + 60 * 24 * hour),
      desks: all,
      plan: { rung: (_: unknown, from: string) => iso(Date.parse(from) + 24 * hour) } as World['plan'],
    }
    for (let n = 0; ; n += 1) {
      const rang = ring(standing, () => `ring-${n}`, true, world)
      if (!rang) break
      ;({ standing } = rang)
      if (rang.entry.kind === 'climb') had.push(rang.entry.data.level)
    }
    expect(had).toEqual(levels.slice(1))
    expect(standing).toMatchObject({ level: 'district', holder: { organisation: all.district }, rung: null })
  })
})

describe('RQ14 what nobody has taken escalates', () => {
  test.each([
    ['submitted, taken up by nobody', new Life()],
    ['accepted, given to nobody', lifeTo([communityDesk, accept])],
  ])('%s: the level above is told, then has it, and so on to the top', (_, life) => {
    expect(rungBy(life, 30)).toEqual([
      ['supervise', desks.subdistrict],
      ['climb', desks.subdistrict],
      ['climb', desks.district],
    ])
    expect(life.standing).toMatchObject({ level: 'district', holder: { organisation: desks.district } })
    // The one that has it now may do what is to be done; it was not moved out of anybody's reach.
    expect(partiesOf(life.standing, path, subdistrictDesk)).not.toContain('desk')
  })

  test('given to a unit that never takes it: every level above is told', () => {
    const life = lifeTo([communityDesk, accept], [communityDesk, assign])
    expect(rungBy(life, 30).map(([kind]) => kind)).toEqual(['supervise', 'supervise'])
  })
})

describe('RQ4 RQ14 no edit starts the clock anew', () => {
  const edits: [string, (life: Life) => unknown][] = [
    [
      'a note',
      (life) => life.do(communityDesk, { kind: 'note', words: '去看过', visible: false, attachments: [] }),
    ],
    ['a question', (life) => life.do(communityDesk, { kind: 'ask', words: '几点在家' })],
    [
      'a word of the reporter',
      (life) => life.do(reporter, { kind: 'note', words: '更冷了', attachments: [] }),
    ],
    ['an order', (life) => life.do(communityDesk, assign)],
    [
      'a transfer',
      (life) =>
        life.do(communityDesk, { kind: 'transfer', lead: { organisation: 'bureau' }, words: '归他们' }),
    ],
    ['an escalation', (life) => life.do(communityDesk, { kind: 'escalate', words: '要街道出面' })],
    ['a demand', (life) => life.do(subdistrictDesk, { kind: 'supervise', demand: '写明哪天' })],
    ['a neighbour who follows', (life) => life.follow()],
    ['a whistle', (life) => life.joins({ id: 'w', kind: 'whistle', whistle: 'w', words: '吹哨' }, 'desk')],
    ['a meeting', (life) => life.joins({ id: 'm', kind: 'table', meeting: 'm' })],
    [
      'a decision with a due time of its own',
      (life) =>
        life.joins({
          id: 'd',
          kind: 'decide',
          meeting: 'm',
          words: '定了',
          lead: { organisation: 'firm' },
          demand: '一月内',
          due: iso(life.now + 700 * hour),
        }),
    ],
  ]
  test.each(edits)('%s', (_, edit) => {
    for (const after of [1, 13, 20, 30, 60]) {
      const life = lifeTo([communityDesk, accept])
      life.wait(after * hour)
      const { term, told, rung } = life.standing
      if (life.standing.level !== 'community') return
      edit(life)
      expect(life.standing.term).toEqual(term)
      expect(life.standing.told).toEqual(told)
      expect(life.standing.rung).toEqual(rung)
      const alarm = nextAlarm({ ...life.standing, supervisions: [] })
      const untouched = lifeTo([communityDesk, accept])
      untouched.wait(after * hour)
      expect(alarm?.at).toBe(nextAlarm(untouched.standing)?.at)
    }
  })

  test('the steps of the ladder count from when it was due, not from when the clock came round', () => {
    const steady = lifeTo([communityDesk, accept])
    const slept = lifeTo([communityDesk, accept])
    for (let n = 0; n < 200; n += 1) steady.wait(hour)
    slept.wait(200 * hour)
    const times = (life: Life) =>
      life.story.flatMap((entry) =>
        entry.kind === 'climb' || entry.kind === 'supervise' ? [entry.data.next] : [],
      )
    expect(times(slept)).toEqual(times(steady))
    const undated = ({ story }: Life) => story.slice(2).map(({ id, kind }) => [id, kind])
    expect(undated(slept)).toEqual(undated(steady))
  })

  test('folded again, every entry that runs on leaves the due time where it was', () => {
    const life = lifeTo([communityDesk, accept], [communityDesk, assign])
    let standing: Standing | null = null
    const seen = new Set<string>()
    for (const entry of life.story) {
      standing = apply(standing, entry)
      if (entry.kind !== 'submit') seen.add(standing.term!.dueAt)
    }
    expect(seen.size).toBe(1)
  })
})
