import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Life } from '#tests/life.ts'
import { move, tryMove } from '#tests/random-story.ts'
import { entries, entryKinds, states } from './lifecycle.ts'
import type { EntryKind } from './lifecycle.ts'
import { holderOfPart, isOpenPart } from './parts.ts'
import { apply, fold, isOverdue } from './standing.ts'
import type { Entry } from './entry.ts'
import type { Standing } from './standing.ts'

describe('10,000 random stories', () => {
  test('RQ1 RQ2 RQ4 RQ5 RQ7 RQ8 RQ9 RQ13 RQ14 hold whatever is tried, by whomever, in any order', () => {
    const seen = new Set<EntryKind>()
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40, size: 'max' }), (moves) => {
        const life = new Life()
        for (const one of moves) {
          const before = life.standing
          const length = life.story.length
          tryMove(life, one)
          const added = life.story.slice(length)
          for (const entry of added) seen.add(entry.kind)
          holdsStepwise(before, life.standing, added)
        }
        holdsForStory(life)
      }),
      { numRuns: 10_000 },
    )
    expect([...seen].toSorted()).toEqual(entryKinds.filter((kind) => kind !== 'submit').toSorted())
  }, 240_000)
})

function holdsStepwise(before: Standing, after: Standing, added: readonly Entry[]): void {
  // RQ1: exactly one holder until it is final, then none.
  expect(after.holder === null).toBe(states[after.state].final)
  // RQ4: only what the table says starts a clock moves the due time.
  const touches = added.some(({ kind }) => entries[kind].clock !== 'runs on')
  if (!touches) expect(after.term).toEqual(before.term)
  // RQ14: what stands still has an end, and somebody it belongs to; and nothing rings meanwhile.
  expect(after.suspended !== null).toBe(after.state === 'suspended')
  if (before.suspended && added[0]?.kind !== 'resume')
    expect(added.filter(({ kind, by }) => by.kind === 'system' && kind !== 'resume')).toEqual([])
  // RQ4: the due time moves by exactly as long as the clock stood still, and an overdue one stays where it was.
  const resume = added.find((entry) => entry.kind === 'resume')
  if (before.suspended && resume) {
    const { since, until, term } = before.suspended
    const stood = Math.min(Date.parse(resume.at), Date.parse(until)) - Date.parse(since)
    const moved = term.dueAt <= since ? 0 : stood
    expect(Date.parse(resume.data.term.dueAt) - Date.parse(term.dueAt)).toBe(moved)
  }
  // RQ13 RQ4: parted again it stands as it stood, with the due time it had.
  if (added[0]?.kind === 'unmerge') {
    const { state, holder, term } = before.merged!
    expect(after).toMatchObject({ state, holder, term, merged: null })
  }
  // RQ12 RQ1: exactly one holder of every part that is open, then none; its time ends no later than the whole, unless that
  // had gone when it was split; and nothing is answered while one is open.
  for (const part of after.parts) {
    expect(holderOfPart(part, after.holder) !== null).toBe(isOpenPart(part))
    const was = before.parts.find(({ id }) => id === part.id)
    if (was) expect(part.term).toEqual(was.term)
    else if (after.term!.dueAt >= after.term!.startsAt)
      expect(part.term.dueAt <= after.term!.dueAt).toBe(true)
  }
  if (added.some(({ kind }) => kind === 'answer')) expect(before.parts.some(isOpenPart)).toBe(false)
  if (states[after.state].final && after.state !== 'merged') expect(after.parts.some(isOpenPart)).toBe(false)
  // RQ18: it is whistled for as long as it is judged or waited for, and then known to be.
  expect(after.whistled !== null).toBe(after.state === 'whistled')
  // RQ14: what is overdue climbs on while there is somebody above who was not told.
  if (after.state !== 'suspended' && after.rung) expect(after.told).toContain('due')
  // RQ6: what was decided bindingly is not sent back.
  if (before.bound) expect(added.some(({ kind }) => kind === 'return')).toBe(false)
  // A request whose clock runs has a time at which somebody is told.
  if (!states[after.state].final) expect(after.term).not.toBeNull()
}

/** Of which clock it is, and which share of it. */
function key({ kind, data }: Extract<Entry, { kind: 'remind' | 'supervise' }>): string {
  if (kind === 'remind') return data.part ? `${data.part} ${data.share}` : data.share
  return `${data.of} due`
}

function holdsForStory({ story, standing, now }: Life): void {
  // RQ2: the standing is the fold of the entries and of nothing else.
  expect(fold(story)).toEqual(standing)
  const ids = story.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  // RQ5: within one run of a clock, each share at most once, in order, and none before its time.
  let clock: Standing | null = null
  let shares: string[] = []
  const others: string[] = []
  const climbed = new Set<string>()
  let extensions = 0
  for (const entry of story) {
    // A merged one may be parted again, and its clock then goes on with what was told of it.
    if (entry.kind !== 'merge' && clock && ['starts', 'ends'].includes(entries[entry.kind].clock)) {
      shares = []
      extensions = 0
    }
    if (entry.kind === 'extend') extensions += 1
    // RQ4: a run is extended once, however often it stood still.
    expect(extensions).toBeLessThanOrEqual(1)
    if (entry.kind === 'remind') (entry.data.part ? others : shares).push(key(entry))
    if (entry.kind === 'supervise' && entry.data.clock) {
      // RQ14: each step of the ladder once; the level above is told first, and then the ones over it.
      if (entry.data.of) others.push(key(entry))
      else if (!shares.includes('due')) shares.push('due')
      else expect(climbed.has(entry.id)).toBe(false)
      climbed.add(entry.id)
    }
    expect(new Set(others).size).toBe(others.length)
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
  // RQ4 RQ9: what takes a second person follows that person's word, who is not the one that proposed it.
  for (const [index, entry] of story.entries()) {
    if (entry.kind !== 'suspend' && entry.kind !== 'extend' && entry.kind !== 'exclude') continue
    const review = story[index - 1]
    const proposal = story.find(({ id }) => review?.kind === 'review' && id === review.data.proposal)
    expect(review).toMatchObject({ kind: 'review', data: { agree: true, what: entry.kind } })
    expect(entry.data.approved).toEqual({ person: review?.by.person, organisation: review?.by.organisation })
    expect(review?.by.person).not.toBe(proposal?.by.person)
    if (entry.kind === 'exclude') expect(review?.by.organisation).not.toBe(proposal?.by.organisation)
  }
  expect(story.filter(({ kind }) => kind === 'appeal').length).toBeLessThanOrEqual(1)
  // RQ7: nothing is closed without an answer before it.
  const closing = story.findIndex(({ kind }) => kind === 'confirm' || kind === 'close')
  if (closing >= 0) expect(story.slice(0, closing).some(({ kind }) => kind === 'answer')).toBe(true)
}
