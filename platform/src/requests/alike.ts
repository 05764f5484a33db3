import data from './data/alike.json' with { type: 'json' }

/**
 * Whether two people speak of the same matter: how near, how long between, of which kind, in which words. Pure; nothing is
 * ever merged by it. The weights are a logistic fit on the tuning half of `npm run bench -- duplicates`, which measures
 * them on the other half.
 */

/** What somebody said, made ready for comparing. */
export type Said = {
  /** Area path of the place. */
  path: string
  /** What was added to the place in words, as grams. */
  place: ReadonlySet<string>
  point: { lon: number; lat: number } | null
  at: string
  /** Category code; null while nobody has chosen one. */
  category: string | null
  /** 2-grams of the words. */
  grams: ReadonlySet<string>
  /** Words, those of one meaning under one name (see `meaningsOf`). */
  words: ReadonlySet<string>
}

export type Likeness = {
  /** From 0 to 1: how sure it is that both mean the same matter. */
  score: number
  /** Metres between them, where both places are known so closely. */
  metres: number | null
  days: number
  kind: 'same' | 'group' | 'other' | 'unknown'
  /** What each part adds to the score, in the order in which it is told. */
  parts: { near: number; soon: number; kind: number; words: number }
}

/** From this score on two are shown as possibly the same. */
const sameFrom = 0.5

/** By how much each part speaks for "the same"; `kind` of what a resident still writes is unknown. */
const weights = {
  bias: -6,
  near: 3,
  soon: 1,
  kind: { same: 2, group: 0, other: -2, unknown: 0.5 },
  words: 4,
  grams: 4,
  both: 3,
}

const meanings = new Map(
  data.meanings.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)),
)
const empty = new Set(data.empty)

/** The words that say what a matter is about: filler is left out, and words of one meaning count as one. */
export function meaningsOf(words: readonly string[]): Set<string> {
  return new Set(words.filter((word) => !empty.has(word)).map((word) => meanings.get(word) ?? word))
}

const metresPerDegree = 111_320

/** Metres between two points close together. */
function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const east = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180))
  return Math.hypot(east, a.lat - b.lat) * metresPerDegree
}

/** How many of the smaller one's members the other has too. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  let both = 0
  for (const one of small) if (large.has(one)) both += 1
  return both / small.size
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const one of a) if (b.has(one)) both += 1
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size)
}

/** How near two areas are by the tree alone: same stairwell, building, compound, community, or none of these. */
const nearness = [0, 0, 0, 0.2, 0.6, 0.9, 1] as const
/** Beyond the distance at which it counts half. */
const halfMetres = 120

function commonLevels(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')]
  let common = 0
  while (one[common] && one[common] === other[common]) common += 1
  return common
}

/** From 0, somewhere else, to 1, the same spot. */
function nearOf(a: Said, b: Said, metres: number | null): number {
  const byTree = nearness[Math.min(commonLevels(a.path, b.path), 6)] ?? 0
  const byDistance = metres === null ? 0 : 2 ** (-metres / halfMetres)
  // "By the school on Heping Road": places on a road have no area closer than the community.
  const byName = byTree > 0 && Math.min(a.place.size, b.place.size) > 1 ? 0.9 * overlap(a.place, b.place) : 0
  return Math.max(byTree, byDistance, byName)
}

const halfDays = 10

function kindOf(a: string | null, b: string | null): Likeness['kind'] {
  if (a === null || b === null) return 'unknown'
  if (a === b) return 'same'
  return a[0] === b[0] ? 'group' : 'other'
}

/** What the score is worked out from; the bench fits the weights on it. */
function featuresOf(a: Said, b: Said) {
  const metres = a.point && b.point ? metresBetween(a.point, b.point) : null
  const days = Math.abs(Date.parse(a.at) - Date.parse(b.at)) / 86_400_000
  const near = nearOf(a, b, metres)
  const words = Math.max(overlap(a.words, b.words), 0)
  return {
    metres,
    days,
    kind: kindOf(a.category, b.category),
    near,
    soon: 2 ** (-days / halfDays),
    words,
    grams: dice(a.grams, b.grams),
    both: near * Math.sqrt(words),
  }
}

/** How like two are, with what each part adds. */
function likenessOf(a: Said, b: Said): Likeness {
  const { metres, days, kind, near, soon, words, grams, both } = featuresOf(a, b)
  const parts = {
    near: weights.near * near,
    soon: weights.soon * soon,
    kind: weights.kind[kind],
    words: weights.words * words + weights.grams * grams + weights.both * both,
  }
  const sum = weights.bias + parts.near + parts.soon + parts.kind + parts.words
  return { score: 1 / (1 + Math.exp(-sum)), metres, days, kind, parts }
}

/** Those that are possibly the same, the likeliest first. */
export function likeliest<T extends Said>(
  one: Said,
  others: readonly T[],
  most: number,
): { other: T; likeness: Likeness }[] {
  return others
    .map((other) => ({ other, likeness: likenessOf(one, other) }))
    .filter(({ likeness }) => likeness.score >= sameFrom)
    .toSorted((a, b) => b.likeness.score - a.likeness.score)
    .slice(0, most)
}
