import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { assignAlike } from './bulk.ts'
import type { Command } from './commands.ts'
import { bulkAssignSchema, bulkFatesSchema } from './bulk-contract.ts'

type Deps = {
  /** Told of each that was assigned, in the same transaction; handed in by the composition root. */
  entered?: (
    trx: Trx,
    entries: { request: string; command: Command }[],
    now: Temporal.Instant,
  ) => Promise<void>
}

export function bulkRoutes({ entered }: Deps = {}): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/requests/assignments',
      allow: 'request.enter',
      summary: 'Dispatch up to fifty requests to one unit in one step, each with its own fate',
      body: bulkAssignSchema,
      output: bulkFatesSchema,
      run: async (call, { body }) => {
        const items = await assignAlike(call, body)
        const { requests, lead, assisting, words } = body
        const made = requests.filter((_, index) => items[index]?.refused === null)
        await entered?.(
          call.trx,
          made.map(({ id, entry }) => ({
            request: id,
            command: { id: entry, kind: 'assign', lead, assisting, words },
          })),
          call.now,
        )
        return { items }
      },
      audit: (_, { items }) => ({
        subjectKind: 'request',
        detail: { kind: 'assign', rows: items.filter(({ refused }) => refused === null).length },
      }),
    }),
  ]
}
