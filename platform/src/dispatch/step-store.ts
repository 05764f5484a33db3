import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of dispatch_step, for the clock. Rows come and go by a trigger beside service_request. Private to this folder. */

export type Begun = {
  /** The request's. */ id: string
  step: 'dispatch' | 'take'
  urgent: boolean
  since: string
}

/** Steps whose limit was not worked out yet, held until the transaction ends. `except` leaves some out. */
export async function begun(trx: Trx, most: number, except: readonly string[]): Promise<Begun[]> {
  const { rows } = await sql<Begun>`
    select request_id as id, step, urgent, since from dispatch_step
    where district_code = app.district() and due_at is null and request_id <> all (${sql.val(except)}::uuid[])
    order by since limit ${most} for update skip locked`.execute(trx)
  return rows
}

export async function limited(trx: Trx, due: readonly { id: string; dueAt: string }[]): Promise<void> {
  await sql`
    update dispatch_step s set due_at = d."dueAt"
    from jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as d (id uuid, "dueAt" timestamptz)
    where s.district_code = app.district() and s.request_id = d.id`.execute(trx)
}

export type Late = {
  /** The request's. */
  id: string
  code: string
  title: string
  step: 'dispatch' | 'take'
  organisation: string
  /** The desk that sent it out. */
  desk: string | null
  since: string
}

/** Steps that are late and of which nobody was told, with what they are about; held until the transaction ends. `except` leaves some out. */
export async function late(trx: Trx, now: string, most: number, except: readonly string[]): Promise<Late[]> {
  const { rows } = await sql<Late>`
    select s.request_id as id, r.code, r.title, s.step, s.organisation_id as organisation, r.standing ->> 'desk' as desk, s.since
    from dispatch_step s join service_request r on r.district_code = s.district_code and r.id = s.request_id
    where s.district_code = app.district() and s.due_at <= ${now} and s.told_at is null
      and s.request_id <> all (${sql.val(except)}::uuid[])
    order by s.due_at, s.request_id limit ${most} for update of s skip locked`.execute(trx)
  return rows
}

export async function told(trx: Trx, requests: readonly string[], now: string): Promise<void> {
  await sql`
    update dispatch_step set told_at = ${now}
    where district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[])`.execute(trx)
}
