import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of the table precedent. Private to this folder. */

export type NewPrecedent = {
  /** The entry that decided, or an id of its own. */
  id: string
  category: string
  /** The area it holds for. */
  path: string
  organisation: string
  request: string | null
  basis: string
  words: string | null
  byPerson: string | null
  byOrganisation: string | null
  at: string
}

/** The same id twice is one precedent. */
export async function addPrecedents(trx: Trx, rows: readonly NewPrecedent[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into precedent (district_code, id, category_code, path, organisation_id, request_id, basis, words, by_person_id, by_organisation_id, at)
    select app.district(), p.id, p.category, p.path, p.organisation, p.request, p.basis, p.words, p."byPerson", p."byOrganisation", p.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (id uuid, category text, path text, organisation uuid, request uuid,
      basis text, words text, "byPerson" uuid, "byOrganisation" uuid, at timestamptz)
    on conflict (district_code, id) do nothing`.execute(trx)
}

export type Precedent = NewPrecedent & { endedAt: string | null }

/** Precedents of each category that hold for any area of the line, the nearest area first, the newest of each first. */
export async function precedentsAt(
  trx: Trx,
  matters: readonly { category: string; line: readonly string[] }[],
  limit: number,
): Promise<Precedent[][]> {
  if (matters.length === 0) return []
  const asked = matters.map((one, n) => ({ n, ...one }))
  const { rows } = await sql<Precedent & { n: number }>`
    select m.n, p.id, p.category_code as category, p.path, p.organisation_id as organisation, p.request_id as request, p.basis, p.words,
      p.by_person_id as "byPerson", p.by_organisation_id as "byOrganisation", p.at, p.ended_at as "endedAt"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as m (n int, category text, line text[])
    cross join lateral (
      select * from precedent
      where district_code = app.district() and category_code = m.category and path = any (m.line) and ended_at is null
      order by length(path) desc, at desc, id limit ${limit}) p
    order by m.n, length(p.path) desc, p.at desc, p.id`.execute(trx)
  const found = Map.groupBy(rows, ({ n }) => n)
  return matters.map((_, n) => (found.get(n) ?? []).map(({ n: __, ...one }) => one))
}

/** It was decided otherwise since. @returns whether it still stood. */
export async function endPrecedent(trx: Trx, id: string, at: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update precedent set ended_at = ${at} where district_code = app.district() and id = ${id} and ended_at is null`.execute(
    trx,
  )
  return numAffectedRows === 1n
}

export async function erasePrecedents(trx: Trx, request: string): Promise<void> {
  await sql`select app.erase_precedents(${request})`.execute(trx)
}
