import { sql } from 'kysely'
import type { Position } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { Channel, Failed, FailedList, FailureReason } from './contract.ts'

/** SQL of messages that failed. The functions pass row security and show neither to whom nor what. */

export type Which = { reason?: FailureReason | undefined; channel?: Channel | undefined }

/** One page of failed messages, newest first, and one row more. */
export async function failedPage(
  trx: Trx,
  { reason, channel }: Which,
  after: Position | null,
  limit: number,
): Promise<Failed[]> {
  const { rows } = await sql<Failed>`
    select id, channel, addressee, template, request_id as request, tries, reason, detail, created_at as at
    from app.failed_messages(${reason ?? null}, ${channel ?? null}, ${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${limit + 1})`.execute(
    trx,
  )
  return rows
}

/** How many failed by way and reason, counted no further than `most`. */
export async function failedCounts(trx: Trx, most: number): Promise<FailedList['counts']> {
  const { rows } = await sql<
    FailedList['counts'][number]
  >`select channel, reason, count, oldest from app.failed_counts(${most})`.execute(trx)
  return rows
}

export async function repeat(trx: Trx, id: string, at: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select app.repeat_message(${id}, ${at}) as done`.execute(trx)
  return rows[0]?.done ?? false
}

/** Repeats a message to the reporter of a request, as far as row security shows it to whoever asks. */
export async function repeatAbout(trx: Trx, request: string, id: string, at: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.repeat_message(m.id, ${at}) as done from message m
    where m.district_code = app.district() and m.id = ${id} and m.request_id = ${request} and m.to_reporter_id is not null`.execute(
    trx,
  )
  return rows[0]?.done ?? false
}

/** Repeats the oldest of those that failed for a reason. @returns how many */
export async function repeatAll(
  trx: Trx,
  { reason, channel }: Required<Which>,
  at: string,
  most: number,
): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select app.repeat_messages(${reason}, ${channel}, ${at}, ${most}) as n`.execute(trx)
  return rows[0]?.n ?? 0
}
