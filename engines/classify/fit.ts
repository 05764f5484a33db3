import { saidOf, sharpnessOf, thresholdOf } from './calibrate.ts'
import type { HeldOut } from './calibrate.ts'
import { foldsOf } from './folds.ts'
import { figuresOf } from './measure.ts'
import type { Figures } from './measure.ts'
import type { Model } from './score.ts'
import { rowsOf, vocabularyOf } from './terms.ts'
import type { Document, Rows } from './terms.ts'
import { train } from './train.ts'

/** From labelled texts to a model that knows how sure it may be. */

export type Settings = {
  /** How many different sources must have used a term (CL1). */
  atLeast: number
  /** Most terms. */
  most: number
  /** How dear a text on the wrong side is; higher fits closer. */
  cost: number
  /** How much of that a seed text costs. */
  seedCost: number
  folds: number
  /** How often what is said with confidence must be right (CL5). */
  precision: number
  seed: number
}

export const usual: Settings = {
  atLeast: 5,
  most: 20_000,
  cost: 0.5,
  seedCost: 4,
  folds: 5,
  precision: 0.95,
  seed: 20_261_121,
}

/** `figures`: what the held-out texts show; null while there are too few to hold any out. */
export type Fitted = { model: Model; figures: Figures | null }

/** Fewer texts than this a fold are not worth holding out. */
const fewestAFold = 10

/** Learns from the texts. A label without a single text, seeds included, is not known to the model. */
export function fit(documents: readonly Document[], settings: Settings = usual): Fitted {
  const vocabulary = vocabularyOf(documents, settings)
  const rows = rowsOf(documents, vocabulary)
  const names = [...new Set(documents.map(({ label }) => label))].toSorted((a, b) => (a < b ? -1 : 1))
  const numbers = new Map(names.map((name, index) => [name, index]))
  const problem = {
    rows,
    width: vocabulary.terms.length,
    labels: Int32Array.from(documents, ({ label }) => numbers.get(label)!),
    count: names.length,
    costs: Float64Array.from(documents, ({ isSeed }) => settings.cost * (isSeed ? settings.seedCost : 1)),
    seed: settings.seed,
  }
  const heldOut = holdOut(documents, problem, settings)
  const sharpness = heldOut.length > 0 ? sharpnessOf(heldOut) : 1
  const said = saidOf(heldOut, sharpness)
  const threshold = thresholdOf(said, settings.precision)
  const all = Int32Array.from(documents, (_, index) => index)
  const { weights } = train({ ...problem, chosen: all })
  const { width, count } = problem
  const flat = new Float32Array(width * count)
  weights.forEach((weight, label) => {
    for (let column = 0; column < width; column += 1) flat[column * count + label] = weight[column]!
  })
  const figures = figuresOf(
    heldOut.map(({ scores, label }, index) => ({
      truth: names[label]!,
      guess: names[scores.indexOf(Math.max(...scores))]!,
      isSure: threshold !== null && said[index]!.probability >= threshold,
    })),
  )
  const model: Model = {
    terms: vocabulary.terms,
    rarity: Float32Array.from(vocabulary.rarity),
    unknown: vocabulary.unknown,
    labels: names,
    weights: flat,
    offsets: Float32Array.from(weights, (weight) => weight[width]!),
    sharpness,
    threshold,
  }
  return { model, figures: heldOut.length > 0 ? figures : null }
}

type Prepared = {
  rows: Rows
  width: number
  labels: Int32Array
  count: number
  costs: Float64Array
  seed: number
}

/** The scores of every text by a model that learned from the other folds; seeds are learned from in each and never tested. */
function holdOut(documents: readonly Document[], problem: Prepared, settings: Settings): HeldOut[] {
  const real = documents.flatMap(({ isSeed }, index) => (isSeed ? [] : [index]))
  if (real.length < settings.folds * fewestAFold) return []
  const folds = new Int32Array(documents.length).fill(-1)
  foldsOf(
    real.map((index) => {
      const { label, group, source } = documents[index]!
      return { label, group: group ?? source }
    }),
    settings.folds,
    settings.seed,
  ).forEach((fold, at) => (folds[real[at]!] = fold))
  const heldOut: HeldOut[] = []
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const chosen = Int32Array.from(documents.flatMap((_, index) => (folds[index] === fold ? [] : [index])))
    const { weights } = train({ ...problem, chosen })
    for (const index of real) {
      if (folds[index] === fold) {
        const { group, source } = documents[index]!
        heldOut.push({
          scores: scoresOf(problem, weights, index),
          label: problem.labels[index]!,
          group: group ?? source,
        })
      }
    }
  }
  return heldOut
}

function scoresOf({ rows, width }: Prepared, weights: readonly Float64Array[], index: number): Float64Array {
  return Float64Array.from(weights, (weight) => {
    let score = weight[width]!
    for (let at = rows.starts[index]!; at < rows.starts[index + 1]!; at += 1)
      score += weight[rows.columns[at]!]! * rows.values[at]!
    return score
  })
}
