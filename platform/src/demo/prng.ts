/**
 * A seeded generator (sfc32) that can be forked by a label: every part of the demo draws from its own fork, so that a
 * change in one part leaves all the others as they were. Not for secrets.
 */
export type Random = {
  /** 32 random bits as an unsigned integer. */
  bits(): number
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [low, high], both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** An index of `weights`, drawn in proportion to them. */
  weighted(weights: readonly number[]): number
  /** A UUIDv7 whose time part is `ms` (milliseconds since 1970) and whose rest is drawn. */
  uuid(ms: number): string
  fork(label: string): Random
}

export function seededRandom(seed: string): Random {
  let [a, b, c, d] = mix(seed)
  const bits = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  for (let i = 0; i < 8; i++) bits()
  const next = () => bits() / 4294967296
  return {
    bits,
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const chosen = list[Math.floor(next() * list.length)]
      if (chosen === undefined) throw new Error('nothing to pick from')
      return chosen
    },
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0)
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i] ?? 0
        if (left < 0) return i
      }
      return weights.length - 1
    },
    uuid(ms) {
      const time = hex(Math.floor(ms / 65536), 8) + '-' + hex(Math.floor(ms) % 65536, 4)
      const x = bits()
      const y = bits()
      const z = bits()
      return `${time}-7${hex(x & 0xfff, 3)}-${hex(0x8000 | ((x >>> 12) & 0x3fff), 4)}-${hex(y, 8)}${hex(z & 0xffff, 4)}`
    },
    fork: (label) => seededRandom(`${seed}/${label}`),
  }
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0')
}

/** cyrb128: four well mixed words from a text. */
function mix(text: string): [number, number, number, number] {
  let h1 = 1779033703
  let h2 = 3144134277
  let h3 = 1013904242
  let h4 = 2773480762
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1]
}
