import { scopeFor } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import type { Role } from '#access/permissions.ts'
import { district, personOf, posts } from './fixture.ts'
import type { TestServer } from './server.ts'

/** A use case called as its route would call it, by somebody of the fixture: for those whose door another capability keeps. */
export function staffCall<T>(server: TestServer, role: Role, work: (call: Call) => Promise<T>): Promise<T> {
  const { organisation, path } = posts[role]
  const level = role.endsWith('_desk') ? (role.replace('_desk', '') as 'community') : null
  const actor: Actor = {
    kind: 'staff',
    id: personOf(role),
    name: role,
    secondFactor: true,
    posts: [{ role, organisation, path, deskLevel: level }],
  }
  const scope = scopeFor(actor, 'request.enter', district)
  return server.database.within(scope, (trx) =>
    work({ actor, scope, trx, now: server.clock.now(), language: 'zh-CN' } as unknown as Call),
  )
}
