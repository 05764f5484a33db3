import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, countingFor, entries, standingOf, states } from './lifecycle.ts'
import type { TaskEntry, TaskEntryKind, TaskState } from './lifecycle.ts'

/** The table of a visit task, and the fold over what was entered. */

const days = { opensOn: '2026-11-01', dueOn: '2026-11-10', closesOn: '2026-12-01' }
const on = (kind: TaskEntryKind, onDay: string, visit: string | null = null): TaskEntry => ({
  kind,
  onDay,
  visit,
})
const kinds = Object.keys(entries) as TaskEntryKind[]
const today = '2026-11-12'
const stand = (list: readonly TaskEntry[], day = today) => standingOf(days, list, day)

/** Entries that bring a task into a state. */
const into: Record<TaskState, readonly TaskEntry[]> = {
  scheduled: [],
  open: [],
  done: [on('met', '2026-11-09', 'a')],
  missed: [on('miss', '2026-12-01')],
  excused: [on('excuse', '2026-11-08')],
  cancelled: [on('cancel', '2026-11-08')],
}

describe('the table', () => {
  test('every state is reached and every one that is not final can be left', () => {
    const reached = new Set<string>(['scheduled', 'open', ...Object.values(entries).map(({ to }) => to)])
    for (const [name, { final }] of Object.entries(states)) {
      expect(reached.has(name)).toBe(true)
      if (!final)
        expect(
          Object.values(entries).some(
            ({ from, to }) =>
              to !== 'same' &&
              (from as readonly string[]).includes(name === 'scheduled' ? 'scheduled' : name),
          ),
        ).toBe(true)
    }
  })

  test.each(kinds)('the fold does with %s what the table says, in every state', (kind) => {
    const rule = entries[kind]
    for (const state of Object.keys(states) as TaskState[]) {
      // Before its window neither a visit counts nor does the window end.
      if (state === 'scheduled' && (rule.visit || kind === 'miss')) continue
      const day = state === 'scheduled' ? '2026-10-30' : today
      const before = stand(into[state], day)
      expect(before.state).toBe(state)
      const after = stand([...into[state], on(kind, '2026-11-11', 'z')], day)
      const changes = (rule.from as readonly string[]).includes(state) && rule.to !== 'same'
      expect([state, kind, after.state]).toEqual([state, kind, changes ? rule.to : state])
    }
  })
})

describe('the fold', () => {
  const someEntries = fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      onDay: fc.integer({ min: 0, max: 40 }).map((n) => addDays(days.opensOn, n)),
      visit: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    }),
    { maxLength: 8 },
  )

  test('comes to the same whatever the order in which entries arrive', () => {
    fc.assert(
      fc.property(
        someEntries.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(stand(shuffled)).toEqual(stand(list))
        },
      ),
    )
  })

  test('an entry twice is an entry once', () => {
    fc.assert(
      fc.property(someEntries, (list) => {
        expect(stand([...list, ...list])).toEqual(stand(list))
      }),
    )
  })

  test('VR5 nobody at home schedules another try; three days are "could not be reached", and that is what it says', () => {
    const knock = (day: string, visit: string) => on('not_at_home', day, visit)
    const first = [knock('2026-11-03', 'a'), knock('2026-11-03', 'b')]
    expect(stand(first)).toMatchObject({ state: 'open', tries: 1, nextTryOn: '2026-11-05' })
    const third = [...first, knock('2026-11-05', 'c'), knock('2026-11-08', 'd')]
    expect(stand(third)).toMatchObject({
      state: 'excused',
      endedAs: 'not_reached',
      tries: 3,
      nextTryOn: null,
    })
    expect(stand([...third, on('met', '2026-11-09', 'e')])).toMatchObject({ state: 'done', endedAs: 'met' })
  })

  test('a visit after the day it was due is late, and not in time', () => {
    expect(stand([on('met', '2026-11-10', 'a')]).endedAs).toBe('met')
    expect(stand([on('met', '2026-11-11', 'a')]).endedAs).toBe('met_late')
  })

  test('a visit that arrives after the window ended counts for the day on which it was made', () => {
    expect(stand([on('miss', '2026-12-01'), on('met', '2026-11-30', 'a')], '2026-12-03').state).toBe('done')
  })
})

describe('which visits count', () => {
  const visit = (onDay: string, outcome = 'met') => ({ outcome, onDay })

  test('those in the window', () => {
    const list = ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map((day) => visit(day))
    expect(countingFor(days, list).map(({ onDay }) => onDay)).toEqual(['2026-11-01', '2026-11-30'])
  })

  test('VR5 a try on the last day leaves a day for the next', () => {
    const list = [visit('2026-12-02'), visit('2026-11-30', 'not_at_home')]
    expect(countingFor(days, list)).toHaveLength(2)
    expect(countingFor(days, [visit('2026-12-04'), visit('2026-11-30', 'not_at_home')])).toHaveLength(1)
  })
})
