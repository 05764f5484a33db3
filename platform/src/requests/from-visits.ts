import { sql } from 'kysely'
import type { Call } from '#access/route.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import type { Files } from '#kernel/files.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { Download } from '#kernel/route.ts'
import type { Submit } from './contract.ts'
import { submitSchema } from './contract.ts'
import { fileKey } from './files/attachments.ts'
import { ownerOf } from './service.ts'
import { submit } from './submission.ts'

/** What visits ask of requests; the composition root hands these in, because the two folders stand side by side. */

/** Takes in what was needed at a door, in the household's own name, as it takes in everything else (RQ1, RQ3). */
export async function submitNeed(call: Call, said: Submit, keys: Keys): Promise<{ code: string }> {
  const { receipt } = await submit(call, submitSchema.parse(said), { keys })
  return { code: receipt.code }
}

/** Ties voice notes to a visit. Each must be there, loose, and brought by the same caller. */
export async function claimVoices(call: Call, ids: readonly string[], visit: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update attachment set visit_id = ${visit}
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and request_id is null and kind = 'voice'
      and (visit_id is null or visit_id = ${visit}) and owner in (${ownerOf(call)}, 'anyone')
    returning id`.execute(call.trx)
  if (rows.length !== new Set(ids).size) refuse('request.no_such_attachment', { field: 'body.voices' })
}

export async function voicesOf(trx: Trx, visit: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from attachment where district_code = app.district() and visit_id = ${visit} order by created_at, id`.execute(
    trx,
  )
  return rows.map(({ id }) => id)
}

/** The bytes of a voice note of a visit that the transaction reaches. */
export async function openVoice(trx: Trx, visit: string, id: string, files: Files): Promise<Download> {
  const { rows } = await sql<{ mediaType: string; sha256: Buffer }>`
    select media_type as "mediaType", sha256 from attachment
    where district_code = app.district() and id = ${id} and visit_id = ${visit}`.execute(trx)
  const [row] = rows
  if (!row) refuse('attachment.not_found')
  return new Download(await files.read(fileKey(id, row.sha256)), row.mediaType)
}

/** Short codes of requests that came of a visit; the ids are the caller's to vouch for. A code names no one. */
export async function codesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  await reachRequests(trx, ids)
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from service_request
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, code }) => [id, code]))
}
