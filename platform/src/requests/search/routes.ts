import { z } from 'zod'
import { postsFor } from '#access/actor.ts'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { blindIndex } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { normalise } from '#text/grams.ts'
import { searchPage } from './search.ts'
import {
  savedViewSchema,
  searchPageSchema,
  searchQuerySchema,
  viewCountsSchema,
  viewListSchema,
  viewSchema,
} from './contract.ts'
import { dropView, keepView, savedViews, viewCounts } from './saved-views.ts'

export function searchRoutes({ keys }: { keys: Keys }): Route[] {
  /** Whether a search asked for reporters; the ledger keeps it beside the answer. */
  const asked = new WeakMap<object, boolean>()
  return [
    route({
      method: 'GET',
      path: '/api/requests/search',
      allow: 'request.read',
      summary:
        'Requests by text, place, code, who works on them and, for desks, who said them; the best first',
      query: searchQuerySchema,
      output: searchPageSchema,
      perMinute: 120,
      run: async (call, { query }) => {
        const { page, reporters } = await searchPage(call, query, keys)
        asked.set(page, reporters)
        return page
      },
      // What was searched for stays out of the ledger in clear: it may be the very name that is erased elsewhere (RQ15).
      // The digest tells whoever audits whether a word they hold was searched for.
      audit: ({ query }, output) => ({
        subjectKind: 'request',
        detail: {
          queue: query.queue,
          rows: output.items.length,
          sought: blindIndex(keys, 'search.sought', normalise(query.q)),
          reporters: asked.get(output) ?? false,
        },
      }),
    }),
    ...viewRoutes({ keys }),
  ]
}

const byId = z.object({ id: z.uuid().describe('View; made by the client') })

function viewRoutes({ keys }: { keys: Keys }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/views',
      allow: 'view.keep',
      summary: 'Searches that I keep, and that somebody of my organisations shares',
      output: viewListSchema,
      run: async (call) => ({ items: await savedViews(call) }),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/views/counts',
      allow: 'request.read',
      summary: 'How many requests each of my views shows now',
      output: viewCountsSchema,
      perMinute: 30,
      run: async (call) => {
        if (call.actor.kind !== 'staff') return { items: [] }
        const own = postsFor(call.actor, 'request.read').map(({ post }) => post.organisation)
        return { items: await viewCounts(call, own, keys) }
      },
      audit: (_, output) => ({ subjectKind: 'request', detail: { views: output.items.length } }),
    }),
    route({
      method: 'PUT',
      path: '/api/views/:id',
      allow: 'view.keep',
      summary: 'Keep a search under a name; the same id again replaces it',
      params: byId,
      body: viewSchema,
      output: savedViewSchema,
      run: (call, { params, body }) => keepView(call, params.id, body),
      audit: ({ params }) => ({ subjectKind: 'view', subject: params.id }),
    }),
    route({
      method: 'DELETE',
      path: '/api/views/:id',
      allow: 'view.keep',
      summary: 'Keep a search no longer',
      params: byId,
      status: 204,
      run: (call, { params }) => dropView(call, params.id),
      audit: ({ params }) => ({ subjectKind: 'view', subject: params.id }),
    }),
  ]
}
