import { z } from 'zod'
import type { Actor } from '#access/actor.ts'
import { postsFor } from '#access/actor.ts'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { failedListSchema, noticeSchema, noticesQuerySchema, noticesSchema } from './contract.ts'
import { failedMessages, markRead, noticesFor, repeat } from './service.ts'
import type { Reader } from './store.ts'

const byId = z.object({ id: z.uuid().describe('Notice') })

/** One's own notices: as a person, as those one serves with, as who said something, as who follows it by code. */
function readerOf(actor: Actor): Reader {
  const none = { organisations: [], requests: [] }
  switch (actor.kind) {
    case 'staff':
      return {
        ...none,
        person: actor.id,
        organisations: postsFor(actor, 'notice.read').map(({ post }) => post.organisation),
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

export function notifyRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/notices',
      allow: 'notice.read',
      summary: 'My notices, newest first',
      query: noticesQuerySchema,
      output: noticesSchema,
      run: async ({ trx, actor, language }, { query }) => noticesFor(trx, readerOf(actor), query, language),
      audit: (_, output) => ({ subjectKind: 'notice', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/:id/read',
      allow: 'notice.read',
      summary: 'I have read this notice',
      params: byId,
      output: noticeSchema,
      run: async ({ trx, actor, now, language }, { params }) =>
        markRead(trx, readerOf(actor), params.id, now, language),
      audit: ({ params }) => ({ subjectKind: 'notice', subject: params.id }),
    }),
    route({
      method: 'GET',
      path: '/api/notices/failed',
      allow: 'notice.repeat',
      summary: 'Messages that could not be sent, without their content',
      query: noticesQuerySchema,
      output: failedListSchema,
      run: async ({ trx }, { query }) => failedMessages(trx, query),
      audit: (_, output) => ({ subjectKind: 'notice', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/:id/repeat',
      allow: 'notice.repeat',
      summary: 'Send a failed message again',
      params: byId,
      run: async ({ trx, now }, { params }) => repeat(trx, params.id, now),
      audit: ({ params }) => ({ subjectKind: 'notice', subject: params.id }),
    }),
  ]
}
