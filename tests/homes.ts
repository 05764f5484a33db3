import pg from 'pg'
import type { Role } from '#access/permissions.ts'
import { derivedId } from '#kernel/ids.ts'
import { district, personOf } from './fixture.ts'

/** Doors with people behind them, and whose duty they are; written as the owner. */

export type Home = { dwelling: string; household: string; resident: string }

/** A door with one household of one behind it. @param seed tells it from the others. */
export async function liveAt(
  ownerUrl: string,
  path: string,
  seed: string,
  { name = '钱大娘', number = '201' }: { name?: string; number?: string } = {},
): Promise<Home> {
  const [dwelling = '', household = '', resident = ''] = ['dwelling', 'household', 'resident'].map((kind) =>
    derivedId(kind, seed),
  )
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('insert into dwelling values ($1, $2, $3, 2, $4)', [district, dwelling, path, number])
    await client.query(
      `insert into household (district_code, id, dwelling_id, path, moved_in) values ($1, $2, $3, $4, '2020-05-01')`,
      [district, household, dwelling, path],
    )
    await client.query(
      `insert into resident (district_code, id, household_id, path, name, relation, birth_year) values ($1, $2, $3, $4, $5, 'head', 1952)`,
      [district, resident, household, path, name],
    )
  } finally {
    await client.end()
  }
  return { dwelling, household, resident }
}

/** Makes a door the duty of somebody of the fixture. */
export async function giveDoor(
  ownerUrl: string,
  dwelling: string,
  role: Role,
  from = '2026-01-01',
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into duty (district_code, id, dwelling_id, path, person_id, valid_from)
       select $1, $2, id, path, $3, $4 from dwelling where district_code = $1 and id = $5`,
      [district, derivedId('duty', dwelling, role), personOf(role), from, dwelling],
    )
  } finally {
    await client.end()
  }
}
