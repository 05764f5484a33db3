import type { Actor } from '#access/actor.ts'
import { postsFor } from '#access/actor.ts'
import type { Reader } from './store.ts'

/** One's own notices: as a person, as those one serves with, as who said something, as who follows it by code. */
export function readerOf(actor: Actor): Reader {
  const none = { organisations: [], requests: [] }
  switch (actor.kind) {
    case 'staff':
      return {
        ...none,
        person: actor.id,
        organisations: postsFor(actor, 'notice.read').flatMap(({ post, reach }) =>
          reach === 'own' ? [] : post.organisation,
        ),
      }
    case 'reporter':
      return { ...none, reporter: actor.id, requests: actor.requests }
    case 'follower':
      return { ...none, requests: actor.requests }
    case 'anyone':
    case 'client':
    case 'system':
      return none
  }
}
