import headers from './data/headers.json' with { type: 'json' }
import forbidden from './data/forbidden.json' with { type: 'json' }

/** What a file may bring in, what its columns are called, and what is never taken. Pure. */

export const importKinds = ['households'] as const
export type ImportKind = (typeof importKinds)[number]

type Rule = {
  /** A column for it must be there. */
  required?: true
  /** Shown masked, in samples and in the list of errors. */
  sensitive?: true
}

export const fields = {
  households: {
    community: {},
    compound: {},
    building: {},
    unit: {},
    door: {},
    place: {},
    name: { required: true },
    relation: { required: true },
    identity: { sensitive: true },
    phone: { sensitive: true },
    birth: {},
    movedIn: {},
    away: {},
    awayUntil: {},
    care: { sensitive: true },
    careConsent: {},
    careBasis: {},
    careReview: {},
  },
} as const satisfies Record<ImportKind, Record<string, Rule>>

export type Field = keyof (typeof fields)['households']

const rules: Record<ImportKind, Record<string, Rule>> = fields

export const fieldsOf = (kind: ImportKind): Field[] => Object.keys(rules[kind]) as Field[]
const isRequired = (kind: ImportKind, field: string): boolean => rules[kind][field]?.required === true
export const isSensitive = (kind: ImportKind, field: string): boolean =>
  rules[kind][field]?.sensitive === true

/** Why a column is never taken: what boundaries.md forbids, and what no purpose here needs (PIPL article 6). */
export type Forbidden = (typeof forbidden)[number]['why']

/** A header as it is compared: without blanks, marks and brackets, wide letters narrow. */
const tidyHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\(.*?\)|[\s*:_/\\-]|[^\p{L}\p{N}]/gu, '')

/** What a column is for: a field, `null` when it is left out, or why it must be. */
export type Column = { field: Field | null; forbidden: Forbidden | null }

const known: Record<ImportKind, Map<string, Field>> = {
  households: synonyms('households'),
}

function synonyms(kind: ImportKind): Map<string, Field> {
  return new Map(
    Object.entries(headers[kind]).flatMap(([field, words]) =>
      words.map((word) => [tidyHeader(word), field as Field] as const),
    ),
  )
}

/** A column name for each field: the first and commonest, or the English one, which stands last. */
export const headerIn = (kind: ImportKind, language: 'zh-CN' | 'en'): string[] =>
  fieldsOf(kind).map((field) => headers[kind][field].at(language === 'en' ? -1 : 0) ?? field)

/** Why a column of this name is not taken; null when nothing speaks against it. Part of a longer name counts as well. */
export function forbiddenBy(kind: ImportKind, header: string): Forbidden | null {
  const tidy = tidyHeader(header)
  if (known[kind].has(tidy)) return null
  for (const { why, words } of forbidden)
    for (const word of words) {
      const part = tidyHeader(word)
      if (tidy === part || (part.length > 2 && tidy.includes(part))) return why
    }
  return null
}

/** The mapping as far as headers tell: each field once, the first column that is called so. */
export function guessMapping(kind: ImportKind, header: readonly string[]): Column[] {
  const taken = new Set<Field>()
  return header.map((name) => {
    const why = forbiddenBy(kind, name)
    const field = known[kind].get(tidyHeader(name)) ?? null
    if (why !== null || field === null || taken.has(field)) return { field: null, forbidden: why }
    taken.add(field)
    return { field, forbidden: null }
  })
}

/** The same headers in the same order are the same form of a district, whatever stands in its rows. */
export const fingerprintOf = (kind: ImportKind, header: readonly string[]): string =>
  [kind, ...header.map(tidyHeader)].join('|')

export type MappingFault = 'twice' | 'required' | 'no_place' | 'forbidden' | 'care_without_basis'

/** What keeps a mapping from being used, with the field it is about. */
export function mappingFaults(
  kind: ImportKind,
  header: readonly string[],
  mapping: readonly (Field | null)[],
): { fault: MappingFault; field: string }[] {
  const used = mapping.filter((field) => field !== null)
  const faults: { fault: MappingFault; field: string }[] = []
  for (const [at, field] of mapping.entries())
    if (field !== null && forbiddenBy(kind, header[at] ?? '') !== null)
      faults.push({ fault: 'forbidden', field: header[at] ?? '' })
  for (const field of new Set(used))
    if (used.filter((one) => one === field).length > 1) faults.push({ fault: 'twice', field })
  for (const field of fieldsOf(kind))
    if (isRequired(kind, field) && !used.includes(field)) faults.push({ fault: 'required', field })
  if (kind === 'households') {
    const says = (field: Field) => used.includes(field)
    if (!says('place') && !(says('door') && (says('building') || says('unit'))))
      faults.push({ fault: 'no_place', field: 'door' })
    // Boundary 2: what a household is in need of is kept with consent or a ground of law, or not at all.
    if (says('care') && !says('careConsent') && !says('careBasis'))
      faults.push({ fault: 'care_without_basis', field: 'care' })
  }
  return faults
}
