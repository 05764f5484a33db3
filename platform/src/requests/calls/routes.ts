import { postsFor } from '#access/actor.ts'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import { callListSchema, dayOnlySchema, drawSchema, rateChangeSchema, rateSchema } from './contract.ts'
import { openPicks, rate, setRate } from './store.ts'
import { checkedDraw } from './calls.ts'
import { rowsOf } from '../list.ts'
import { summaries } from '../view.ts'

/** As many as a desk sees at once; the others follow when these are called. */
const atOnce = 50

export function callRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/calls',
      allow: 'call.read',
      summary: 'Whom my desks call today about what was answered: a sample drawn by lot',
      output: callListSchema,
      run: async (call) => {
        const desks = postsFor(call.actor, 'call.read').map(({ post }) => post.organisation)
        const picks = await openPicks(call.trx, desks, atOnce)
        const rows = await rowsOf(
          call.trx,
          picks.map(({ id }) => id),
          true,
        )
        const views = await summaries(call.trx, rows, call.language)
        return {
          ...(await rate(call.trx)),
          items: picks.flatMap(({ id, day }) => {
            const request = views.find((view) => view.id === id)
            const tries = rows.find((row) => row.id === id)?.standing.unreached ?? 0
            return request ? [{ request, day, tries }] : []
          }),
        }
      },
      audit: (_, output) => ({
        subjectKind: 'request',
        detail: { queue: 'calls', rows: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/calls/draws/:day',
      allow: 'call.audit',
      summary: 'How a day was drawn: seed, pool and picks of each desk, drawn again to compare',
      params: dayOnlySchema,
      output: drawSchema,
      run: async (call, { params }) =>
        (await checkedDraw(call.trx, params.day)) ?? refuse('record.not_found'),
      audit: ({ params }) => ({ subjectKind: 'call_draw', detail: { day: params.day } }),
    }),
    route({
      method: 'PUT',
      path: '/api/calls/rate',
      allow: 'call.change',
      summary: 'Which share of the answered requests is called, from the next draw on',
      body: rateChangeSchema,
      output: rateSchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: async (call, { body }) => {
        const by = {
          person: call.actor.kind === 'staff' ? call.actor.id : null,
          now: call.now.toString({ smallestUnit: 'millisecond' }),
        }
        if (!(await setRate(call.trx, body.percent, call.version ?? 0, by))) refuse('changed_meanwhile')
        return rate(call.trx)
      },
      audit: ({ body }) => ({ subjectKind: 'call_rate', detail: body }),
    }),
  ]
}
