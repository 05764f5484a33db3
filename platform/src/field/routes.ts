import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { z } from 'zod'
import {
  decideLeftOverSchema,
  entriesQuerySchema,
  feedQuerySchema,
  leftOversQuerySchema,
  leftOversSchema,
  pushedSchema,
  pushSchema,
  resultSchema,
  resultsSchema,
} from './contract.ts'
import type { FieldDeps } from './deeds.ts'
import { ownEntries } from './entries-page.ts'
import { feedPage } from './feed.ts'
import { feedSchema } from './items.ts'
import { decideLeftOver, leftOvers } from './left-over.ts'
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
    route({
      method: 'GET',
      path: '/api/field/left-over',
      allow: 'field.left_over',
      summary: 'What phones brought after the duty had ended, oldest first; numbers masked',
      query: leftOversQuerySchema,
      output: leftOversSchema,
      run: (call, { query }) => leftOvers(call, query, deps),
      audit: (_, { items }) => ({ subjectKind: 'entry', detail: { rows: items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/field/left-over/:id/decision',
      allow: 'field.left_over',
      summary: 'Enter it in the name of whoever made it, or set it aside with a reason',
      params: z.object({ id: z.uuid().describe('Entry') }),
      body: decideLeftOverSchema,
      output: resultSchema,
      run: (call, { params, body }) => decideLeftOver(call, params.id, body, deps),
      audit: ({ body }, { household, id }) => ({
        subjectKind: household ? 'household' : 'entry',
        subject: household ?? id,
        ...(body.words && { reason: body.words }),
        detail: { entry: id, decision: body.decision },
      }),
    }),
  ]
}
