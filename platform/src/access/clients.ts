import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import type { Actor } from './actor.ts'
import { permissions } from './permissions.ts'
import type { Ability, Grant } from './permissions.ts'
import { hashToken } from './sessions.ts'

/** Programs that speak for residents (Open311). A key is 32 random bytes, of which the database keeps only the SHA-256. */

export type NewClient = { name: string; abilities: readonly Ability[]; answers: 'id' | 'token' }

/** What a key can carry: the abilities that the permission table grants to programs. */
export function clientAbilities(): Ability[] {
  return (Object.keys(permissions) as Ability[]).filter(
    (ability) => (permissions[ability] as Grant).client === true,
  )
}

/** Makes a key. @returns the key, which is kept nowhere. */
export async function addClient(
  trx: Trx,
  { name, abilities, answers }: NewClient,
  now: Temporal.Instant,
): Promise<{ id: string; key: string }> {
  const id = uuidv7(now)
  const key = randomBytes(32).toString('base64url')
  await sql`
    insert into api_client (district_code, id, name, key_digest, abilities, answers, created_at)
    values (app.district(), ${id}, ${name}, ${hashToken(key)}, ${sql.val(abilities)}::text[], ${answers}, ${now.toString()})`.execute(
    trx,
  )
  return { id, key }
}

export type ClientRow = {
  id: string
  name: string
  abilities: string[]
  createdAt: string
  endedAt: string | null
}

export async function clients(trx: Trx): Promise<ClientRow[]> {
  const { rows } = await sql<ClientRow>`
    select id, name, abilities, created_at as "createdAt", ended_at as "endedAt" from api_client
    where district_code = app.district() order by id`.execute(trx)
  return rows
}

/** Ends a key, from this moment on. @returns whether there was one to end. */
export async function endClient(trx: Trx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update api_client set ended_at = ${now.toString()}
    where district_code = app.district() and id = ${id} and ended_at is null`.execute(trx)
  return numAffectedRows === 1n
}

/** Who a key stands for; nobody, when it is none of ours or was ended. */
export async function identifyClient(
  database: Database,
  district: string,
  key: string,
): Promise<{ actor: Actor; session: null }> {
  const nobody = { actor: { kind: 'anyone' } as const, session: null }
  if (key === '' || key.length > 100) return nobody
  const { rows } = await database.pool.query<{ found: Omit<Actor & { kind: 'client' }, 'kind'> | null }>(
    'select app.find_api_client($1, $2) as found',
    [district, hashToken(key)],
  )
  const found = rows[0]?.found
  return found ? { actor: { kind: 'client', ...found }, session: null } : nobody
}
