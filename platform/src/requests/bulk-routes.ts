import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { assignAlike } from './bulk.ts'
import { bulkAssignSchema, bulkFatesSchema } from './bulk-contract.ts'

export function bulkRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/requests/assignments',
      allow: 'request.enter',
      summary: 'Dispatch up to fifty requests to one unit in one step, each with its own fate',
      body: bulkAssignSchema,
      output: bulkFatesSchema,
      run: async (call, { body }) => ({ items: await assignAlike(call, body) }),
      audit: (_, { items }) => ({
        subjectKind: 'request',
        detail: { kind: 'assign', rows: items.filter(({ refused }) => refused === null).length },
      }),
    }),
  ]
}
