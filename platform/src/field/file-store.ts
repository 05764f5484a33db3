import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of field_file: photos and recordings that entries named. Private to this folder. */

export type NamedFile = {
  entry: string
  id: string
  about: 'request' | 'visit'
  aboutId: string
}
/** `request`: the first that came of the same entry. */
export type AwaitedFile = NamedFile & { request: string | null }
export type FileState = 'awaited' | 'here' | 'given_up'

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

/** Files that a person's entries still wait for, the first 100. */
export async function awaited(trx: Trx, person: string): Promise<AwaitedFile[]> {
  const { rows } = await sql<AwaitedFile>`
    select f.entry_id as entry, f.attachment_id as id, f.about, f.about_id as "aboutId", e.request_ids[1] as request
    from field_file f join field_entry e on e.district_code = f.district_code and e.id = f.entry_id
    where f.district_code = app.district() and f.person_id = ${person} and f.state = 'awaited'
    order by f.since limit 100`.execute(trx)
  return rows
}

/** Writes what became of files, and that their entries have news. */
export async function settle(
  trx: Trx,
  files: readonly Pick<NamedFile, 'entry' | 'id'>[],
  state: FileState,
): Promise<void> {
  if (files.length === 0) return
  await sql`
    update field_file f set state = ${state}
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as s (entry uuid, id uuid)
    where f.district_code = app.district() and f.entry_id = s.entry and f.attachment_id = s.id`.execute(trx)
  await sql`
    update field_entry set changed_in = pg_current_xact_id()::text::bigint
    where district_code = app.district() and id = any (${sql.val([...new Set(files.map(({ entry }) => entry))])}::uuid[])`.execute(
    trx,
  )
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
    select entry_id as entry, attachment_id as id, state from field_file
    where district_code = app.district() and entry_id = any (${sql.val(entries)}::uuid[]) order by entry_id, attachment_id`.execute(
    trx,
  )
  return Map.groupBy(rows, ({ entry }) => entry)
}
