import { rowOf } from '#engines/classify/terms.ts'
import type { Reader } from '#engines/classify/score.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationNames } from '#org/service.ts'
import { answersTo } from '#requests/past.ts'
import type { PastAnswer } from '#requests/past.ts'
import type { Alike } from './contract.ts'
import { gap } from './rules.ts'
import { namesIn, wordsOf } from './terms.ts'
import { textOf } from './train.ts'

/** How requests like this one were solved before (RQ7): ranked by the words they share, the rare ones counting most. */

const most = 3
const yearsBack = 2
/** Requests that are read to find three. */
const read = 120
/** Fewer than this in the community, and the subdistrict is asked as well. */
const few = 12
/** Two texts with less in common are not about the same. */
const leastAlike = 0.12
const mostReasons = 3
/** A content reporter is the best proof that an answer was good. */
const trust = { satisfied: 1, fair: 0.9, silent: 0.85 } as const

type Ranked = PastAnswer & { likeness: number; because: string[] }

/** Likeness is the cosine of the two texts' words, each as rare as it is. */
export function rank(
  model: Pick<Reader, 'model' | 'columns'>,
  text: string,
  answers: readonly PastAnswer[],
): Ranked[] {
  const { rarity, unknown } = model.model
  const vector = (of: string) => {
    const words = [...new Set(wordsOf(of))]
    // Words the model does not know count as well: here only the two texts are compared, and nothing is kept.
    const columns = new Map(words.map((word, index) => [word, index]))
    const weights = Float64Array.from(words, (word) => {
      const column = model.columns.get(word)
      return column === undefined ? unknown : rarity[column]!
    })
    const row = rowOf(words, { columns, rarity: weights, unknown })
    return new Map(row.columns.map((column, at) => [words[column]!, row.values[at]!]))
  }
  const own = vector(text)
  return answers
    .map((answer) => {
      const other = vector(textOf(answer))
      const shared = [...own]
        .map(([word, value]) => ({ word, part: value * (other.get(word) ?? 0) }))
        .filter(({ part }) => part > 0)
        .toSorted((a, b) => b.part - a.part)
      return {
        ...answer,
        likeness: shared.reduce((sum, { part }) => sum + part, 0),
        because: shared.slice(0, mostReasons).map(({ word }) => word),
      }
    })
    .filter(({ likeness }) => likeness >= leastAlike)
    .toSorted((a, b) => b.likeness * trust[b.satisfaction] - a.likeness * trust[a.satisfaction])
}

/** An answer with a gap wherever it names people, places or figures of its own case: they are nobody else's business. */
export function openedUp(answer: string): string {
  return namesIn(answer)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(name, gap), answer)
    .replaceAll(/[\p{Number}a-zA-Z][\p{Number}a-zA-Z.:：\-—*]*/gu, gap)
    .replaceAll(new RegExp(`${gap}(?:\\s*${gap})+`, 'g'), gap)
}

export async function alikeTo(
  trx: Trx,
  matter: { id: string; category: string; path: string; text: string },
  model: Reader,
  now: Temporal.Instant,
): Promise<Alike['items']> {
  const { id, category, path, text } = matter
  const since = now.subtract({ hours: yearsBack * 365 * 24 }).toString()
  const areas = path.split('/').filter(Boolean)
  const under = (depth: number) =>
    answersTo(trx, { category, path: `${areas.slice(0, depth).join('/')}/`, since }, id, read)
  const here = await under(3)
  const near = here.length < few ? await under(2) : here
  const distinct = new Map<string, Ranked>()
  // The same answer a second time helps nobody.
  for (const one of rank(model, text, near)) if (!distinct.has(one.answer)) distinct.set(one.answer, one)
  const best = [...distinct.values()].slice(0, most)
  const names = await organisationNames(
    trx,
    best.flatMap(({ by }) => by ?? []),
  )
  return best.map((one) => ({
    id: one.id,
    code: one.code,
    title: one.title,
    answer: one.answer,
    start: openedUp(one.answer),
    by: (one.by && names.get(one.by)?.shortName) ?? null,
    answeredAt: one.answeredAt,
    satisfaction: one.satisfaction,
    because: one.because,
  }))
}
