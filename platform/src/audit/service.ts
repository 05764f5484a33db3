import { sql } from 'kysely'
import type { Actor } from '#access/actor.ts'
import type { LedgerLine } from '#access/gate.ts'
import { pageOf } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { AuditEntry } from './contract.ts'
import { settingPage } from './store.ts'

const actorId = (actor: Actor): string | null => ('id' in actor ? actor.id : null)

/**
 * Appends one entry to the ledger, in the transaction of what it records: both stand or neither. The database makes the
 * hash. Called last, because the entry's lane is held until the commit. Routes do not call it: their `audit` is enough.
 */
export async function append(
  trx: Trx,
  { actor, organisation, action, purpose, now, note }: LedgerLine,
): Promise<void> {
  const reporter = note.reporter ?? (actor.kind === 'reporter' ? actor.id : null)
  await sql`select app.audit_append(${now.toString({ smallestUnit: 'millisecond' })}::timestamptz, ${actor.kind}, ${actorId(actor)}::uuid,
    ${organisation ?? null}::uuid, ${action}, ${purpose}, ${note.subjectKind ?? null}, ${note.subject ?? null}::uuid, ${reporter}::uuid,
    ${note.path ?? null}, ${note.reason ?? null}, ${JSON.stringify(note.detail ?? {})}::jsonb)`.execute(trx)
}

/** One page of what was set, newest first: entries about settings of these kinds. */
export async function settingEntries(
  trx: Trx,
  kinds: readonly string[],
  page: { after?: string | undefined; limit: number },
): Promise<{ rows: AuditEntry[]; next: string | null }> {
  return pageOf(await settingPage(trx, kinds, page), page.limit, ({ at, lane, seq }) => ({
    key: at,
    id: `${lane}-${seq}`,
  }))
}

/**
 * Appends several lines of one deed, in one statement: one for each household, say, that was put onto a phone. Called last,
 * as `append`.
 */
export async function appendAll(
  trx: Trx,
  { notes, ...line }: Omit<LedgerLine, 'note'> & { notes: readonly LedgerLine['note'][] },
): Promise<void> {
  const { actor, organisation, action, purpose, now } = line
  const rows = notes.map(({ subjectKind, subject, path, reason, detail }) => ({
    kind: subjectKind ?? null,
    subject: subject ?? null,
    path: path ?? null,
    reason: reason ?? null,
    detail: detail ?? {},
  }))
  await sql`select app.audit_append_all(${now.toString({ smallestUnit: 'millisecond' })}::timestamptz, ${actor.kind}, ${actorId(actor)}::uuid,
    ${organisation ?? null}::uuid, ${action}, ${purpose}, ${JSON.stringify(rows)}::jsonb)`.execute(trx)
}
