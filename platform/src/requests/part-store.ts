import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { holderOfPart, isPartOverdue } from './parts.ts'
import type { Standing } from './standing.ts'

/** SQL of the table request_part: the fold's parts, for whoever looks for those they hold. Private to this folder. */

/** Writes the parts of requests as they stand now; nothing else writes this table (RQ2). */
export async function keepParts(
  trx: Trx,
  kept: readonly { id: string; standing: Standing }[],
): Promise<void> {
  const rows = kept.flatMap(({ id: request, standing }) =>
    standing.parts.map((part) => {
      const holder = holderOfPart(part, standing.holder)
      return {
        request,
        id: part.id,
        state: part.state,
        organisation: holder?.organisation ?? null,
        person: holder?.person ?? null,
        due: part.term.dueAt,
        overdue: isPartOverdue(part),
      }
    }),
  )
  if (rows.length === 0) return
  await sql`
    insert into request_part (district_code, request_id, id, state, organisation_id, person_id, due_at, overdue)
    select app.district(), p.request, p.id, p.state, p.organisation, p.person, p.due, p.overdue
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (request uuid, id uuid, state text, organisation uuid, person uuid,
      due timestamptz, overdue boolean)
    on conflict (district_code, request_id, id) do update set state = excluded.state, organisation_id = excluded.organisation_id,
      person_id = excluded.person_id, overdue = excluded.overdue`.execute(trx)
}
