import type { Keys } from '#kernel/keys.ts'
import { may } from './actor.ts'
import type { Me } from './contract.ts'
import { needsSecondFactor } from './gate.ts'
import { type Ability, permissions } from './permissions.ts'
import { reportersByIds } from './reporters.ts'
import type { Call } from './route.ts'
import { placeName, postsOf } from './store.ts'

/** Who this browser is. Oneself is always shown in full. */
export async function meOf(
  { trx, actor, now }: Call,
  { keys, mode }: { keys: Keys; mode: 'demo' | 'production' },
): Promise<Me> {
  const me: Me = {
    kind: actor.kind === 'system' || actor.kind === 'client' ? 'anyone' : actor.kind,
    id: 'id' in actor ? actor.id : null,
    name: null,
    reporter: null,
    follows: 'requests' in actor ? actor.requests.length : 0,
    posts: [],
    secondFactor: false,
    due: [],
    abilities: (Object.keys(permissions) as Ability[]).filter((ability) => may(actor, ability)),
  }
  if (actor.kind === 'staff') {
    const due: Me['due'] = [
      ...(actor.mustChange ? (['password'] as const) : []),
      ...(needsSecondFactor(actor, mode) ? (['second_factor'] as const) : []),
    ]
    return {
      ...me,
      name: actor.name,
      posts: await postsOf(trx, actor.id, now),
      secondFactor: actor.secondFactor,
      due,
    }
  }
  if (actor.kind !== 'reporter') return me
  const reporter = (await reportersByIds(trx, [actor.id], keys)).get(actor.id)
  if (!reporter) return me
  const { id, name, phone, proven, homePath } = reporter
  const home = homePath === null ? null : { path: homePath, name: await placeName(trx, homePath) }
  return { ...me, name, reporter: { id, name, phone, proven, home } }
}
