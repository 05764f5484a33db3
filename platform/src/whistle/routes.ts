import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { commandSchema, formSchema } from './commands.ts'
import { listQuerySchema, whistleListSchema, whistleSchema } from './contract.ts'
import type { WhistleView } from './contract.ts'
import { figures } from './figures.ts'
import { figuresQuerySchema, figuresSchema } from './figure-contract.ts'
import { form } from './forming.ts'
import { enter } from './service.ts'
import { listOf, whistleView } from './view.ts'

const byId = z.object({ id: z.uuid().describe('Whistle') })
const versionOf = ({ version, items }: WhistleView) =>
  [version, ...items.map(({ state, dueAt }) => `${state}${dueAt ?? ''}`)].join('-')

const about = ({ items: [first] }: Pick<WhistleView, 'items'>) => (first ? { subject: first.id } : {})

/** Whistle and report in (RQ18). */
export function whistleRoutes({ keys }: { keys: Keys }): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/whistles',
      allow: 'whistle.form',
      summary:
        'Blow the whistle: from one request, several, or a problem that is recorded as one in the same step',
      body: formSchema,
      output: whistleSchema,
      status: 201,
      run: async (call, { body }) => whistleView(call, (await form(call, body, { keys })).id),
      audit: ({ body }, output) => ({
        subjectKind: 'request',
        ...about(output),
        detail: { whistle: body.id, requests: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/whistles',
      allow: 'whistle.read',
      summary: 'Whistles that wait for me, that are open, that are over, or that figures count',
      query: listQuerySchema,
      output: whistleListSchema,
      run: (call, { query }) => listOf(call, query),
      audit: ({ query }, output) => ({
        subjectKind: 'request',
        detail: { whistles: query.queue, rows: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/whistles/:id',
      allow: 'whistle.read',
      summary: 'One whistle: its five steps, who was called and came, and the shared page',
      params: byId,
      output: whistleSchema,
      etag: versionOf,
      run: (call, { params }) => whistleView(call, params.id),
      audit: ({ params }, output) => ({
        subjectKind: 'request',
        ...about(output),
        detail: { whistle: params.id },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/whistles/:id/entries',
      allow: 'whistle.enter',
      summary: 'Judge, report in, object, decide, note, say that it is done, rate: what the lifecycle allows',
      params: byId,
      body: commandSchema,
      output: whistleSchema,
      etag: versionOf,
      run: async (call, { params, body }) => {
        await enter(call, params.id, body)
        return whistleView(call, params.id)
      },
      audit: ({ params, body }, output) => ({
        subjectKind: 'request',
        ...about(output),
        detail: { whistle: params.id, kind: body.kind },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/whistle-figures',
      allow: 'whistle.figures',
      summary: 'How departments came when they were called: each figure opens the records it counts',
      query: figuresQuerySchema,
      output: figuresSchema,
      run: ({ trx, now }, { query }) => figures(trx, query, now),
      audit: 'public',
    }),
  ]
}
