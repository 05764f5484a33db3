import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** When these people are away within some days, and who stands in; also for whoever may not read who is away (PE9). */
export async function awayAmong(
  trx: Trx,
  people: readonly string[],
  from: string,
  until: string,
): Promise<{ person: string; backup: string; from: string; until: string | null }[]> {
  if (people.length === 0) return []
  const { rows } = await sql<{ person: string; backup: string; from: string; until: string | null }>`
    select person_id as person, backup_person_id as backup, from_on as from, until_on as until
    from app.away_among(${sql.val([...new Set(people)])}::uuid[], ${from}::date, ${until}::date)`.execute(trx)
  return rows
}
