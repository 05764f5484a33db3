import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fateOf, settle } from './rules.ts'
import type { Word } from './rules.ts'

const same = (one: unknown, other: unknown) => one === other
const word = (given: Partial<Word<string>> & { entry: string }): Word<string> => ({
  version: 2,
  base: 1,
  by: given.entry,
  deviceAt: '2026-11-20T02:00:00.000Z',
  value: given.entry,
  ...given,
})

/** People with phones who all saw version 1; versions are given in the order of arrival. */
const said = fc.uniqueArray(
  fc.record({
    entry: fc.uuid(),
    by: fc.constantFrom('liaison', 'desk', 'head'),
    at: fc.integer({ min: 0, max: 20 }),
    value: fc.constantFrom('a', 'b', 'c'),
  }),
  { selector: ({ entry }) => entry, minLength: 1, maxLength: 7 },
)
type Said = { entry: string; by: string; at: number; value: string }
const arrived = (all: readonly Said[]) =>
  all.map(({ at, ...one }, index) => ({
    ...one,
    base: 1,
    version: index + 2,
    deviceAt: `2026-11-20T02:00:${String(at).padStart(2, '0')}.000Z`,
  }))

describe('HH6 words about one field', () => {
  test('the same words in any order of arrival leave the same value and the same choice', () => {
    fc.assert(
      fc.property(
        said.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(settle(arrived(shuffled), same)).toEqual(settle(arrived(all), same))
        },
      ),
    )
  })

  test('nothing is lost: what is shown was said, and every standing word of another value can be chosen', () => {
    fc.assert(
      fc.property(said, (all) => {
        const words = arrived(all)
        const { value, contested } = settle(words, same)
        expect(words.map((one) => one.value)).toContain(value)
        // Whoever said something is among what stands, with their last word.
        for (const person of new Set(words.map(({ by }) => by))) {
          const last = words
            .filter(({ by }) => by === person)
            .toSorted((a, b) => (`${a.deviceAt} ${a.entry}` < `${b.deviceAt} ${b.entry}` ? 1 : -1))[0]
          if (last && last.value !== value) expect(contested).toContain(last.entry)
        }
      }),
    )
  })

  test('whoever has seen all of it settles it', () => {
    fc.assert(
      fc.property(said, fc.constantFrom('a', 'b', 'c'), (all, value) => {
        const seen = all.length + 1
        const chosen = {
          ...word({ entry: 'chosen', value }),
          base: seen,
          version: seen + 1,
          deviceAt: '2000-01-01T00:00:00.000Z',
        }
        expect(settle([...arrived(all), chosen], same)).toEqual({ value, contested: [] })
      }),
    )
  })

  test('a choice made before the last word arrived stands against that word only', () => {
    const first = word({ entry: 'first', by: 'desk', version: 2 })
    const second = word({ entry: 'second', by: 'liaison', version: 3 })
    const chosen = word({ entry: 'third', by: 'desk', base: 3, version: 5, value: 'first' })
    const late = word({ entry: 'late', by: 'head', base: 1, version: 4 })
    expect(settle([first, second, late, chosen], same).contested).toEqual(['late', 'third'])
  })

  test('two who say the same do not disagree', () => {
    expect(settle([word({ entry: 'a', value: 'x' }), word({ entry: 'b', value: 'x' })], same)).toEqual({
      value: 'x',
      contested: [],
    })
  })

  test('phones of one person whose clocks go in a circle still end with a word', () => {
    const a = word({ entry: 'a', by: 'one', version: 3, base: 2, deviceAt: '2026-11-20T01:00:00.000Z' })
    const b = word({ entry: 'b', by: 'one', version: 2, base: 1, deviceAt: '2026-11-20T03:00:00.000Z' })
    const c = word({ entry: 'c', by: 'one', version: 4, base: 1, deviceAt: '2026-11-20T02:00:00.000Z' })
    expect(['a', 'b', 'c']).toContain(settle([a, b, c], same).value)
  })

  test('the fate of an entry says whether others were there meanwhile', () => {
    expect(fateOf({ base: 4, before: 4 }, false)).toBe('applied')
    expect(fateOf({ base: 2, before: 4 }, false)).toBe('merged')
    expect(fateOf({ base: 2, before: 4 }, true)).toBe('conflict')
  })
})
