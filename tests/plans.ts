import pg from 'pg'
import { derivedId } from '#kernel/ids.ts'
import { district, personOf } from './fixture.ts'

/** The liaison plan that the generated tests ask for, by side. */
export const planOf = (side: 'inside' | 'outside') => derivedId('plan', side)

/** A draft for an area, by the district's desk; written as the owner. */
export async function draftAt(ownerUrl: string, path: string, side: 'inside' | 'outside'): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into liaison_scenario (district_code, id, path, name, state, starts_on, least, most, rural_least, rural_most,
         stability, drafted_by_person_id, drafted_at)
       values ($1, $2, $3, '路灯不亮', 'draft', '2026-12-01', 10, 30, 10, 15, 0, $4, '2026-11-20T02:00:00Z')`,
      [district, planOf(side), path, personOf('district_desk')],
    )
  } finally {
    await client.end()
  }
}
