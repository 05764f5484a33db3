import { rowOf } from './terms.ts'

/** A model as it is kept, and what it says about one text (CL6). */

export type Model = {
  terms: readonly string[]
  rarity: Float32Array
  unknown: number
  labels: readonly string[]
  /** A row a term, a column a label. */
  weights: Float32Array
  offsets: Float32Array
  /** Brings scores to probabilities (CL4). */
  sharpness: number
  /** From which probability on a label is said with confidence; null: never (CL5). */
  threshold: number | null
}

/** A model with its terms looked up fast. */
export type Reader = { model: Model; columns: ReadonlyMap<string, number> }

export type Guess = { label: string; probability: number; because: string[] }
export type Verdict = { isSure: boolean; guesses: Guess[]; known: number }

/** How many labels are named when it is not sure. */
const named = 3
const mostReasons = 12
/** Fewer known terms than this are no ground for confidence, whatever they say. */
const fewestTerms = 2

export function reader(model: Model): Reader {
  return { model, columns: new Map(model.terms.map((term, column) => [term, column])) }
}

/** Probabilities from scores: each score's exponential, sharpened, out of their sum. */
export function probabilities(scores: ArrayLike<number>, sharpness: number): Float64Array {
  const result = new Float64Array(scores.length)
  let highest = -Infinity
  for (let k = 0; k < scores.length; k += 1) highest = Math.max(highest, scores[k]!)
  let sum = 0
  for (let k = 0; k < scores.length; k += 1) sum += result[k] = Math.exp(sharpness * (scores[k]! - highest))
  for (let k = 0; k < scores.length; k += 1) result[k]! /= sum
  return result
}

/** What the model makes of a text, the likeliest label first, each with the terms that speak for it. */
export function judge({ model, columns }: Reader, terms: readonly string[]): Verdict {
  const { labels, weights, offsets, rarity, unknown, sharpness, threshold } = model
  const row = rowOf(terms, { columns, rarity, unknown })
  const scores = Float64Array.from(offsets)
  row.columns.forEach((column, at) => {
    for (let k = 0; k < labels.length; k += 1)
      scores[k]! += row.values[at]! * weights[column * labels.length + k]!
  })
  const likely = probabilities(scores, sharpness)
  const order = labels
    .map((_, k) => k)
    .toSorted((a, b) => likely[b]! - likely[a]! || (labels[a]! < labels[b]! ? -1 : 1))
  const guesses = order.slice(0, named).map((k) => ({
    label: labels[k]!,
    probability: likely[k]!,
    because: reasons(model, row, k),
  }))
  const isSure = threshold !== null && row.columns.length >= fewestTerms && likely[order[0]!]! >= threshold
  return { isSure, guesses, known: row.columns.length }
}

/** A term that speaks louder for another label is no reason: this one must have so much of the loudest voice. */
const ownShare = 0.6

/** The terms that speak for a label more than for the labels on average, the strongest first. */
function reasons(model: Model, row: { columns: number[]; values: number[] }, label: number): string[] {
  const { weights, labels, terms } = model
  const spoken = row.columns.flatMap((column, at) => {
    const start = column * labels.length
    const own = weights[start + label]!
    let mean = 0
    let loudest = 0
    for (let k = 0; k < labels.length; k += 1) {
      mean += weights[start + k]! / labels.length
      loudest = Math.max(loudest, weights[start + k]!)
    }
    const voice = row.values[at]! * (own - mean)
    return own > 0 && own >= ownShare * loudest && voice > 0 ? [{ term: terms[column]!, voice }] : []
  })
  return spoken
    .toSorted((a, b) => b.voice - a.voice || (a.term < b.term ? -1 : 1))
    .slice(0, mostReasons)
    .map(({ term }) => term)
}
