/**
 * Which keys of a file came before, and in which row: a million of them in 24 MB, because only 64 bits of each are kept.
 * That two different ones fall together in a file of a million has a chance of one in thirty million. Pure.
 */

function hash(text: string, seed: number): number {
  let value = seed
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value ^= value >>> 15
  value = Math.imul(value, 0x85ebca6b)
  return (value ^ (value >>> 13)) >>> 0
}

export function seenKeys() {
  let size = 1 << 12
  let highs = new Uint32Array(size)
  let lows = new Uint32Array(size)
  let rows = new Uint32Array(size)
  let used = 0

  const place = (high: number, low: number): number => {
    let at = high & (size - 1)
    while (rows[at] !== 0 && (highs[at] !== high || lows[at] !== low)) at = (at + 1) & (size - 1)
    return at
  }
  const grow = (): void => {
    const [oldHighs, oldLows, oldRows] = [highs, lows, rows]
    size *= 2
    highs = new Uint32Array(size)
    lows = new Uint32Array(size)
    rows = new Uint32Array(size)
    for (const [at, row] of oldRows.entries()) {
      if (row === 0) continue
      const to = place(oldHighs[at] ?? 0, oldLows[at] ?? 0)
      highs[to] = oldHighs[at] ?? 0
      lows[to] = oldLows[at] ?? 0
      rows[to] = row
    }
  }
  return {
    /** The row that had the key before; undefined for the first, which is kept. @param row from 1. */
    first(key: string, row: number): number | undefined {
      if (used * 3 > size * 2) grow()
      const [high, low] = [hash(key, 0x811c9dc5), hash(key, 0x5bd1e995)]
      const at = place(high, low)
      const before = rows[at]
      if (before !== undefined && before !== 0) return before
      highs[at] = high
      lows[at] = low
      rows[at] = row
      used += 1
      return undefined
    },
  }
}
