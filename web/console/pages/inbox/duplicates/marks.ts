/** A text cut into what another text says too and what it does not. `common` are pairs of characters, or whole runs. */
export function marksIn(text: string, common: readonly string[]): { text: string; common: boolean }[] {
  const low = text.toLowerCase()
  const said = Array.from({ length: text.length }, () => false)
  for (const one of common)
    for (let at = low.indexOf(one); at >= 0; at = low.indexOf(one, at + 1))
      said.fill(true, at, at + one.length)
  const parts: { text: string; common: boolean }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const last = parts.at(-1)
    const is = said[at] ?? false
    if (last?.common === is) last.text += text[at]
    else parts.push({ text: text[at] ?? '', common: is })
  }
  return parts
}
