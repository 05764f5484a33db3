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

/** A visit to a door by its liaison, with a task that is open there and a promise; written as the owner. */
export async function wentTo(
  ownerUrl: string,
  { household }: Pick<Home, 'household'>,
  path: string,
): Promise<{ visit: string; visitTask: string; promise: string }> {
  const [visit = '', task = '', promise = ''] = ['visit', 'task', 'promise'].map((kind) =>
    derivedId(kind, household),
  )
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into visit (district_code, id, household_id, path, person_id, visitor, outcome, words, on_day, device_at, at)
       values ($1, $2, $3, $4, $5, 'liaison', 'met', '路灯不亮', '2026-11-16', '2026-11-16T02:00:00Z', '2026-11-16T02:00:00Z')`,
      [district, visit, household, path, personOf('liaison')],
    )
    await client.query(
      `insert into visit_task (district_code, id, rule_id, rule_version, household_id, path, period, visitor, person_id, state,
         opens_on, due_on, closes_on, made_at)
       values ($1, $2, $2, 1, $3, $4, '2026-11', 'liaison', $5, 'open', '2026-11-01', '2026-11-30', '2026-12-01', '2026-11-01T00:00:00Z')`,
      [district, task, household, path, personOf('liaison')],
    )
    await client.query(
      `insert into promise (district_code, id, household_id, path, person_id, on_day, made_by_person_id, made_at)
       values ($1, $2, $3, $4, $5, '2026-11-25', $5, '2026-11-16T02:00:00Z')`,
      [district, promise, household, path, personOf('liaison')],
    )
  } finally {
    await client.end()
  }
  return { visit, visitTask: task, promise }
}
