import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Life, hour, iso } from '#tests/life.ts'
import { move, tryMove } from '#tests/random-story.ts'
import { canonical } from '#kernel/canonical.ts'
import { brokenAt, genesis, linkHash, seal, withoutTexts } from '../chain.ts'
import type { Link } from '../chain.ts'
import { ending } from './places.ts'
import { entries, states } from '../lifecycle.ts'
import type { State } from '../lifecycle-rule.ts'
import { apply, fold } from '../standing.ts'
import type { Entry } from '../entry.ts'

/** RQ15 on random stories: whenever somebody has it erased, what is left keeps the rules. */

const salt = Buffer.alloc(16, 3)

function extended(links: readonly Link[], story: readonly Entry[]): Link[] {
  const all = [...links]
  for (const entry of story.slice(links.length)) {
    const sealed = seal(entry, salt)
    const before = all.at(-1)?.hash ?? genesis
    const seq = all.length + 1
    all.push({ seq, entry, sealed, hash: linkHash(before, 'request', seq, entry, sealed) })
  }
  return all
}

const erased = (link: Link): Link => ({
  ...link,
  entry: withoutTexts(link),
  sealed: { ...link.sealed, words: null, texts: null, salt: null },
})

test('RQ1 RQ2 RQ5 RQ15 whatever happened before, erasing leaves chain, fold, holder and clock as they must be', () => {
  const ended = new Set<string>()
  fc.assert(
    fc.property(
      fc.array(move, { maxLength: 30, size: 'max' }),
      fc.array(move, { maxLength: 10 }),
      fc.constantFrom('all' as const, 'person' as const),
      (before, after, scope) => {
        const life = new Life()
        for (const one of before) tryMove(life, one)
        const { story, standing } = life
        const whole = extended([], story)
        // Words go with everything; who said it is in no entry.
        const links = scope === 'all' ? whole.map(erased) : whole
        const left = fold(links.map(({ entry }) => entry))
        expect(brokenAt('request', links)).toBeNull()
        expect(left).toEqual(
          scope === 'all' ? { ...standing, points: standing.points.map(() => '') } : standing,
        )

        const end = ending(left, scope, 'ending', iso(life.now))
        life.story = [...links.map(({ entry }) => entry), ...(end ? [end] : [])]
        life.standing = end ? apply(left, end) : left
        const { final } = states[life.standing.state]
        // Nobody is left who could take it back, so it ends with it; where others said the same it goes on for them.
        if (scope === 'all' && standing.followers === 0) expect(final).toBe(true)
        if (standing.followers > 0) expect(end).toBeNull()
        // RQ7: nothing is closed without an answer before it, and nobody counts as satisfied by it.
        if (end?.kind === 'close') {
          expect(story.some(({ kind }) => kind === 'answer')).toBe(true)
          expect(life.standing.satisfaction).toBe(standing.satisfaction)
        }
        if (end) expect((entries[end.kind].from as readonly State[]).includes(standing.state)).toBe(true)
        ended.add(`${scope} ${standing.state} ${end?.kind ?? 'nothing'}`)

        // It is lived on, as far as anybody still can.
        for (const one of after) tryMove(life, one)
        life.wait(60 * 24 * hour)
        const relived = extended([...links], life.story)
        expect(brokenAt('request', relived)).toBeNull()
        expect(fold(life.story)).toEqual(life.standing)
        expect(life.standing.holder === null).toBe(states[life.standing.state].final)
        if (scope === 'all')
          for (const link of relived.slice(0, links.length))
            expect(canonical(link.sealed.texts ?? link.sealed.words)).toBe('null')
      },
    ),
    { numRuns: 3_000 },
  )
  for (const way of [
    'all submitted withdraw',
    'all in_progress withdraw',
    'all merged nothing',
    'all answered close',
    'person answered close',
    'all closed nothing',
    'person in_progress nothing',
  ])
    expect([...ended]).toContain(way)
})
