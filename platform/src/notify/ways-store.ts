import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of the table contact_way. Private to this folder. */

export type OwnerKind = 'reporter' | 'person'
export type WayRow = {
  owner: string
  bySms: boolean
  byEmail: boolean
  email: Buffer | null
  pending: Buffer | null
  codeHash: string | null
  codeTries: number
  codeSentAt: string | null
  codeExpiresAt: string | null
  codeCount: number
  language: 'zh-CN' | 'en'
  quietFrom: number | null
  quietUntil: number | null
  digestAt: number | null
  declined: string[]
}

const columns =
  sql.raw(`owner_id as owner, by_sms as "bySms", by_email as "byEmail", email_sealed as email, pending_sealed as pending,
  code_hash as "codeHash", code_tries as "codeTries", code_sent_at as "codeSentAt", code_expires_at as "codeExpiresAt",
  code_count as "codeCount", language, quiet_from as "quietFrom", quiet_until as "quietUntil",
  digest_at as "digestAt", declined`)

/** As far as row security shows them: one's own, and to the outbox all. */
export async function waysAmong(trx: Trx, owners: readonly string[]): Promise<WayRow[]> {
  const { rows } = await sql<WayRow>`
    select ${columns} from contact_way where district_code = app.district() and owner_id = any (${sql.val(owners)}::uuid[])`.execute(
    trx,
  )
  return rows
}

/** Makes the row where there is none, in the language of whoever asks, and locks it, so that no two tries of a code pass its counter at once. */
export async function lockWay(
  trx: Trx,
  owner: string,
  kind: OwnerKind,
  { at, language }: { at: string; language: 'zh-CN' | 'en' },
): Promise<WayRow> {
  await sql`
    insert into contact_way (district_code, owner_id, owner_kind, language, changed_at)
    values (app.district(), ${owner}, ${kind}, ${language}, ${at})
    on conflict do nothing`.execute(trx)
  const { rows } = await sql<WayRow>`
    select ${columns} from contact_way where district_code = app.district() and owner_id = ${owner} for update`.execute(
    trx,
  )
  return rows[0]!
}

/** Writes the row as it now is. */
export async function keepWay(trx: Trx, row: WayRow, at: string): Promise<void> {
  await sql`
    update contact_way set by_sms = ${row.bySms}, by_email = ${row.byEmail}, email_sealed = ${row.email}, pending_sealed = ${row.pending},
      code_hash = ${row.codeHash}, code_tries = ${row.codeTries}, code_sent_at = ${row.codeSentAt},
      code_expires_at = ${row.codeExpiresAt}, code_count = ${row.codeCount}, language = ${row.language}, changed_at = ${at},
      quiet_from = ${row.quietFrom}, quiet_until = ${row.quietUntil}, digest_at = ${row.digestAt},
      declined = ${sql.val(row.declined)}::text[]
    where district_code = app.district() and owner_id = ${row.owner}`.execute(trx)
}
