import { createHash } from 'node:crypto'
import type { Role } from '#access/permissions.ts'
import { derivedId } from '#kernel/ids.ts'
import { asOwner } from '#tests/story.ts'
import { district } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'

/** Somebody who answers for a department, or serves in another role, with a session. @returns the session's token and the person's id. */
export async function workerOf(
  server: TestServer,
  organisation: string,
  path: string,
  name: string,
  role: Role = 'handler',
): Promise<{ token: string; person: string }> {
  const person = derivedId('worker', name)
  const token = `token-${derivedId('session', name)}`
  const hash = createHash('sha256').update(token).digest('hex')
  const at = server.clock.now().toString()
  await asOwner(
    server,
    `insert into person (district_code, id, name, login, created_at) values ($1, $2, $3, $2::uuid::text, $4)`,
    [district, person, name, at],
  )
  await asOwner(
    server,
    `insert into post (district_code, id, person_id, organisation_id, role, path, valid_from) values ($1, $2, $3, $4, $6, $5, '2026-01-01')`,
    [district, derivedId('post of', name), person, organisation, path, role],
  )
  await asOwner(
    server,
    `insert into session (district_code, token_hash, kind, person_id, created_at, expires_at) values ($1, $2, 'staff', $3, $4::timestamptz, $4::timestamptz + interval '400 days')`,
    [district, hash, person, at],
  )
  return { token, person }
}
