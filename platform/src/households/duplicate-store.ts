import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Common, DuplicateRule } from './duplicate-rules.ts'
import type { relations } from './fields.ts'

/** SQL that finds what was entered twice, and remembers what is not. Private to this folder. */

export type SideLine = {
  id: string
  household: string
  path: string
  dwelling: string
  floor: number
  number: string
  name: string
  relation: (typeof relations)[number] | null
  birthYear: number | null
  phone: Buffer | null
  resident: string | null
  hasIdentity: boolean
  members: number
  since: string | null
}

/** A building is the area over the stairwell. */
const over = (path: string) => sql.raw(`regexp_replace(${path}, '[^/]+/$', '')`)

/** What two residents or households have in common. */
const common: Record<Common, RawBuilder<unknown>> = {
  identity: sql`b.identity_index = a.identity_index`,
  phone: sql`b.phone_index = a.phone_index`,
  name: sql`b.name = a.name`,
  birthYear: sql`b.birth_year = a.birth_year`,
  building: sql`${over('b.path')} = ${over('a.path')}`,
  dwelling: sql`b.dwelling_id = a.dwelling_id`,
  memberName: sql`exists (
    select from resident m join resident n on n.district_code = m.district_code and n.name = m.name and n.household_id = b.id
    where m.district_code = a.district_code and m.household_id = a.id
      and m.left_on is null and n.left_on is null and m.merged_into_id is null and n.merged_into_id is null)`,
}
/** Names alike: of one length, with one character that differs at most; a slip of the input method. */
const alike = {
  name: sql`char_length(b.name) = char_length(a.name) and (
    select count(*) from generate_series(1, char_length(a.name)) as at where substr(a.name, at, 1) <> substr(b.name, at, 1)) <= 1`,
}

function ranges(paths: readonly string[]): RawBuilder<unknown> {
  if (paths.length === 0) return sql`false`
  const each = paths.map(
    (path) => sql`a.path >= ${path} collate "C" and a.path < (${path} || chr(1114111)) collate "C"`,
  )
  return sql`(${sql.join(each, sql` or `)})`
}

export type PairPosition = { path: string; one: string; other: string }

/** Ids of one page of pairs by place, and one more. Whom somebody has told apart is left out. */
export async function pairPage(
  trx: Trx,
  rule: DuplicateRule,
  paths: readonly string[],
  { day, after, limit }: { day: string; after: PairPosition | null; limit: number },
): Promise<PairPosition[]> {
  const table = sql.table(rule.of)
  const living = (one: string) =>
    rule.of === 'resident'
      ? sql`${sql.ref(`${one}.left_on`)} is null and ${sql.ref(`${one}.merged_into_id`)} is null and exists (
          select from household h where h.district_code = ${sql.ref(`${one}.district_code`)} and h.id = ${sql.ref(`${one}.household_id`)}
            and h.merged_into_id is null and (h.moved_out is null or h.moved_out > ${day}::date))`
      : sql`${sql.ref(`${one}.merged_into_id`)} is null and (${sql.ref(`${one}.moved_out`)} is null or ${sql.ref(`${one}.moved_out`)} > ${day}::date)`
  const where = [
    sql`a.district_code = app.district()`,
    ranges(paths),
    living('a'),
    living('b'),
    sql`not exists (select from not_the_same n where n.district_code = a.district_code and n.kind = ${rule.of} and n.one_id = a.id and n.other_id = b.id)`,
  ]
  if (after)
    where.push(
      sql`a.path >= ${after.path} collate "C" and (a.path, a.id, b.id) > (${after.path}, ${after.one}::uuid, ${after.other}::uuid)`,
    )
  const on = [...rule.same.map((one) => common[one]), ...(rule.alike ?? []).map((one) => alike[one])]
  const { rows } = await sql<PairPosition>`
    select a.path, a.id as one, b.id as other
    from ${table} a join ${table} b on b.district_code = a.district_code and b.id > a.id and ${sql.join(on, sql` and `)}
    where ${sql.join(where, sql` and `)}
    order by a.path, a.id, b.id limit ${limit + 1}`.execute(trx)
  return rows
}

const household =
  sql.raw(`h.id as household, h.path, d.id as dwelling, d.floor, d.number, coalesce(h.moved_in, null) as since,
  (select count(*)::int from resident c where c.district_code = h.district_code and c.household_id = h.id and c.left_on is null
    and c.merged_into_id is null) as members`)

/** Residents or households as a page compares them. */
export async function sidesOf(
  trx: Trx,
  of: DuplicateRule['of'],
  ids: readonly string[],
): Promise<Map<string, SideLine>> {
  const person = sql.raw(
    `r.name, r.birth_year as "birthYear", r.phone_sealed as phone, r.identity_sealed is not null as "hasIdentity", r.id as resident`,
  )
  const { rows } =
    of === 'resident'
      ? await sql<SideLine>`
          select r.id, r.relation, ${person}, ${household} from resident r
          join household h on h.district_code = r.district_code and h.id = r.household_id
          join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
          where r.district_code = app.district() and r.id = any (${sql.val(ids)}::uuid[])`.execute(trx)
      : await sql<SideLine>`
          select h.id, null as relation, coalesce(r.name, '') as name, r."birthYear", r.phone, coalesce(r."hasIdentity", false) as "hasIdentity",
            r.resident, ${household}
          from household h join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
          left join lateral (
            select ${person} from resident r
            where r.district_code = h.district_code and r.household_id = h.id and r.left_on is null and r.merged_into_id is null
            order by r.relation <> 'head', r.birth_year, r.id limit 1) r on true
          where h.district_code = app.district() and h.id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Remembers that two who look alike are two. */
export async function tellApart(
  trx: Trx,
  pair: { kind: string; one: string; other: string; path: string; by: string; at: string },
): Promise<void> {
  await sql`
    insert into not_the_same (district_code, kind, one_id, other_id, path, by_person_id, at)
    values (app.district(), ${pair.kind}, ${pair.one}, ${pair.other}, ${pair.path}, ${pair.by}, ${pair.at})
    on conflict do nothing`.execute(trx)
}

export type Twin = {
  id: string
  household: string
  path: string
  name: string
  birthYear: number | null
  mergedInto: string | null
  gone: boolean
}

/** Residents by id or household, held until the transaction ends. */
export async function twins(
  trx: Trx,
  by: { ids: readonly string[] } | { households: readonly string[] },
): Promise<Twin[]> {
  const where =
    'ids' in by
      ? sql`id = any (${sql.val(by.ids)}::uuid[])`
      : sql`household_id = any (${sql.val(by.households)}::uuid[])`
  const { rows } = await sql<Twin>`
    select id, household_id as household, path, name, birth_year as "birthYear", merged_into_id as "mergedInto",
      left_on is not null as gone
    from resident where district_code = app.district() and ${where} order by id for update`.execute(trx)
  return rows
}

/** Puts residents under others, and their care with them. @returns the care entries that changed hands, and whose they were. */
export async function putUnder(
  trx: Trx,
  pairs: readonly { id: string; into: string }[],
): Promise<{ id: string; of: string }[]> {
  const given = JSON.stringify(pairs)
  await sql`
    update resident r set merged_into_id = p."into", version = r.version + 1
    from jsonb_to_recordset(${given}::jsonb) as p (id uuid, "into" uuid)
    where r.district_code = app.district() and r.id = p.id`.execute(trx)
  const { rows } = await sql<{ id: string; of: string }>`
    update care c set resident_id = k.id, household_id = k.household_id, path = k.path, version = c.version + 1
    from jsonb_to_recordset(${given}::jsonb) as p (id uuid, "into" uuid)
    join resident k on k.district_code = app.district() and k.id = p."into"
    where c.district_code = app.district() and c.resident_id = p.id
    returning c.id, p.id as of`.execute(trx)
  return rows
}

/** Takes residents out from under others, with the care that was theirs. */
export async function takeOut(
  trx: Trx,
  residents: readonly string[],
  care: readonly { id: string; of: string }[],
): Promise<void> {
  await sql`
    update resident set merged_into_id = null, version = version + 1
    where district_code = app.district() and id = any (${sql.val(residents)}::uuid[])`.execute(trx)
  await sql`
    update care c set resident_id = r.id, household_id = r.household_id, path = r.path, version = c.version + 1
    from jsonb_to_recordset(${JSON.stringify(care)}::jsonb) as g (id uuid, of uuid)
    join resident r on r.district_code = app.district() and r.id = g.of
    where c.district_code = app.district() and c.id = g.id`.execute(trx)
}
