const titleLength = 24

/**
 * A short name out of the words: the first clause, as a person would say it. What is still too long is cut, in a language
 * that is written with spaces between two words, and ends in an ellipsis: nothing is said that looks whole and is not.
 */
export function titleOf(words: string): string {
  const all = words.trim()
  const first = all.split(/[\n。！？；!?;]/)[0]?.trim() || all
  const clause = [...first].length > titleLength ? (first.split(/[，,、]/)[0]?.trim() ?? first) : first
  return short(clause || first)
}

function short(text: string): string {
  const letters = [...text]
  if (letters.length <= titleLength) return text
  const cut = letters.slice(0, titleLength - 1)
  const inWord =
    /[\p{Script=Latin}\d]/u.test(cut.at(-1) ?? '') &&
    /[\p{Script=Latin}\d'’-]/u.test(letters[titleLength - 1] ?? '')
  const space = cut.lastIndexOf(' ')
  const whole = inWord && space > titleLength / 3 ? cut.slice(0, space) : cut
  return `${whole.join('').trimEnd()}…`
}
