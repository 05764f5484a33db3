/** From the terms of texts to sparse rows of numbers (CL1). */

export type Document = {
  /** Words, and what else the text is known by, in any order, repeated or not. */
  terms: readonly string[]
  label: string
  /** Who said it: a term is kept only when enough different sources used it. */
  source: string
  /** What must not stand on both sides of a fold; the source when left out. */
  group?: string
  /** Written by the makers to start from: its terms are always kept, it is never tested on. */
  isSeed?: true
}

export type Vocabulary = {
  terms: readonly string[]
  columns: ReadonlyMap<string, number>
  /** How rare each term is (inverse document frequency). */
  rarity: Float64Array
  /** How rare a term is that is not known. */
  unknown: number
}

/** Row `i` is `columns[starts[i] .. starts[i + 1]]`, ascending, with its values. */
export type Rows = { starts: Int32Array; columns: Int32Array; values: Float64Array }

type Count = { documents: number; sources: Set<string>; seed: boolean }

/**
 * The terms worth knowing, in a fixed order.
 *
 * @param options.atLeast how many different sources must have used a term (CL1)
 * @param options.most    at most so many, those of most documents first
 */
export function vocabularyOf(
  documents: readonly Document[],
  options: { atLeast: number; most: number },
): Vocabulary {
  const counts = new Map<string, Count>()
  for (const { terms, source, isSeed } of documents) {
    for (const term of new Set(terms)) {
      let count = counts.get(term)
      if (!count) counts.set(term, (count = { documents: 0, sources: new Set(), seed: false }))
      count.documents += 1
      if (isSeed) count.seed = true
      else if (count.sources.size < options.atLeast) count.sources.add(source)
    }
  }
  const kept = [...counts]
    .filter(([, { sources, seed }]) => seed || sources.size >= options.atLeast)
    .toSorted(([a, x], [b, y]) => y.documents - x.documents || (a < b ? -1 : 1))
    .slice(0, options.most)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const terms = kept.map(([term]) => term)
  return {
    terms,
    columns: new Map(terms.map((term, column) => [term, column])),
    rarity: Float64Array.from(
      kept,
      ([, count]) => Math.log((documents.length + 1) / (count.documents + 1)) + 1,
    ),
    unknown: Math.log(documents.length + 1) + 1,
  }
}

/**
 * The known terms of one text, ascending by column, with their values. The whole text has length 1, unknown terms
 * included: the less of a text is known, the less it says.
 */
export function rowOf(
  terms: readonly string[],
  known: Pick<Vocabulary, 'columns' | 'unknown'> & { rarity: Float64Array | Float32Array },
): { columns: number[]; values: number[] } {
  const { columns, rarity, unknown } = known
  const all = [...new Set(terms)].map((term) => columns.get(term))
  const found = all.filter((column) => column !== undefined).toSorted((a, b) => a - b)
  const strange = (all.length - found.length) * unknown ** 2
  const length = Math.sqrt(found.reduce((sum, column) => sum + rarity[column]! ** 2, strange))
  return { columns: found, values: found.map((column) => rarity[column]! / length) }
}

/** All texts as rows. */
export function rowsOf(documents: readonly Pick<Document, 'terms'>[], vocabulary: Vocabulary): Rows {
  const starts = new Int32Array(documents.length + 1)
  const columns: number[] = []
  const values: number[] = []
  documents.forEach(({ terms }, index) => {
    const row = rowOf(terms, vocabulary)
    for (const column of row.columns) columns.push(column)
    for (const value of row.values) values.push(value)
    starts[index + 1] = columns.length
  })
  return { starts, columns: Int32Array.from(columns), values: Float64Array.from(values) }
}
