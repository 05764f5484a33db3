/** How good predictions are. */

export type Figures = {
  /** How many texts were judged. */
  texts: number
  labels: number
  /** Share judged right. */
  accuracy: number
  /** Mean over the labels of the harmonic mean of precision and recall: rare labels weigh as much as common ones. */
  macroF1: number
  /** Share of the texts about which it said something with confidence, and how much of that was right; null: it never did. */
  coverage: number
  precision: number | null
}

export type Judged = { truth: string; guess: string; isSure: boolean }

export function figuresOf(judged: readonly Judged[]): Figures {
  const labels = new Map<string, { right: number; truth: number; guess: number }>()
  const of = (label: string) => {
    const found = labels.get(label) ?? { right: 0, truth: 0, guess: 0 }
    labels.set(label, found)
    return found
  }
  let right = 0
  let sure = 0
  let sureAndRight = 0
  for (const { truth, guess, isSure } of judged) {
    of(truth).truth += 1
    of(guess).guess += 1
    if (truth === guess) {
      right += 1
      of(truth).right += 1
    }
    if (isSure) {
      sure += 1
      if (truth === guess) sureAndRight += 1
    }
  }
  const real = [...labels.values()].filter((one) => one.truth > 0)
  const f1 = real.map((one) => (2 * one.right) / (one.truth + one.guess))
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  return {
    texts: judged.length,
    labels: real.length,
    accuracy: share(right, judged.length),
    macroF1: share(
      f1.reduce((sum, one) => sum + one, 0),
      f1.length,
    ),
    coverage: share(sure, judged.length),
    precision: sure === 0 ? null : sureAndRight / sure,
  }
}
