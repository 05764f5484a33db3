import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL behind `contact.ts`. Private to this folder. */

/** Who lives in a household, the head first. */
export async function reachable(
  trx: Trx,
  household: string,
): Promise<{ id: string; name: string; phone: Buffer | null; door: string }[]> {
  const { rows } = await sql<{ id: string; name: string; phone: Buffer | null; door: string }>`
    select r.id, r.name, r.phone_sealed as phone, w.number as door
    from resident r
    join household h on h.district_code = r.district_code and h.id = r.household_id
    join dwelling w on w.district_code = h.district_code and w.id = h.dwelling_id
    where r.district_code = app.district() and r.household_id = ${household} and r.left_on is null and r.merged_into_id is null
    order by r.relation = 'head' desc, r.birth_year nulls last, r.id`.execute(trx)
  return rows
}
