import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import {
  helpersQuerySchema,
  helpersSchema,
  newOfferSchema,
  offerSchema,
  offersQuerySchema,
  offersSchema,
  ofRequestSchema,
} from './contract.ts'
import { makeOffer, proposed, withdrawOffer } from './service.ts'
import { offerById, offers, offersOf } from './view.ts'

const ofRequest = z.object({ id: z.uuid().describe('Service request') })
const list = (text: string) => text.split(',').filter(Boolean)

/** Doors of a desk. Those who are asked answer by their field phone (`platform/src/field`). */
export function offerRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/requests/:id/helpers',
      allow: 'offer.make',
      summary: 'Who could be asked for this: near, able, free, not overloaded; with what made up the order',
      params: ofRequest,
      query: helpersQuerySchema,
      output: helpersSchema,
      run: (call, { params, query }) =>
        proposed(call, params.id, { skills: list(query.skills), slots: list(query.slots) }),
      audit: ({ params }, { chosen }) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { helpers: chosen.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/requests/:id/offers',
      allow: 'offer.make',
      summary: 'To whom a request was offered, and what they said',
      params: ofRequest,
      output: ofRequestSchema,
      run: async ({ trx }, { params }) => ({ items: await offersOf(trx, params.id) }),
      audit: ({ params }, { items }) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { offers: items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/offers',
      allow: 'offer.make',
      summary: 'Offer a request to people; the first who says yes takes it',
      params: ofRequest,
      body: newOfferSchema,
      output: offerSchema,
      status: 201,
      run: async (call, { params, body }) => offerById(call.trx, await makeOffer(call, params.id, body)),
      audit: ({ params, body }, { asks }) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { offer: body.id, asked: asks.map(({ person }) => person.id) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/offers',
      allow: 'offer.make',
      summary: 'Offers of the areas one answers for, newest first',
      query: offersQuerySchema,
      output: offersSchema,
      run: (call, { query }) => offers(call, query),
      audit: (_, { items }) => ({ subjectKind: 'offer', detail: { rows: items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/offers/:id/withdrawal',
      allow: 'offer.make',
      summary: 'Take an offer back while nobody has it',
      params: z.object({ id: z.uuid().describe('Offer') }),
      output: offerSchema,
      run: async (call, { params }) => {
        await withdrawOffer(call, params.id)
        return offerById(call.trx, params.id)
      },
      audit: ({ params }, { request }) => ({
        subjectKind: 'request',
        subject: request.id,
        detail: { withdrawn: params.id },
      }),
    }),
  ]
}
