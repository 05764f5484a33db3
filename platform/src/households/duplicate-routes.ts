import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import {
  duplicateDecidedSchema,
  duplicateDecisionSchema,
  duplicatesQuerySchema,
  duplicatesSchema,
} from './duplicate-contract.ts'
import { decide, duplicates } from './duplicates.ts'
import { makerOf } from './edits.ts'
import { readerOf } from './register.ts'
import type { PersonNames } from './register.ts'

export function duplicateRoutes(deps: { keys: Keys; names: PersonNames }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/register/duplicates',
      allow: 'duplicate.read',
      summary: 'Residents and households that look as if they had been entered twice, by rules that are data',
      query: duplicatesQuerySchema,
      output: duplicatesSchema,
      perMinute: 60,
      run: async (call, { query }) => duplicates(call.trx, query, call.scope, readerOf(call, deps)),
      audit: ({ query }, { items }) => ({
        subjectKind: 'resident',
        ...(query.path && { path: query.path }),
        detail: { duplicates: query.rule, rows: items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/register/duplicates/decisions',
      allow: 'duplicate.decide',
      summary:
        'Say of two that look alike that they are one, or two; the one stays readable under the other and can be taken out again',
      body: duplicateDecisionSchema,
      output: duplicateDecidedSchema,
      run: async (call, { body }) => decide(call.trx, body, makerOf(call, deps.keys)),
      audit: ({ body }) => ({
        subjectKind: body.kind,
        subject: body.keep,
        detail: { entry: body.id, decision: body.decision, other: body.other },
      }),
    }),
  ]
}
