import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lowerBound, saidOf, sharpnessOf, surprise, thresholdOf } from './calibrate.ts'
import { check } from './check.ts'
import { fit, usual } from './fit.ts'
import { foldsOf } from './folds.ts'
import { figuresOf } from './measure.ts'
import { generator } from './random.ts'
import { judge, probabilities, reader } from './score.ts'
import { rowsOf, vocabularyOf } from './terms.ts'
import type { Document } from './terms.ts'
import { train } from './train.ts'

const settings = { ...usual, atLeast: 2, folds: 4 }

/** Texts whose labels have words of their own and share common ones; a share of `vague` have only common ones. */
function corpus(count: number, labels: number, vague: number, seed: number): Document[] {
  const random = generator(seed)
  const pick = (n: number) => Math.floor(random() * n)
  return Array.from({ length: count }, (_, index) => {
    const label = pick(labels)
    const own = random() < vague ? [] : Array.from({ length: 3 }, () => `own-${label}-${pick(12)}`)
    const common = Array.from({ length: 4 }, () => `common-${pick(30)}`)
    return { terms: [...own, ...common], label: `label-${label}`, source: `person-${index}` }
  })
}

function prepared(documents: Document[], cost = 1) {
  const vocabulary = vocabularyOf(documents, { atLeast: 1, most: 10_000 })
  const names = [...new Set(documents.map(({ label }) => label))].toSorted()
  return {
    rows: rowsOf(documents, vocabulary),
    width: vocabulary.terms.length,
    labels: Int32Array.from(documents, ({ label }) => names.indexOf(label)),
    count: names.length,
    costs: new Float64Array(documents.length).fill(cost),
    chosen: Int32Array.from(documents, (_, index) => index),
    seed: 1,
  }
}

describe('CL1 terms', () => {
  test('CL1 what fewer people said than asked for is not in the model, however often they said it', () => {
    const said = (terms: string[], source: string): Document => ({ terms, label: 'a', source })
    const { terms } = vocabularyOf(
      [...Array.from({ length: 50 }, () => said(['secret', 'lamp'], 'one')), said(['lamp'], 'two')],
      { atLeast: 2, most: 10 },
    )
    expect(terms).toEqual(['lamp'])
  })

  test('CL1 terms of seeds are in from the start', () => {
    const seed: Document = { terms: ['gas'], label: 'a', source: 'seed', isSeed: true }
    expect(vocabularyOf([seed], { atLeast: 5, most: 10 }).terms).toEqual(['gas'])
  })

  test('CL1 no row is longer than one; a text of known terms only has length one, unknown ones shorten it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...'abcdefgh'))), (texts) => {
        const documents = texts.map((terms, i) => ({ terms, label: 'x', source: String(i) }))
        const vocabulary = vocabularyOf(documents, { atLeast: 2, most: 5 })
        const { starts, values } = rowsOf(documents, vocabulary)
        texts.forEach((terms, i) => {
          const squares = values.slice(starts[i], starts[i + 1]).reduce((sum, value) => sum + value ** 2, 0)
          const isKnown = terms.length > 0 && terms.every((term) => vocabulary.columns.has(term))
          if (isKnown) expect(squares).toBeCloseTo(1, 12)
          else expect(squares).toBeLessThan(1)
        })
      }),
    )
  })
})

describe('CL2 training', () => {
  test('CL2 every problem is solved to its optimum, as an independent proof shows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(0.1, 1, 8),
        fc.nat(1e6),
        (count, labels, cost, seed) => {
          const problem = prepared(corpus(count, labels, 0.3, seed), cost)
          const proof = check(problem, train(problem))
          expect(proof.outside).toBe(0)
          expect(proof.weightError).toBeLessThan(1e-9)
          expect(proof.gap).toBeGreaterThan(-1e-9)
          expect(proof.gap).toBeLessThan(0.01)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('CL2 the proof bites: a weight or a dual that was tampered with is found out', () => {
    const problem = prepared(corpus(40, 2, 0.2, 5))
    const trained = train(problem)
    trained.weights[0]![0]! += 0.1
    expect(check(problem, trained).weightError).toBeGreaterThan(0.09)
    const half = train(problem)
    for (const dual of half.duals) for (let k = 0; k < dual.length; k += 1) dual[k]! /= 2
    expect(check(problem, half).gap).toBeGreaterThan(0.05)
  })
})

describe('CL3 nothing but the texts decides', () => {
  test('CL3 the same texts give the same model, bit for bit', () => {
    const documents = corpus(120, 3, 0.1, 3)
    expect(fit(documents, settings).model).toEqual(fit(documents, settings).model)
  })

  test('CL3 another order, other names of labels, every text said twice as dear: the same first guess', () => {
    const documents = corpus(150, 3, 0.1, 9)
    const model = reader(fit(documents, settings).model)
    const turned = reader(fit(documents.toReversed(), settings).model)
    const renamed = reader(
      fit(
        documents.map((one) => ({ ...one, label: `other ${one.label}` })),
        settings,
      ).model,
    )
    const doubled = reader(
      fit(
        documents.flatMap((one) => [one, { ...one, source: `again ${one.source}` }]),
        { ...settings, cost: settings.cost / 2 },
      ).model,
    )
    // Close calls may fall either way by rounding; clear ones may not.
    for (const { terms } of corpus(60, 3, 0, 77)) {
      const [first, second] = judge(model, terms).guesses
      if (first!.probability - second!.probability < 0.1) continue
      expect(judge(turned, terms).guesses[0]!.label).toBe(first!.label)
      expect(judge(renamed, terms).guesses[0]!.label).toBe(`other ${first!.label}`)
      expect(judge(doubled, terms).guesses[0]!.label).toBe(first!.label)
    }
  })
})

describe('CL4 held-out texts', () => {
  const group = fc.record({ label: fc.constantFrom('a', 'b'), group: fc.constantFrom(...'uvwxyz') })
  test('CL4 a group is never cut in two, and every text is in a fold', () => {
    fc.assert(
      fc.property(fc.array(group), fc.integer({ min: 2, max: 6 }), (texts, count) => {
        const folds = foldsOf(texts, count, 1)
        const of = new Map<string, number>()
        texts.forEach(({ group: name }, index) => {
          expect(folds[index]).toBeGreaterThanOrEqual(0)
          expect(folds[index]).toBeLessThan(count)
          expect(of.get(name) ?? folds[index]).toBe(folds[index])
          of.set(name, folds[index]!)
        })
      }),
    )
  })

  test('CL4 each label is spread over the folds as evenly as single texts allow', () => {
    const texts = Array.from({ length: 200 }, (_, i) => ({
      label: i % 10 === 0 ? 'rare' : 'common',
      group: `${i}`,
    }))
    const folds = foldsOf(texts, 5, 7)
    for (let fold = 0; fold < 5; fold += 1)
      expect(texts.filter(({ label }, i) => label === 'rare' && folds[i] === fold)).toHaveLength(4)
  })

  test('CL4 the sharpness is the likeliest: a little more or less is more surprised', () => {
    const random = generator(4)
    const heldOut = Array.from({ length: 400 }, (_, i) => {
      const label = Math.floor(random() * 3)
      const scores = Float64Array.from({ length: 3 }, (__, k) => random() + (k === label ? 0.3 : 0))
      return { scores, label, group: `${i}` }
    })
    const best = sharpnessOf(heldOut)
    expect(surprise(heldOut, best)).toBeLessThan(surprise(heldOut, best * 1.05))
    expect(surprise(heldOut, best)).toBeLessThan(surprise(heldOut, best * 0.95))
    // Calibrated: as often right as it says on average.
    const said = saidOf(heldOut, best)
    const right = said.filter(({ isRight }) => isRight).length / said.length
    const meant = said.reduce((sum, { probability }) => sum + probability, 0) / said.length
    expect(Math.abs(right - meant)).toBeLessThan(0.05)
  })

  test('CL4 probabilities are shares of one', () => {
    const scores = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 64, noNaN: true }), (given, sharpness) => {
        const shares = probabilities(given, sharpness)
        expect(shares.every((share) => share >= 0)).toBe(true)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('CL5 the threshold', () => {
  const said = fc.array(
    fc.record({
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      isRight: fc.boolean(),
      group: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
    }),
    { maxLength: 200 },
  )
  test('CL5 what stands above it was right as often as asked for', () => {
    fc.assert(
      fc.property(said, fc.constantFrom(0.4, 0.6, 0.95), (sayings, precision) => {
        const threshold = thresholdOf(sayings, precision)
        if (threshold === null) return
        const above = sayings.filter(({ probability }) => probability >= threshold)
        expect(above.filter(({ isRight }) => isRight).length / above.length).toBeGreaterThanOrEqual(precision)
        expect(threshold).toBeGreaterThanOrEqual(0.5)
      }),
    )
  })

  const sayings = (count: number, wrong: number, groups: number) =>
    Array.from({ length: count }, (_, i) => ({
      probability: 0.9,
      isRight: i >= wrong,
      group: `${i % groups}`,
    }))
  test('CL5 few texts, or one story told a hundred times, prove nothing', () => {
    expect(thresholdOf(sayings(200, 0, 200), 0.95)).toBe(0.9)
    expect(thresholdOf(sayings(20, 0, 20), 0.95)).toBeNull()
    expect(thresholdOf(sayings(200, 0, 20), 0.95)).toBeNull()
    expect(thresholdOf(sayings(200, 10, 200), 0.95)).toBeNull()
  })

  test('CL5 the lower bound rises with the number of texts towards the share', () => {
    expect(lowerBound(0.96, 100)).toBeLessThan(lowerBound(0.96, 1_000))
    expect(lowerBound(0.96, 1e9)).toBeCloseTo(0.96, 4)
  })

  test('CL5 on texts it has never seen, what it says with confidence is right as often as asked for', () => {
    const { model, figures } = fit(corpus(1_500, 5, 0.2, 11), settings)
    const known = reader(model)
    const judged = corpus(1_500, 5, 0.2, 12).map(({ terms, label }) => {
      const { isSure, guesses } = judge(known, terms)
      return { truth: label, guess: guesses[0]!.label, isSure }
    })
    const fresh = figuresOf(judged)
    expect(figures!.accuracy).toBeCloseTo(fresh.accuracy, 1)
    // A fifth of the texts say nothing of their label, and are left to people.
    expect(fresh.coverage).toBeGreaterThan(0.6)
    expect(fresh.precision).toBeGreaterThan(0.95)
  })

  test('CL5 from seeds alone it guesses and is never sure', () => {
    const seeds = (['a', 'b'] as const).map((label): Document => ({
      terms: [`word-${label}`, 'both'],
      label,
      source: 'seed',
      isSeed: true,
    }))
    const { model, figures } = fit(seeds, settings)
    expect(figures).toBeNull()
    const verdict = judge(reader(model), ['word-b', 'both'])
    expect(verdict.guesses[0]!.label).toBe('b')
    expect(verdict.isSure).toBe(false)
  })

  test('CL5 of a text without a known word it is never sure', () => {
    const { model } = fit(corpus(800, 3, 0, 21), settings)
    expect(model.threshold).not.toBeNull()
    expect(judge(reader({ ...model, threshold: 0 }), ['unheard', 'of']).isSure).toBe(false)
  })
})

describe('CL6 reasons', () => {
  test('CL6 they stand in the text and belong to the label', () => {
    const { model } = fit(corpus(400, 3, 0, 31), settings)
    const known = reader(model)
    for (const { terms, label } of corpus(40, 3, 0, 32)) {
      const [first] = judge(known, terms).guesses
      expect(first!.because.every((term) => terms.includes(term))).toBe(true)
      expect(first!.because[0]).toMatch(new RegExp(`^own-${label.slice(-1)}-`))
    }
  })
})

test('figures: counted by hand', () => {
  const judged = [
    { truth: 'a', guess: 'a', isSure: true },
    { truth: 'a', guess: 'b', isSure: false },
    { truth: 'b', guess: 'b', isSure: true },
    { truth: 'c', guess: 'b', isSure: true },
  ]
  // F1 of a: 2/3, of b: 2/4, of c: 0.
  expect(figuresOf(judged)).toEqual({
    texts: 4,
    labels: 3,
    accuracy: 0.5,
    macroF1: expect.closeTo((2 / 3 + 1 / 2 + 0) / 3, 12),
    coverage: 0.75,
    precision: expect.closeTo(2 / 3, 12),
  })
})
