import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { figuresQuerySchema, figuresSchema } from './figure-contract.ts'
import { figures } from './figures.ts'
import { checkedSpots, enterSpot, revealSpot, setSpotRate, spots } from './spot.ts'
import type { Lot } from './spot.ts'
import {
  spotDaySchema,
  spotDoneSchema,
  spotDrawSchema,
  spotListSchema,
  spotRateChangeSchema,
  spotRateSchema,
  spotResultSchema,
  spotRevealedSchema,
  spotRevealSchema,
} from './spot-contract.ts'

const one = z.object({ visit: z.uuid().describe('Visit') })

export function spotRoutes({ keys, lot }: { keys: Keys; lot: Lot }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/visit-figures',
      allow: 'visit.figures',
      summary: 'What was to be done, what was done and what residents say of it, by area; never by person',
      query: figuresQuerySchema,
      output: figuresSchema,
      run: ({ trx, now }, { query }) => figures(trx, query, now),
      audit: ({ query }) => ({ subjectKind: 'visit_figures', path: query.path }),
    }),
    route({
      method: 'GET',
      path: '/api/spot-checks',
      allow: 'spot.ask',
      summary: 'Which households my desk asks whether a visit was made: a sample drawn by lot',
      output: spotListSchema,
      run: (call) => spots(call),
      audit: (_, output) => ({ subjectKind: 'visit', detail: { queue: 'spots', rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/spot-checks/:visit/result',
      allow: 'spot.ask',
      summary: 'What the household says: visited, not visited, or nobody was reached',
      params: one,
      body: spotResultSchema,
      output: spotDoneSchema,
      run: (call, { params, body }) => enterSpot(call, params.visit, body),
      audit: ({ params }, output) => ({
        subjectKind: 'visit',
        subject: params.visit,
        detail: { result: output.result ?? 'again' },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/spot-checks/:visit/reveals',
      allow: 'spot.ask',
      summary: 'The number of the household to ask; the resident reads who looked and why',
      params: one,
      body: spotRevealSchema,
      output: spotRevealedSchema.extend({ household: z.uuid().describe('Whose door') }),
      perMinute: 30,
      run: (call, { params }) => revealSpot(call, params.visit, keys),
      audit: ({ body }, output) => ({
        subjectKind: 'household',
        subject: output.household,
        reason: body.reason,
        detail: { field: 'phone' },
      }),
    }),
    route({
      method: 'PUT',
      path: '/api/spot-rate',
      allow: 'spot.change',
      summary: 'Which share of a week’s visits is asked about, from the next draw on',
      body: spotRateChangeSchema,
      output: spotRateSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: (call, { body }) => setSpotRate(call, body.percent, call.version ?? 0),
      audit: ({ body }) => ({ subjectKind: 'spot_rate', detail: { percent: body.percent } }),
    }),
    route({
      method: 'GET',
      path: '/api/spot-draws/:day',
      allow: 'spot.audit',
      summary: 'How a week was drawn: seed, size of the pool and picks, drawn again to compare',
      params: spotDaySchema,
      output: spotDrawSchema,
      run: ({ trx }, { params }) => checkedSpots(trx, params.day, lot),
      audit: ({ params }) => ({ subjectKind: 'spot_draw', detail: { day: params.day } }),
    }),
  ]
}
