import { fit, usual } from '#engines/classify/fit.ts'
import type { Fitted } from '#engines/classify/fit.ts'
import type { Document } from '#engines/classify/terms.ts'
import seeds from './data/seeds.json' with { type: 'json' }
import urgency from './data/urgency.json' with { type: 'json' }
import { termsOf } from './terms.ts'

/** From what a district accepted so far to its models. Takes seconds: `train.ts` runs it in a thread of its own. */

/** A request as it is learned from. */
export type Lesson = { text: string; category: string; urgency: string; reporter: string }

export type Learned = { category: Fitted; urgency: Fitted }

const phrases = (line: string) => line.split(/；/u)

/** Phrases that the makers start each label with, as texts. */
export function seedsOf(lines: Readonly<Record<string, string>>): Document[] {
  return Object.entries(lines).flatMap(([label, line]) =>
    phrases(line).map((phrase) => ({ terms: termsOf(phrase), label, source: 'seed', isSeed: true as const })),
  )
}

const clauseEnd = /[\s，。！？；：、,.!?;:]+/u
/** A shorter one is said by anybody. */
const copiedLength = 7

/**
 * Who copied from whom: texts that share a long clause, word for word, are one group, so that a form letter is not proved
 * by its own copies (CL4).
 *
 * @returns the group of each text: its longest clause that another text has as well, else who said it.
 */
export function groupsOf(lessons: readonly Pick<Lesson, 'text' | 'reporter'>[]): string[] {
  const clauses = lessons.map(({ text }) => [
    ...new Set(
      text
        .replaceAll(/\p{Number}+/gu, '')
        .split(clauseEnd)
        .filter((clause) => clause.length >= copiedLength),
    ),
  ])
  const counts = new Map<string, number>()
  for (const clause of clauses.flat()) counts.set(clause, (counts.get(clause) ?? 0) + 1)
  return clauses.map(
    (own, index) =>
      own
        .filter((clause) => counts.get(clause)! > 1)
        .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))[0] ?? lessons[index]!.reporter,
  )
}

/** Learns categories and urgencies, each from the same texts and from the seeds. */
export function learn(lessons: readonly Lesson[]): Learned {
  const groups = groupsOf(lessons)
  const texts = lessons.map(({ text, reporter }, index) => ({
    terms: termsOf(text),
    source: reporter,
    group: groups[index]!,
  }))
  const labelled = (of: (lesson: Lesson) => string): Document[] =>
    texts.map((text, index) => ({ ...text, label: of(lessons[index]!) }))
  return {
    category: fit([...labelled((one) => one.category), ...seedsOf(seeds)], usual),
    urgency: fit([...labelled((one) => one.urgency), ...seedsOf(urgency.seeds)], usual),
  }
}
