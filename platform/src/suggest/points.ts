import rules from './data/points.json' with { type: 'json' }

/** RQ7: what a reporter asks, point by point: sentences with a question or a wish, as a start for whoever accepts. Pure. */

const opener = new RegExp(rules.openers, 'u')
const thanks = new RegExp(rules.thanks, 'u')
const numbered = new RegExp(rules.numbered, 'gu')
const sentenceEnd = /(?<=[？?])|[。！!；;\n\r]+/u
const clauseEnd = /[，,]/u
const mark = /[？?]$/u

const mostPoints = 12
const mostSigns = 200
/** A shorter one is a word, not a wish. */
const fewestSigns = 4

function isAsked(text: string): boolean {
  return mark.test(text) || [...rules.asks, ...rules.wants].some((word) => text.includes(word))
}

/** Without greetings and connecting words, however many stand one after the other. */
function withoutOpeners(text: string): string {
  const rest = text.trim().replace(opener, '')
  return rest === text.trim() ? rest : withoutOpeners(rest)
}

/** Of a long sentence only the part from which on something is asked; what came before tells why. */
function asked(sentence: string): string {
  const clauses = sentence.split(clauseEnd)
  const first = clauses.findIndex(isAsked)
  return clauses.slice(Math.max(first, 0)).join(rules.comma)
}

/** The points of a text, in its order, each once. Empty when nothing is asked in so many words. */
export function pointsIn(text: string): string[] {
  const sentences = text
    .replaceAll(numbered, '\n')
    .split(sentenceEnd)
    .map((sentence) => withoutOpeners(sentence))
    .filter((sentence) => isAsked(sentence) && !thanks.test(sentence))
    .map((sentence) => withoutOpeners(asked(sentence)))
    .filter((point) => [...point].length >= fewestSigns)
    .map((point) => [...point].slice(0, mostSigns).join(''))
  return [...new Set(sentences)].slice(0, mostPoints)
}
