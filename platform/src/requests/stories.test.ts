import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Life, accept, answer, assign, giveBack, hour, iso, path, everyone } from '#tests/life.ts'
import { entries, entryKinds, states } from './lifecycle.ts'
import type { EntryKind } from './lifecycle.ts'
import { abilitiesOf } from './rules.ts'
import type { Actor } from './rules.ts'
import { apply, fold, isOverdue } from './standing.ts'
import type { Entry, Standing } from './standing.ts'

const commands: (Record<string, unknown> & { kind: string })[] = [
  ...[
    accept,
    { ...accept, points: ['一', '二'] },
    assign,
    { ...assign, lead: { organisation: 'bureau', person: 'x' }, assisting: ['firm'] },
    answer,
    giveBack,
  ],
  { kind: 'decline', reason: 'not_public_service', words: '不归这里', instead: '法院' },
  { kind: 'take', words: '' },
  { kind: 'transfer', lead: { organisation: 'bureau' }, words: '归他们管' },
  { kind: 'escalate', words: '我们解决不了' },
  { kind: 'note', words: '去看过', visible: true, attachments: [] },
  {
    kind: 'answer',
    words: '两点都办了',
    points: [
      { index: 0, open: false },
      { index: 1, open: true },
    ],
    attachments: [],
  },
  { kind: 'confirm', satisfaction: 'satisfied' },
  { kind: 'follow_up', outcome: 'satisfied', words: '' },
  { kind: 'follow_up', outcome: 'dissatisfied', words: '还漏' },
  { kind: 'follow_up', outcome: 'unreachable', words: '' },
  { kind: 'reopen', words: '还在冒' },
  { kind: 'close', grounds: 'followed_up' },
  { kind: 'rate', satisfaction: 'fair', words: '' },
  { kind: 'withdraw', words: '' },
  { kind: 'supervise', demand: '今天办完' },
]
const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ actor: fc.constantFrom(...everyone), choice: fc.nat(), daring: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 20 * 24 }), delivered: fc.boolean() }),
  },
)

/** Half of the moves try anything; the others take a step that is open to the actor, so that stories get long. */
function commandFor(life: Life, actor: Actor, choice: number, daring: boolean) {
  const open = abilitiesOf(life.standing, path, actor, iso(life.now))
  const allowed = commands.filter(({ kind }) => open.some((one) => one === kind))
  const from = daring || allowed.length === 0 ? commands : allowed
  return from[choice % from.length]!
}

describe('10,000 random stories', () => {
  test('RQ1 RQ2 RQ4 RQ5 RQ7 RQ8 hold whatever is tried, by whomever, in any order', () => {
    const seen = new Set<EntryKind>()
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40, size: 'max' }), (moves) => {
        const life = new Life()
        for (const one of moves) {
          const before = life.standing
          const length = life.story.length
          if ('wait' in one) life.wait(one.wait * hour, one.delivered)
          else life.do(one.actor, commandFor(life, one.actor, one.choice, one.daring))
          const added = life.story.slice(length)
          for (const entry of added) seen.add(entry.kind)
          holdsStepwise(before, life.standing, added)
        }
        holdsForStory(life)
      }),
      { numRuns: 10_000 },
    )
    expect([...seen].toSorted()).toEqual(entryKinds.filter((kind) => kind !== 'submit').toSorted())
  })
})

function holdsStepwise(before: Standing, after: Standing, added: readonly Entry[]): void {
  // RQ1: exactly one holder until it is final, then none.
  expect(after.holder === null).toBe(states[after.state].final)
  // RQ4: only what the table says starts a clock moves the due time.
  const touches = added.some(({ kind }) => entries[kind].clock !== 'runs on')
  if (!touches) expect(after.term).toEqual(before.term)
  // A request whose clock runs has a time at which somebody is told.
  if (!states[after.state].final) expect(after.term).not.toBeNull()
}

function holdsForStory({ story, standing, now }: Life): void {
  // RQ2: the standing is the fold of the entries and of nothing else.
  expect(fold(story)).toEqual(standing)
  const ids = story.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  // RQ5: within one run of a clock, each share at most once, in order, and none before its time.
  let clock: Standing | null = null
  let shares: string[] = []
  for (const entry of story) {
    if (clock && entries[entry.kind].clock !== 'runs on') shares = []
    if (entry.kind === 'remind') shares.push(entry.data.share)
    if (entry.kind === 'supervise' && entry.data.clock) shares.push('due')
    expect(new Set(shares).size).toBe(shares.length)
    clock = apply(clock, entry)
  }
  if (
    states[standing.state].clock !== 'word' &&
    standing.term &&
    Date.parse(standing.term.dueAt) <= now &&
    shares.length === 3
  )
    expect(isOverdue(standing)).toBe(true)
  // RQ7: nothing is closed without an answer before it.
  const closing = story.findIndex(({ kind }) => kind === 'confirm' || kind === 'close')
  if (closing >= 0) expect(story.slice(0, closing).some(({ kind }) => kind === 'answer')).toBe(true)
}
