import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { blindIndex } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { normalise } from '#text/grams.ts'
import { searchPage } from './search.ts'
import { searchPageSchema, searchQuerySchema } from './search-contract.ts'

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
  ]
}
