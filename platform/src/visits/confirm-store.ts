import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of visit_confirmation. Private to this folder. */

export type Asked = {
  visit: string
  household: string
  path: string
  digest: Buffer
  way: 'qr' | 'sms'
  at: string
  expiresAt: string
}

/** Asks, or asks anew by another way; what was answered stays. @returns whether an answer is still awaited. */
export async function ask(trx: Trx, asked: Asked): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into visit_confirmation as c (district_code, visit_id, household_id, path, token_digest, way, asked_at, expires_at)
    values (app.district(), ${asked.visit}, ${asked.household}, ${asked.path}, ${asked.digest}, ${asked.way}, ${asked.at},
      ${asked.expiresAt})
    on conflict (district_code, visit_id) do update set token_digest = excluded.token_digest, way = excluded.way,
      asked_at = excluded.asked_at, expires_at = excluded.expires_at where c.answer is null`.execute(trx)
  return numAffectedRows === 1n
}

export type Linked = {
  visit: string
  visitor: string
  onDay: string
  expiresAt: string
  answer: 'yes' | 'no' | null
}

export async function ofLink(trx: Trx, digest: Buffer): Promise<Linked | undefined> {
  const { rows } = await sql<Linked>`
    select visit_id as visit, visitor_name as visitor, on_day::text as "onDay", expires_at as "expiresAt", answer
    from app.visit_of_link(${digest})`.execute(trx)
  return rows[0]
}

export async function answer(
  trx: Trx,
  digest: Buffer,
  said: { answer: 'yes' | 'no'; words: string | null; at: string },
): Promise<{ visit: string; path: string; visitor: string; onDay: string } | undefined> {
  const { rows } = await sql<{ visit: string; path: string; visitor: string; onDay: string }>`
    select visit_id as visit, path, visitor_name as visitor, on_day::text as "onDay"
    from app.answer_visit(${digest}, ${said.answer}, ${said.words}, ${said.at}::timestamptz)`.execute(trx)
  return rows[0]
}

export type Confirmed = {
  visit: string
  way: 'qr' | 'sms'
  askedAt: string
  expiresAt: string
  answer: 'yes' | 'no' | null
  words: string | null
  answeredAt: string | null
}

export async function ofVisits(trx: Trx, visits: readonly string[]): Promise<Map<string, Confirmed>> {
  const { rows } = await sql<Confirmed>`
    select visit_id as visit, way, asked_at as "askedAt", expires_at as "expiresAt", answer, words, answered_at as "answeredAt"
    from visit_confirmation where district_code = app.district() and visit_id = any (${sql.val(visits)}::uuid[])`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.visit, row]))
}
