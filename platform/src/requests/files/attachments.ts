import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import { sha256 } from '#kernel/canonical.ts'
import { refuse } from '#kernel/problem.ts'
import type { Picture, Voice } from './media.ts'

/** Photos and voice notes: uploaded first, then named by the entry they belong to. SQL of the table attachment. */

export type AttachmentView = {
  id: string
  kind: 'photo' | 'voice'
  mediaType: string
  width: number | null
  height: number | null
  seconds: number | null
}

/** Where the bytes lie: by id and content, so that a second upload under a taken id never overwrites the first. */
export function fileKey(id: string, digest: Buffer): string {
  return `${id}-${digest.toString('hex').slice(0, 16)}`
}

/** Whether a key is one of ours: other capabilities keep files too. */
export function isFileKey(key: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}-[\da-f]{16}$/.test(key)
}

/** Records an upload whose bytes are stored under its id. The same id with the same bytes twice is one upload. */
export async function record(
  trx: Trx,
  id: string,
  media: Picture | Voice,
  owner: string,
  now: string,
): Promise<AttachmentView> {
  const digest = sha256(media.bytes)
  const { rows } = await sql<{ same: boolean }>`
    with added as (
      insert into attachment (district_code, id, kind, media_type, bytes, width, height, seconds, sha256, owner, created_at)
      values (app.district(), ${id}, ${media.kind}, ${media.mediaType}, ${media.bytes.length}, ${media.width}, ${media.height}, ${media.seconds}, ${digest}, ${owner}, ${now})
      on conflict (district_code, id) do nothing returning true as same)
    select same from added
    union all select sha256 = ${digest} and owner = ${owner} from attachment where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
  if (!rows[0]?.same) refuse('id_taken', { field: 'body.id' })
  return {
    id,
    kind: media.kind,
    mediaType: media.mediaType,
    width: media.width,
    height: media.height,
    seconds: media.seconds,
  }
}

/** An upload that the same caller brought before. */
export async function brought(trx: Trx, id: string, owner: string): Promise<AttachmentView | undefined> {
  const { rows } = await sql<AttachmentView>`
    select id, kind, media_type as "mediaType", width, height, seconds from attachment
    where district_code = app.district() and id = ${id} and owner in (${owner}, 'anyone')`.execute(trx)
  return rows[0]
}

/** Ties uploads to an entry. Each must be there, loose, and brought by the same caller. */
export async function claim(
  trx: Trx,
  ids: readonly string[],
  request: string,
  entry: string,
  owner: string,
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string }>`
    update attachment set request_id = ${request}, entry_id = ${entry}
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and request_id is null and owner in (${owner}, 'anyone')
    returning id`.execute(trx)
  if (rows.length !== new Set(ids).size) refuse('request.no_such_attachment', { field: 'body.attachments' })
}

/** Attachments of a request, by entry. */
export async function attachmentsOf(trx: Trx, request: string): Promise<Map<string, AttachmentView[]>> {
  const { rows } = await sql<AttachmentView & { entry: string }>`
    ${kept} select id, entry_id as entry, kind, media_type as "mediaType", width, height, seconds from attachment
    where district_code = app.district() and request_id = ${request} order by created_at, id`.execute(trx)
  return Map.groupBy(rows, ({ entry }) => entry)
}

/** One attachment that the transaction may reach: a loose one for whoever brought it, one on an internal note for staff only. */
export async function attachmentFor(
  trx: Trx,
  id: string,
  owner: string,
  isStaff: boolean,
): Promise<{ mediaType: string; key: string } | undefined> {
  const { rows } = await sql<{
    mediaType: string
    request: string | null
    sha256: Buffer
    owner: string
    visible: boolean | null
  }>`
    select a.media_type as "mediaType", a.request_id as request, a.sha256, a.owner, e.visible
    from attachment a left join request_entry e on e.district_code = a.district_code and e.id = a.entry_id
    where a.district_code = app.district() and a.id = ${id}`.execute(trx)
  const [row] = rows
  const may = row && (row.request === null ? row.owner === owner : isStaff || row.visible)
  return row && may ? { mediaType: row.mediaType, key: fileKey(id, row.sha256) } : undefined
}

/** One that somebody sees who follows the request (RQ13): what belongs to the answer, or what they attached themselves. */
export async function attachmentShared(
  trx: Trx,
  id: string,
  followings: readonly string[],
): Promise<{ mediaType: string; key: string } | undefined> {
  if (followings.length === 0) return undefined
  const { rows } = await sql<{ mediaType: string; sha256: Buffer }>`
    select a.media_type as "mediaType", a.sha256
    from attachment a join request_entry e on e.district_code = a.district_code and e.id = a.entry_id
    where a.district_code = app.district() and a.id = ${id}
      and ((e.kind = 'answer' and e.visible) or e.by_follower_id = any (${sql.val(followings)}::uuid[]))`.execute(
    trx,
  )
  const [row] = rows
  return row && { mediaType: row.mediaType, key: fileKey(id, row.sha256) }
}

/** Takes away what was attached to a request; the file keys, so that the files go too. */
export async function removeOf(
  trx: Trx,
  request: string,
  kinds: readonly ('photo' | 'voice')[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string; sha256: Buffer }>`
    delete from attachment
    where district_code = app.district() and request_id = ${request} and kind = any (${sql.val(kinds)}::text[]) returning id, sha256`.execute(
    trx,
  )
  return rows.map(({ id, sha256: digest }) => fileKey(id, digest))
}

/** Uploads that nobody named within a day; their file keys, so that the files go too. @param kept named all the same */
export async function removeLoose(trx: Trx, before: string, kept: readonly string[] = []): Promise<string[]> {
  const { rows } = await sql<{ id: string; sha256: Buffer }>`
    delete from attachment
    where district_code = app.district() and request_id is null and visit_id is null and created_at < ${before}
      and id <> all (${sql.val(kept)}::uuid[]) returning id, sha256`.execute(trx)
  return rows.map(({ id, sha256: digest }) => fileKey(id, digest))
}

/** Of these file keys those that no attachment of the district names. */
export async function withoutAttachment(trx: Trx, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; sha256: Buffer }>`
    select id, sha256 from attachment
    where district_code = app.district() and id = any (${sql.val(keys.map((key) => key.slice(0, 36)))}::uuid[])`.execute(
    trx,
  )
  const named = new Set(rows.map(({ id, sha256: digest }) => fileKey(id, digest)))
  return keys.filter((key) => !named.has(key))
}

/** RQ10: these photos and voice notes of the reporter do not tell who made them. */
export async function clearAttachments(trx: Trx, request: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update attachment set cleared = true
    where district_code = app.district() and request_id = ${request} and id = any (${sql.val(ids)}::uuid[])`.execute(
    trx,
  )
}
