import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { entriesQuerySchema, feedQuerySchema, pushedSchema, pushSchema, resultsSchema } from './contract.ts'
import type { FieldDeps } from './deeds.ts'
import { ownEntries } from './entries-page.ts'
import { feedPage } from './feed.ts'
import { feedSchema } from './items.ts'
import { push } from './push.ts'

export function fieldRoutes(deps: FieldDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/field/feed',
      allow: 'field.sync',
      summary: "Everything that is one's own, from a cursor on: households, stairwells, fates of entries",
      query: feedQuerySchema,
      output: feedSchema,
      compressed: true,
      perMinute: 120,
      run: (call, { query }) => feedPage(call, query, deps),
      // Each household that is delivered has a line of its own (FD11); one of the call itself would be noise.
      audit: ({ query }, { items }) =>
        items.length > 0
          ? { subjectKind: 'device', subject: query.device, detail: { step: 'fetched', items: items.length } }
          : null,
    }),
    route({
      method: 'POST',
      path: '/api/field/entries',
      allow: 'field.sync',
      summary: 'What was done and said at the doors; each entry once, each by itself',
      body: pushSchema,
      output: pushedSchema,
      perMinute: 120,
      run: (call, { body }) => push(call, body, deps),
      audit: ({ body }, { results }) => ({
        subjectKind: 'device',
        subject: body.device,
        detail: {
          step: 'sent',
          fates: Object.fromEntries(
            [...Map.groupBy(results, ({ fate }) => fate)].map(([fate, all]) => [fate, all.length]),
          ),
        },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/field/entries',
      allow: 'field.sync',
      summary: 'My entries and what became of each, whichever phone sent them',
      query: entriesQuerySchema,
      output: resultsSchema,
      run: (call, { query }) => ownEntries(call, query),
      audit: (_, { items }) => ({ subjectKind: 'entry', detail: { rows: items.length } }),
    }),
  ]
}
