import type { Call } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import type { OwnerKind } from './ways-store.ts'

/** Whose ways of being told a call is about: the caller's own. */
export function ownerOf({ actor }: Pick<Call, 'actor'>): { owner: string; kind: OwnerKind } {
  if (actor.kind === 'reporter') return { owner: actor.id, kind: 'reporter' }
  if (actor.kind === 'staff') return { owner: actor.id, kind: 'person' }
  return refuse('access.not_allowed')
}
