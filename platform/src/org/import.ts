import type { CsvRow } from '#kernel/csv.ts'

/** What a file of divisions must look like. Pure: rows in, areas or errors out. */

/** Levels that the official list of divisions knows. */
export type DivisionLevel = 'community' | 'subdistrict' | 'district'

export type Division = { level: DivisionLevel; code: string; name: string; parent: string; path: string }

/** What is wrong in one place of the file; `expected` is a key of `messages/*.json` under `import`. */
export type RowError = {
  line: number
  field: (typeof columns)[number] | 'row'
  given: string
  expected: Expected
}
export type Expected =
  | 'header'
  | 'columns'
  | 'level'
  | 'code'
  | 'name'
  | 'parent_code'
  | 'parent_first'
  | 'once'
  | 'a_district'
  | 'encoding'

const columns = ['level', 'code', 'name', 'parent_code'] as const
const digits = { district: 6, subdistrict: 9, community: 12 } as const satisfies Record<DivisionLevel, number>
const above = { district: null, subdistrict: 'district', community: 'subdistrict' } as const satisfies Record<
  DivisionLevel,
  DivisionLevel | null
>
const longestName = 60

function isLevel(text: string): text is DivisionLevel {
  return Object.hasOwn(digits, text)
}

/**
 * OR6: checks every row and reports each error with its line and field; areas come back only when there is none.
 * A parent stands in the file before its children, as in the official lists.
 */
export function readDivisions(rows: readonly CsvRow[]): { divisions: Division[]; errors: RowError[] } {
  const [header, ...records] = rows
  if (header?.fields.map((field) => field.trim()).join() !== columns.join()) {
    return {
      divisions: [],
      errors: [{ line: 1, field: 'row', given: header?.fields.join() ?? '', expected: 'header' }],
    }
  }
  const known = new Map<string, Division>()
  const errors = records.flatMap((record) => {
    const read = readRow(record, known)
    if ('path' in read) known.set(read.code, read)
    return 'path' in read ? [] : [read]
  })
  const divisions = [...known.values()]
  if (errors.length === 0 && !divisions.some(({ level }) => level === 'district')) {
    errors.push({ line: header.line, field: 'row', given: '', expected: 'a_district' })
  }
  return { divisions: errors.length > 0 ? [] : divisions, errors }
}

function readRow({ line, fields }: CsvRow, known: ReadonlyMap<string, Division>): Division | RowError {
  const [level = '', code = '', name = '', parent = ''] = fields.map((field) => field.trim())
  const wrong = (field: RowError['field'], given: string, expected: Expected): RowError => ({
    line,
    field,
    given,
    expected,
  })
  if (fields.length !== columns.length) return wrong('row', fields.join(), 'columns')
  if (!isLevel(level)) return wrong('level', level, 'level')
  if (!/^\d+$/.test(code) || code.length !== digits[level]) return wrong('code', code, 'code')
  if (known.has(code)) return wrong('code', code, 'once')
  if (name === '' || [...name].length > longestName || /\p{Cc}/u.test(name))
    return wrong('name', name, 'name')
  if (!/^\d*$/.test(parent) || !code.startsWith(parent)) return wrong('parent_code', parent, 'parent_code')
  const upper = above[level]
  if (upper === null) return { level, code, name, parent, path: `${code}/` }
  if (parent.length !== digits[upper]) return wrong('parent_code', parent, 'parent_code')
  const over = known.get(parent)
  if (!over) return wrong('parent_code', parent, 'parent_first')
  return { level, code, name, parent, path: `${over.path}${code}/` }
}
