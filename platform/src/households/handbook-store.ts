import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { careColumns, within } from './register-store.ts'
import type { CareLine, Extent } from './register-store.ts'

/** SQL of the care list, and of what is kept sealed. Private to this folder. */

export type CareRowLine = CareLine & {
  path: string
  dwelling: string
  floor: number
  number: string
  name: string
  relation: string
}

/** One page of open care entries, those first that are to be looked at anew, and one row more. */
export async function carePage(
  trx: Trx,
  extent: Extent,
  filters: {
    kind?: string | undefined
    due?: string | undefined
    after: { key: string; id: string } | null
    limit: number
  },
): Promise<CareRowLine[]> {
  const where: RawBuilder<unknown>[] = [
    sql`c.district_code = app.district()`,
    sql`c.ended_on is null`,
    within(extent, 'c', 'household_id'),
  ]
  if (filters.kind) where.push(sql`c.kind = ${filters.kind}`)
  if (filters.due) where.push(sql`c.review_on <= ${filters.due}::date`)
  if (filters.after)
    where.push(sql`(c.review_on, c.id) > (${filters.after.key}::date, ${filters.after.id}::uuid)`)
  const { rows } = await sql<CareRowLine>`
    select ${careColumns}, c.path, d.id as dwelling, d.floor, d.number, r.name, r.relation
    from care c
    join household h on h.district_code = c.district_code and h.id = c.household_id
    join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
    join resident r on r.district_code = c.district_code and r.id = c.resident_id
    where ${sql.join(where, sql` and `)} and r.left_on is null and r.merged_into_id is null
    order by c.review_on, c.id limit ${filters.limit + 1}`.execute(trx)
  return rows
}

export type Sealed = { household: string; name: string; phone: Buffer | null; identity: Buffer | null }

/** What is kept closed of a resident; undefined when out of reach. */
export async function sealedOf(trx: Trx, resident: string): Promise<Sealed | undefined> {
  const { rows } = await sql<Sealed>`
    select household_id as household, name, phone_sealed as phone, identity_sealed as identity from resident
    where district_code = app.district() and id = ${resident} and merged_into_id is null`.execute(trx)
  return rows[0]
}
