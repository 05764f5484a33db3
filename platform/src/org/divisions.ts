import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { derivedId } from '#kernel/ids.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { csvRows } from '#kernel/csv.ts'
import { readDivisions } from './import.ts'
import type { Division, RowError } from './import.ts'
import { codePrefix, deskName, isVillage } from './naming.ts'
import { placeName } from './rules.ts'

/** Takes over an official list of divisions, as the owner of the database. */

export type ImportOptions = {
  ownerUrl: string
  /** CSV in UTF-8: `level,code,name,parent_code`. */
  file: string
  /** Letters before the short codes of a district's requests, by its code; made from the pinyin when left out. */
  prefixes?: Record<string, string>
  /** What else a district needs before it can take up requests; called for each of the file's, in the same transaction. */
  furnish?: (client: pg.ClientBase, district: string) => Promise<void>
  onProgress?: (done: number, of: number) => void
}

export type Imported = { districts: number; areas: number; renamed: number; desks: number; unchanged: number }

/** The file cannot be taken; nothing was written. */
export class ImportRefused extends Error {
  readonly errors: readonly RowError[]

  constructor(errors: readonly RowError[]) {
    super(errors.map((error) => rowErrorText(error, 'en')).join('\n'))
    this.name = 'ImportRefused'
    this.errors = errors
  }
}

/** An error in words: the line, the field, what stood there and what was expected. */
export function rowErrorText({ line, field, given, expected }: RowError, language: 'zh-CN' | 'en'): string {
  const texts = language === 'en' ? en : zh
  const parts: Record<string, string> = {
    line: String(line),
    field,
    given: [...given].slice(0, 60).join(''),
    expected: texts.import[expected],
  }
  return texts.rowError.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole)
}

const rowsAtOnce = 500

/**
 * OR6: takes over a list of districts, subdistricts and communities, and gives each a desk, so that an empty
 * installation can take up requests. All or nothing; importing the same file again changes nothing, a changed name is
 * taken over, and nothing is ever removed.
 *
 * @throws ImportRefused with every error of the file.
 */
export async function importDivisions({
  ownerUrl,
  file,
  prefixes = {},
  furnish = async () => {},
  onProgress,
}: ImportOptions): Promise<Imported> {
  const divisions = parse(await readFile(file))
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'chuanmen import' })
  await client.connect()
  try {
    await client.query('begin')
    const imported: Imported = { districts: 0, areas: 0, renamed: 0, desks: 0, unchanged: 0 }
    for (let start = 0; start < divisions.length; start += rowsAtOnce) {
      const part = divisions.slice(start, start + rowsAtOnce)
      await writeDistricts(client, part, prefixes, imported)
      await writeAreas(client, part, imported)
      await writeDesks(client, part, imported)
      onProgress?.(start + part.length, divisions.length)
    }
    for (const { level, code } of divisions) if (level === 'district') await furnish(client, code)
    await client.query('commit')
    return imported
  } finally {
    // An unfinished transaction ends with its connection.
    await client.end()
  }
}

function parse(bytes: Buffer): Division[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ImportRefused([{ line: 1, field: 'row', given: '', expected: 'encoding' }])
  }
  const { divisions, errors } = readDivisions(csvRows(text))
  if (errors.length > 0) throw new ImportRefused(errors)
  return divisions
}

const districtOf = ({ code }: Division) => code.slice(0, 6)

async function writeDistricts(
  client: pg.Client,
  part: readonly Division[],
  prefixes: Record<string, string>,
  imported: Imported,
): Promise<void> {
  const districts = part.filter(({ level }) => level === 'district')
  const { rowCount } = await client.query(
    `insert into district (district_code, name, code_prefix) select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict (district_code) do nothing`,
    [
      districts.map(({ code }) => code),
      districts.map(({ name }) => name),
      districts.map(({ code, name }) => prefixes[code] ?? codePrefix(name)),
    ],
  )
  imported.districts += rowCount ?? 0
}

async function writeAreas(client: pg.Client, part: readonly Division[], imported: Imported): Promise<void> {
  const { rows } = await client.query<{ fresh: boolean }>(
    `insert into area as known (district_code, path, code, kind, parent_path, name, village)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
     on conflict (district_code, path) do update set name = excluded.name where known.name <> excluded.name
     returning xmax = 0 as fresh`,
    [
      part.map(districtOf),
      part.map(({ path }) => path),
      part.map(({ code }) => code),
      part.map(({ level }) => level),
      part.map(({ level, path, code }) => (level === 'district' ? null : path.slice(0, -(code.length + 1)))),
      part.map(({ level, name }) => placeName(level, name)),
      part.map(({ level, name, code }) => level === 'community' && isVillage(name, code)),
    ],
  )
  const fresh = rows.filter((row) => row.fresh).length
  imported.areas += fresh
  imported.renamed += rows.length - fresh
  imported.unchanged += part.length - rows.length
}

/** One desk an area, unless it has one. Parents come before children in the file, so theirs is there already. */
async function writeDesks(client: pg.Client, part: readonly Division[], imported: Imported): Promise<void> {
  const desks = part.map((division) => ({ ...division, ...deskName(division.level, division.name) }))
  const kind = { district: 'government', subdistrict: 'government', community: 'committee' } as const
  const { rowCount } = await client.query(
    `insert into organisation (district_code, id, kind, name, short_name, parent_id, path, desk_level)
     select d.district, d.id, d.kind, d.name, d.short_name,
       coalesce(
         (select o.id from organisation o where o.district_code = d.district and o.path = d.above and o.desk_level is not null),
         (select other.id from unnest($1::text[], $2::uuid[], $6::text[]) as other (district, id, path)
           where other.district = d.district and other.path = d.above)),
       d.path, d.level
     from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       as d (district, id, kind, name, short_name, path, above, level)
     where not exists (
       select 1 from organisation o where o.district_code = d.district and o.path = d.path and o.desk_level is not null)`,
    [
      desks.map(districtOf),
      desks.map(({ path }) => derivedId('desk', path)),
      desks.map(({ level }) => kind[level]),
      desks.map(({ name }) => name),
      desks.map(({ shortName }) => shortName),
      desks.map(({ path }) => path),
      desks.map(({ path, code }) => path.slice(0, -(code.length + 1))),
      desks.map(({ level }) => level),
    ],
  )
  imported.desks += rowCount ?? 0
}
