import data from '../data/alike.json' with { type: 'json' }

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
  /** Buildings and stairwells that the words name: the numbers by what they number (see `doorsIn`). */
  doors: ReadonlyMap<string, ReadonlySet<string>>
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
  /** The smallest area that both are in; for telling how near, where metres are not known. */
  within: 'unit' | 'building' | 'compound' | 'community' | 'apart'
  days: number
  kind: 'same' | 'group' | 'other' | 'unknown'
  /** What each part adds to the score, in the order in which it is told. */
  parts: { near: number; soon: number; kind: number; words: number }
}

/** From this score on two are shown as possibly the same. */
export const sameFrom = 0.65

/** By how much each part speaks for "the same"; `kind` of what a resident still writes is unknown. */
const weights = {
  bias: -9.19,
  near: 5.38,
  soon: 2.06,
  kind: { same: 2.18, group: 0.28, other: -2.8, unknown: 0.26 },
  much: 2.74,
  grams: 3.05,
  both: 6.68,
  elsewhere: -2.29,
}

const meanings = new Map(
  data.meanings.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)),
)
const empty = new Set(data.empty)
const number = /\d/u

/** The words that say what a matter is about: filler is left out, and words of one meaning count as one. */
export function meaningsOf(words: readonly string[]): Set<string> {
  return new Set(
    words.filter((word) => !empty.has(word) && !number.test(word)).map((word) => meanings.get(word) ?? word),
  )
}

const doorMarks = new RegExp(`(\\d+)(${data.doors.join('|')})`, 'gu')

/** The buildings and stairwells that a text names by number. */
export function doorsIn(text: string): Map<string, Set<string>> {
  const doors = new Map<string, Set<string>>()
  for (const [, number = '', mark = ''] of text.normalize('NFKC').matchAll(doorMarks))
    doors.set(mark, (doors.get(mark) ?? new Set()).add(number))
  return doors
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

/** How much a word tells: what everybody says, such as "children" or "at night", tells little. */
const common: Readonly<Record<string, number>> = data.common
const tells = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + (common[word] ?? 1), 0)

/** How far two sets of words are the same, each counted by what it tells, and how much they tell together. */
function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): { share: number; much: number } {
  const both = tells([...a].filter((word) => b.has(word)))
  const all = Math.sqrt(tells(a) * tells(b))
  return { share: all === 0 ? 0 : both / all, much: 1 - Math.exp(-both / 2) }
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const one of a) if (b.has(one)) both += 1
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size)
}

/** How near two places in one compound are by the tree alone: the compound, the building, the stairwell. */
const nearInside: readonly number[] = [0.6, 0.9, 1]
/** Somewhere in the same community, nobody says where. */
const nearAnywhere = 0.2
/** Two spots of one compound that go by different names, say its east gate and its garden. */
const nearOtherSpot = 0.35
/** Where one names the road that the other is about. */
const nearByName = 0.85
/** Beyond the distance at which it counts half. */
const halfMetres = 80

function commonLevels(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')]
  let common = 0
  while (one[common] && one[common] === other[common]) common += 1
  return common
}

/** A path has three codes down to the community, a fourth for the compound. */
const areas = ['apart', 'apart', 'apart', 'community', 'compound', 'building', 'unit'] as const

const isInCompound = ({ path }: Said) => path.split('/').length > 4

/** From 0, somewhere else, to 1, the same spot. */
function nearOf(a: Said, b: Said, metres: number | null): number {
  const common = commonLevels(a.path, b.path)
  const byDistance = metres === null ? 0 : 2 ** (-metres / halfMetres)
  const areNamed = Math.min(a.place.size, b.place.size) > 1
  const sameName = areNamed ? overlap(a.place, b.place) : 0
  if (isInCompound(a) && isInCompound(b)) {
    // Every compound has an east gate: names count within one only.
    if (common < 4) return byDistance
    const byTree = nearInside[common - 4] ?? 1
    if (common > 4 || !areNamed) return Math.max(byTree, byDistance)
    return sameName >= 0.5 ? 0.9 : Math.max(nearOtherSpot, byDistance)
  }
  // Places on a road have no area closer than the community; they go by the name of the road.
  if (common < 3) return byDistance
  if (areNamed) {
    const shared = [...a.place].filter((gram) => b.place.has(gram)).length
    return shared >= 2 ? nearByName : Math.min(byDistance, nearAnywhere)
  }
  const mentions = (one: Said, other: Said) =>
    one.place.size > 1 && [...one.place].filter((gram) => other.grams.has(gram)).length >= 2
  return Math.max(mentions(a, b) || mentions(b, a) ? nearByName : nearAnywhere, byDistance)
}

/** True when both name a building or a stairwell, and not the same one. */
function nameOtherDoors(a: Said, b: Said): boolean {
  return [...a.doors].some(([mark, numbers]) => {
    const others = b.doors.get(mark)
    return others !== undefined && [...numbers].every((number) => !others.has(number))
  })
}

const halfDays = 10

function kindOf(a: string | null, b: string | null): Likeness['kind'] {
  if (a === null || b === null) return 'unknown'
  if (a === b) return 'same'
  return a[0] === b[0] ? 'group' : 'other'
}

/** What the score is worked out from; the bench fits the weights on it. */
export function featuresOf(a: Said, b: Said) {
  const metres = a.point && b.point ? metresBetween(a.point, b.point) : null
  const days = Math.abs(Date.parse(a.at) - Date.parse(b.at)) / 86_400_000
  const near = nearOf(a, b, metres)
  const { share, much } = sharedWords(a.words, b.words)
  return {
    metres,
    days,
    kind: kindOf(a.category, b.category),
    near,
    soon: 2 ** (-days / halfDays),
    much,
    grams: dice(a.grams, b.grams),
    both: near * Math.sqrt(share),
    elsewhere: nameOtherDoors(a, b) ? 1 : 0,
  }
}

/** How like two are, with what each part adds. */
export function likenessOf(a: Said, b: Said): Likeness {
  const { metres, days, kind, near, soon, much, grams, both, elsewhere } = featuresOf(a, b)
  const parts = {
    near: weights.near * near + weights.elsewhere * elsewhere,
    soon: weights.soon * soon,
    kind: weights.kind[kind],
    words: weights.much * much + weights.grams * grams + weights.both * both,
  }
  const sum = weights.bias + parts.near + parts.soon + parts.kind + parts.words
  const within = areas[Math.min(commonLevels(a.path, b.path), 6)] ?? 'apart'
  return { score: 1 / (1 + Math.exp(-sum)), metres, within, days, kind, parts }
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
