import { probabilities } from './score.ts'

/** How sure a model may be, from texts it did not learn from (CL4, CL5). */

/** A text that the model had not seen: its scores by label, and the label it really has (-1: one the model does not know). */
export type HeldOut = { scores: Float64Array; label: number; group: string }

/** What was said about a held-out text: how likely, whether it was right, and to which group the text belongs. */
export type Said = { probability: number; isRight: boolean; group: string }

const sharpest = 64
/** A lower bound that holds in nine of ten cases (one-sided normal quantile). */
const quantile = 1.2816
/** Whatever the held-out texts say: less than even odds are no confidence. */
const floor = 0.5

/** The negative logarithm of how likely the held-out labels are, per text. */
export function surprise(heldOut: readonly HeldOut[], sharpness: number): number {
  let sum = 0
  let count = 0
  for (const { scores, label } of heldOut) {
    if (label < 0) continue
    sum -= Math.log(Math.max(probabilities(scores, sharpness)[label]!, 1e-300))
    count += 1
  }
  return count === 0 ? 0 : sum / count
}

/** The sharpness that makes the held-out labels most likely: surprise is convex in it, so a golden section finds it. */
export function sharpnessOf(heldOut: readonly HeldOut[]): number {
  if (!heldOut.some(({ label }) => label >= 0)) return 1
  const ratio = (Math.sqrt(5) - 1) / 2
  let low = 0
  let high = sharpest
  let left = high - ratio * (high - low)
  let right = low + ratio * (high - low)
  let atLeft = surprise(heldOut, left)
  let atRight = surprise(heldOut, right)
  while (high - low > 1e-3) {
    if (atLeft <= atRight) {
      high = right
      right = left
      atRight = atLeft
      left = high - ratio * (high - low)
      atLeft = surprise(heldOut, left)
    } else {
      low = left
      left = right
      atLeft = atRight
      right = low + ratio * (high - low)
      atRight = surprise(heldOut, right)
    }
  }
  return (low + high) / 2
}

/** The likeliest label of each held-out text, and whether that was right. */
export function saidOf(heldOut: readonly HeldOut[], sharpness: number): Said[] {
  return heldOut.map(({ scores, label, group }) => {
    let best = 0
    for (let k = 1; k < scores.length; k += 1) if (scores[k]! > scores[best]!) best = k
    return { probability: probabilities(scores, sharpness)[best] ?? 0, isRight: best === label, group }
  })
}

/** What share of `count` is at least right, when `share` was: Wilson's lower bound. */
export function lowerBound(share: number, count: number): number {
  const square = quantile * quantile
  const middle = share + square / (2 * count)
  const spread = quantile * Math.sqrt((share * (1 - share) + square / (4 * count)) / count)
  return (middle - spread) / (1 + square / count)
}

/**
 * The lowest probability from which on at least `precision` of the sayings were right, by their lower bound. Texts of one
 * group are right or wrong together: they count as many as groups of their sizes would (Kish), so that one story told a
 * hundred times is no hundredfold proof.
 *
 * @returns null when there is none.
 */
export function thresholdOf(said: readonly Said[], precision: number): number | null {
  const sorted = said.toSorted((a, b) => b.probability - a.probability)
  const sizes = new Map<string, number>()
  let squares = 0
  let right = 0
  let threshold: number | null = null
  for (const [index, { probability, isRight, group }] of sorted.entries()) {
    if (probability < floor) break
    const size = sizes.get(group) ?? 0
    sizes.set(group, size + 1)
    squares += 2 * size + 1
    if (isRight) right += 1
    // Equal ones are above the threshold together or not at all.
    const isLast = sorted[index + 1]?.probability !== probability
    const count = index + 1
    if (isLast && lowerBound(right / count, (count * count) / squares) >= precision) threshold = probability
  }
  return threshold
}
