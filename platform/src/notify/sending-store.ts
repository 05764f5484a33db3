import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { SendingState } from './sending-contract.ts'

/** SQL of the table notify_setting, and of figures about the outbox that show neither to whom nor what. */

export type Setting = { from: number; until: number; version: number }

export async function lastSetting(trx: Trx): Promise<Setting | undefined> {
  const { rows } = await sql<Setting>`
    select quiet_from as "from", quiet_until as until, version from notify_setting
    where district_code = app.district() order by version desc limit 1`.execute(trx)
  return rows[0]
}

/** @returns false when somebody else was first with this version, or it follows none */
export async function addSetting(
  trx: Trx,
  row: Setting & { person: string | null; now: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into notify_setting (district_code, version, quiet_from, quiet_until, set_by, set_at)
    select app.district(), ${row.version}, ${row.from}, ${row.until}, ${row.person}::uuid, ${row.now}
    where ${row.version} = 1 + coalesce((select max(version) from notify_setting where district_code = app.district()), 0)
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

type Counts = Pick<SendingState['ways'][number], 'channel' | 'waiting' | 'held' | 'sent' | 'failed'>

/** How much waits, how much of it for its hour, what went out and what failed since. */
export async function counts(trx: Trx, since: string, most: number): Promise<Counts[]> {
  const { rows } = await sql<Counts>`
    select channel, waiting, held, sent, failed from app.outbox_counts(${since}, ${most})`.execute(trx)
  return rows
}
