import { meaningsOf } from '#requests/together/alike.ts'
import type { featuresOf } from '#requests/together/alike.ts'
import { words } from '#text/words.ts'

/** Logistic regression by gradient descent, on what `alike.ts` works its score out from. */

type Features = ReturnType<typeof featuresOf>
type Row = { features: Features; same: boolean }

const names = [
  'bias',
  'near',
  'soon',
  'same',
  'group',
  'other',
  'unknown',
  'much',
  'grams',
  'both',
  'elsewhere',
] as const

function vector({ near, soon, kind, much, grams, both, elsewhere }: Features): number[] {
  const is = (one: Features['kind']) => (kind === one ? 1 : 0)
  return [1, near, soon, is('same'), is('group'), is('other'), is('unknown'), much, grams, both, elsewhere]
}

/** Rounds of the descent; the loss no longer moves in the third figure by then. */
const rounds = 3000
const rate = 1
/** Weights stay small, so that no single part decides alone. */
const shrink = 2e-4

/** The weights by name. Rare as the same are among all that was said, each of them counts three times. */
export function fitted(rows: readonly Row[]): Record<string, number> {
  const points = rows.map(({ features, same }) => ({ x: vector(features), y: same ? 1 : 0, w: same ? 3 : 1 }))
  const total = points.reduce((sum, { w }) => sum + w, 0)
  const weights = names.map(() => 0)
  const speed = names.map(() => 0)
  for (let round = 0; round < rounds; round += 1) {
    const slope = weights.map((weight, index) => (index === 0 ? 0 : shrink * weight))
    for (const { x, y, w } of points) {
      const sum = x.reduce((all, value, index) => all + value * weights[index]!, 0)
      const off = (w * (1 / (1 + Math.exp(-sum)) - y)) / total
      for (const [index, value] of x.entries()) slope[index]! += off * value
    }
    for (const [index, value] of slope.entries()) {
      speed[index] = 0.9 * speed[index]! - rate * value
      weights[index]! += speed[index]!
    }
  }
  return Object.fromEntries(names.map((name, index) => [name, Math.round(weights[index]! * 100) / 100]))
}

/** Of a word in more than one text of so many it is worth writing down how little it tells. */
const worthNoting = 0.006
/** A word in one text of so many tells all it can. */
const rare = 0.004

/** How much each common word tells, from 0 to 1, by the share of texts it stands in: the table `common` of `alike.json`. */
export function commonWords(texts: readonly string[]): Record<string, number> {
  const count = new Map<string, number>()
  const all = [...new Set(texts)]
  for (const text of all)
    for (const word of meaningsOf(words(text))) count.set(word, (count.get(word) ?? 0) + 1)
  const shares = [...count].map(([word, n]) => [word, n / all.length] as const)
  return Object.fromEntries(
    shares
      .filter(([, share]) => share >= worthNoting)
      .toSorted((a, b) => b[1] - a[1])
      .map(([word, share]) => [
        word,
        Math.round(Math.min(1, Math.log(share) / Math.log(rare)) ** 2 * 100) / 100,
      ]),
  )
}
