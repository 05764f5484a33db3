import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of import_effect, and of taking households back that an import made (docs/adr/0031). Private to this folder. */

export type EffectRow = { record: string; path: string; entry: string | null; made: boolean; version: number }

/** What no undo has looked at yet. */
export async function openEffects(trx: Trx, id: string, limit: number): Promise<EffectRow[]> {
  const { rows } = await sql<EffectRow>`
    select record_id as record, path, entry_id as entry, made, version from import_effect
    where district_code = app.district() and import_id = ${id} and undone is null order by record_id limit ${limit}`.execute(
    trx,
  )
  return rows
}

/** Those that are as the import left them: same version, nobody of them edited, nothing recorded of them elsewhere. */
export async function untouched(trx: Trx, effects: readonly EffectRow[]): Promise<Set<string>> {
  if (effects.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select h.id from unnest(${sql.val(effects.map(({ record }) => record))}::uuid[],
      ${sql.val(effects.map(({ version }) => version))}::integer[]) as e (id, version)
    join household h on h.district_code = app.district() and h.id = e.id and h.version = e.version
      and h.moved_out is null and h.merged_into_id is null
    where h.id <> all (array(select app.households_used(${sql.val(effects.map(({ record }) => record))}::uuid[])))`.execute(
    trx,
  )
  return new Set(rows.map(({ id }) => id))
}

/** An empty span: the household never lived behind that door. What could be used of it goes. */
export async function takeBackMade(
  trx: Trx,
  made: readonly { record: string; entry: string | null; undo: string }[],
  { at, by, today }: { at: string; by: string; today: string },
): Promise<void> {
  if (made.length === 0) return
  const ids = sql`${sql.val(made.map(({ record }) => record))}::uuid[]`
  await sql`
    insert into household_entry (district_code, id, household_id, path, base_version, version, kind, undoes_id, by_person_id, at, device_at, fate)
    select app.district(), u.undo, h.id, h.path, h.version, h.version + 1, 'undo', u.entry, ${by}::uuid, ${at}, ${at}, 'applied'
    from unnest(${ids}, ${sql.val(made.map(({ entry }) => entry))}::uuid[], ${sql.val(made.map(({ undo }) => undo))}::uuid[]) as u (id, entry, undo)
    join household h on h.district_code = app.district() and h.id = u.id
    on conflict do nothing`.execute(trx)
  await sql`
    update resident set left_on = coalesce(joined_on, ${today}::date), left_kind = 'moved', phone_sealed = null, phone_index = null,
      identity_sealed = null, identity_index = null, version = version + 1
    where district_code = app.district() and household_id = any (${ids}) and left_on is null`.execute(trx)
  await sql`
    update care set ended_on = ${today}::date, version = version + 1
    where district_code = app.district() and household_id = any (${ids}) and ended_on is null`.execute(trx)
  await sql`
    update household set moved_in = coalesce(moved_in, ${today}::date), moved_out = coalesce(moved_in, ${today}::date), version = version + 1
    where district_code = app.district() and id = any (${ids})`.execute(trx)
}

export async function fieldsOfEntry(
  trx: Trx,
  entry: string,
): Promise<Record<string, { from: unknown; to: unknown }> | undefined> {
  const { rows } = await sql<{ fields: Record<string, { from: unknown; to: unknown }> }>`
    select fields from household_entry where district_code = app.district() and id = ${entry}`.execute(trx)
  return rows[0]?.fields
}

export async function settle(
  trx: Trx,
  id: string,
  fates: readonly { record: string; fate: 'taken_back' | 'kept' }[],
): Promise<void> {
  if (fates.length === 0) return
  await sql`
    update import_effect e set undone = f.fate
    from unnest(${sql.val(fates.map(({ record }) => record))}::uuid[], ${sql.val(fates.map(({ fate }) => fate))}::text[]) as f (id, fate)
    where e.district_code = app.district() and e.import_id = ${id} and e.record_id = f.id`.execute(trx)
}

export async function keptCount(trx: Trx, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select import_id as id, count(*)::int as count from import_effect
    where district_code = app.district() and import_id = any (${sql.val(ids)}::uuid[]) and undone = 'kept' group by import_id`.execute(
    trx,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

export async function keptRecords(
  trx: Trx,
  id: string,
  limit: number,
): Promise<{ id: string; path: string }[]> {
  const { rows } = await sql<{ id: string; path: string }>`
    select record_id as id, path from import_effect
    where district_code = app.district() and import_id = ${id} and undone = 'kept' order by record_id limit ${limit}`.execute(
    trx,
  )
  return rows
}
