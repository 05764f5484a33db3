import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import {
  actOnWishSchema,
  decideWishSchema,
  deskWishesQuerySchema,
  deskWishesSchema,
  deskWishSchema,
  ownWishesSchema,
  publicWishesQuerySchema,
  publicWishesSchema,
  tellWishSchema,
  toldSchema,
} from './contract.ts'
import { actOnWish, decideWish, tellWish } from './service.ts'
import { deskViews, deskWishes, ownWishes, publicWishes } from './view.ts'

const one = z.object({ id: z.uuid().describe('Wish') })

export function wishRoutes(deps: { keys: Keys }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/wishes',
      allow: 'wish.read',
      summary: 'Wishes as everybody reads them, newest first',
      query: publicWishesQuerySchema,
      output: publicWishesSchema,
      run: (call, { query }) => publicWishes(call, query),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/wishes',
      allow: 'wish.tell',
      summary: 'Say a wish, for oneself or for a household; a desk reads it first',
      body: tellWishSchema,
      output: toldSchema,
      status: 201,
      run: async (call, { body }) => {
        const { id, code, state } = await tellWish(call, body, deps)
        return { id, code, state }
      },
      audit: ({ body }) => ({ subjectKind: 'wish', subject: body.id }),
    }),
    route({
      method: 'GET',
      path: '/api/wishes/own',
      allow: 'wish.act',
      summary: 'My wishes, and those I said I would fulfil',
      output: ownWishesSchema,
      run: async (call) => ({ items: await ownWishes(call, deps) }),
      audit: (_, { items }) => ({ subjectKind: 'wish', detail: { rows: items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/wishes/:id/entries',
      allow: 'wish.act',
      summary: 'Claim, give back, fulfil, thank, or wish it no longer',
      params: one,
      body: actOnWishSchema,
      output: toldSchema,
      run: async (call, { params, body }) => {
        const { id, code, state } = await actOnWish(call, params.id, body, deps)
        return { id, code, state }
      },
      audit: ({ params, body }) => ({ subjectKind: 'wish', subject: params.id, detail: { step: body.kind } }),
    }),
    route({
      method: 'GET',
      path: '/api/wishes/desk',
      allow: 'wish.clear',
      summary: 'Wishes of the areas one answers for, with what was said; names and numbers masked',
      query: deskWishesQuerySchema,
      output: deskWishesSchema,
      run: (call, { query }) => deskWishes(call, query, deps),
      audit: (_, { items }) => ({ subjectKind: 'wish', detail: { rows: items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/wishes/:id/decision',
      allow: 'wish.clear',
      summary: 'Publish a wish in words that name nobody, or say why not',
      params: one,
      body: decideWishSchema,
      output: deskWishSchema,
      run: async (call, { params, body }) => {
        const wish = await decideWish(call, params.id, body)
        const [view] = await deskViews(call.trx, [wish], deps)
        return view!
      },
      audit: ({ params, body }, { path }) => ({
        subjectKind: 'wish',
        subject: params.id,
        path,
        detail: { decision: body.kind },
      }),
    }),
  ]
}
