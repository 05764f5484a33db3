const titleLength = 24

/** A short name out of the words: the first clause, as a person would say it. */
export function titleOf(words: string): string {
  const first = words.trim().split(/[\n。！？；!?;]/)[0] ?? ''
  const clause = first.length > titleLength ? (first.split(/[，,、]/)[0] ?? first) : first
  return [...clause].slice(0, titleLength).join('') || [...words.trim()].slice(0, titleLength).join('')
}
