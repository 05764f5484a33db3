import type { Database, Trx } from '#kernel/db.ts'
import type { Gate } from '#kernel/http.ts'
import { refuse } from '#kernel/problem.ts'
import type { AuditNote } from '#kernel/route.ts'
import { type Actor, may, postsFor, scopeFor } from './actor.ts'
import { type Ability, permissions, type Purpose, rolesWithSecondFactor } from './permissions.ts'
import { identifyClient } from './clients.ts'
import { identify } from './sessions.ts'

/** What stands at the door of every route: who it is, whether the table lets them, and the line in the ledger. */

/** One line of the ledger; `action` is an ability, or what a command of the operator did. */
export type LedgerLine = {
  actor: Actor
  /** For which organisation a member of staff acts. */
  organisation?: string | undefined
  action: string
  purpose: Purpose
  now: Temporal.Instant
  note: AuditNote
}

type Mode = 'demo' | 'production'

type Deps = {
  database: Database
  mode: Mode
  /** Writes to the ledger, which stands above access and is handed in by the composition root. */
  append: (trx: Trx, line: LedgerLine) => Promise<void>
}

/** What may be done before a login is complete in every respect: see oneself, set it right, leave. */
const alwaysOpen: readonly string[] = ['session.own', 'session.open'] satisfies Ability[]

const isAbility = (name: string): name is Ability => Object.hasOwn(permissions, name)

function abilityOf(name: string): Ability {
  if (!isAbility(name)) throw new Error(`no such ability: ${name}`)
  return name
}

/** In production a desk or an administrator without a second factor may only set one up. */
export function needsSecondFactor(actor: Actor, mode: Mode): boolean {
  const strict: readonly string[] = rolesWithSecondFactor
  return (
    mode === 'production' &&
    actor.kind === 'staff' &&
    !actor.secondFactor &&
    actor.posts.some(({ role }) => strict.includes(role))
  )
}

/** Binds the permission table, sessions and the ledger to the server. */
export function makeGate({ database, mode, append }: Deps): Gate<Actor> {
  return {
    identify: async ({ token, key }, district, now) =>
      key === null ? identify(database, district, token, now) : identifyClient(database, district, key),
    countedBy: (actor) => (actor.kind === 'client' ? `client ${actor.id}` : null),
    isAnyone: (actor) => actor.kind === 'anyone',
    may(actor, name) {
      if (!may(actor, abilityOf(name))) return false
      // A password that somebody else knows is good for nothing but setting an own one.
      if (actor.kind === 'staff' && actor.mustChange && !alwaysOpen.includes(name))
        refuse('access.password_change_required')
      return true
    },
    mustEnrol: (actor, name) => !alwaysOpen.includes(name) && needsSecondFactor(actor, mode),
    scopeFor: (actor, name, district) => scopeFor(actor, abilityOf(name), district),
    audit(trx, { actor, ability, now, note }) {
      const action = abilityOf(ability)
      const organisation = postsFor(actor, action)[0]?.post.organisation
      return append(trx, { actor, organisation, action, purpose: permissions[action].purpose, now, note })
    },
  }
}
