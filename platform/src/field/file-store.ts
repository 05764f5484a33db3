import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'

/** SQL of field_file: photos and recordings that entries named (FD12). Private to this folder. */

export type NamedFile = {
  entry: string
  id: string
  about: 'request' | 'visit' | 'entry'
  aboutId: string
}
export type FileState = 'awaited' | 'here' | 'given_up'

/** Notes files that are to come, or have come already. */
export async function expectFiles(
  trx: Trx,
  person: string,
  files: readonly NamedFile[],
  at: string,
): Promise<void> {
  if (files.length === 0) return
  await sql`
    insert into field_file (district_code, entry_id, attachment_id, person_id, about, about_id, since)
    select app.district(), f.entry, f.id, ${person}, f.about, f."aboutId", ${at}
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as f (entry uuid, id uuid, about text, "aboutId" uuid)
    on conflict do nothing`.execute(trx)
}

/** Attaches what has arrived to what it belongs to. @param person whose files; null: everybody's */
export async function attachLate(trx: Trx, person: string | null): Promise<void> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from field_file where district_code = app.district() and state = 'awaited'
      and (${person}::uuid is null or person_id = ${person}::uuid)) as waits`.execute(trx)
  if (rows[0]?.waits) await sql`select app.attach_late(${person}::uuid)`.execute(trx)
}

/** Uploads that an entry waits for: they are not tidied away. */
export async function waitedFor(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct attachment_id as id from field_file where district_code = app.district() and state = 'awaited'`.execute(
    trx,
  )
  return rows.map(({ id }) => id)
}

/** Gives up what nobody brought. */
export async function giveUp(trx: Trx, before: string): Promise<void> {
  await sql`
    update field_file set state = 'given_up'
    where district_code = app.district() and state = 'awaited' and since < ${before}`.execute(trx)
}

/** Files of entries, by entry. */
export async function filesOf(
  trx: Trx,
  entries: readonly string[],
): Promise<Map<string, { id: string; state: FileState }[]>> {
  if (entries.length === 0) return new Map()
  const { rows } = await sql<{ entry: string; id: string; state: FileState }>`
    ${kept} select entry_id as entry, attachment_id as id, state from field_file
    where district_code = app.district() and entry_id = any (${sql.val(entries)}::uuid[]) order by entry_id, attachment_id`.execute(
    trx,
  )
  return Map.groupBy(rows, ({ entry }) => entry)
}
