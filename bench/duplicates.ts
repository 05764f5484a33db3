import { featuresOf, likenessOf, sameFrom } from '#requests/together/alike.ts'
import { commonWords, fitted } from './duplicates-fit.ts'
import { questions, readied } from './retold.ts'
import type { Question } from './retold.ts'
import type { Figure, Options } from './figure.ts'

/**
 * `npm run bench -- duplicates`: how well what was said before is recognised, on categories that nothing was tuned on.
 * `--fit` works the weights out anew on the other half; `--misses` prints what is missed and wrongly shown there.
 */

type Counted = { found: number; missed: number; wrong: number }

function count(
  set: readonly Question[],
  phone: boolean,
  threshold: number,
  tell?: (line: string) => void,
): Counted {
  const counted = { found: 0, missed: 0, wrong: 0 }
  for (const question of set) {
    const { one, others } = readied(question, phone)
    for (const { said, same, words } of others) {
      const { score } = likenessOf(one, said)
      if (same && score >= threshold) counted.found += 1
      else if (same) counted.missed += 1
      else if (score >= threshold) counted.wrong += 1
      if (tell && same !== score >= threshold)
        tell(
          `${same ? 'missed' : 'wrong '} ${score.toFixed(2)} ${question.category} ${question.asked.words} | ${words}`,
        )
    }
  }
  return counted
}

const round = (value: number) => Math.round(value * 1000) / 1000

function figures(name: string, { found, missed, wrong }: Counted): Figure[] {
  const precision = found / (found + wrong)
  const recall = found / (found + missed)
  return [
    { name: `${name} precision`, value: round(precision), unit: '', target: 0.9, better: 'higher' },
    { name: `${name} recall`, value: round(recall), unit: '', target: 0.8, better: 'higher' },
    { name: `${name} f1`, value: round((2 * precision * recall) / (precision + recall)), unit: '' },
  ]
}

/** Candidates made ready and scored in a second, as the service does it: texts cut into words each time. */
function speed(set: readonly Question[]): number {
  const start = performance.now()
  let scored = 0
  for (const question of set) {
    const { one, others } = readied(question, false)
    for (const { said } of others) likenessOf(one, said)
    scored += others.length
  }
  return Math.round((scored / (performance.now() - start)) * 1000)
}

export async function bench({ scale, of }: Options): Promise<Figure[]> {
  const perTale = scale === 'small' ? 3 : 12
  if (process.argv.includes('--fit')) {
    const tuning = questions('tuning', perTale)
    const rows = [false, true].flatMap((phone) =>
      tuning.flatMap((question) => {
        const { one, others } = readied(question, phone)
        return others.map(({ said, same }) => ({ features: featuresOf(one, said), same }))
      }),
    )
    const texts = tuning.flatMap(({ asked, others }) => [
      asked.words,
      ...others.map((other) => other.of.words),
    ])
    process.stdout.write(`${JSON.stringify(commonWords(texts))}\n${JSON.stringify(fitted(rows), null, 1)}\n`)
    for (const threshold of [0.3, 0.4, 0.5, 0.6, 0.7])
      process.stdout.write(
        `${threshold} desk ${JSON.stringify(count(tuning, false, threshold))} phone ${JSON.stringify(count(tuning, true, threshold))}\n`,
      )
  }
  if (process.argv.includes('--misses'))
    count(questions('tuning', perTale), of('misses') !== 'desk', sameFrom, (line) =>
      process.stdout.write(`${line}\n`),
    )
  const measuring = questions('measuring', perTale)
  const threshold = Number(of('threshold') ?? sameFrom)
  return [
    { name: 'questions', value: measuring.length, unit: '' },
    ...figures('desk', count(measuring, false, threshold)),
    ...figures('phone', count(measuring, true, threshold)),
    { name: 'candidates', value: speed(measuring.slice(0, 300)), unit: '/s' },
  ]
}
