import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import {
  askErasureSchema,
  decideErasureSchema,
  erasureListSchema,
  erasureSchema,
  holdListSchema,
  holdSchema,
  ownCopySchema,
  placeHoldSchema,
} from './contract.ts'
import { find, ofReporter, recent } from './store.ts'
import { ask, decideErasure, viewOf } from './erasing.ts'
import { ownCopy } from './own-copy.ts'
import type { MoreParts } from './own-copy.ts'
import { holdsNow, liftHold, placeHold } from './holds.ts'

/** Doors of erasing personal data: the resident asks, the security administrator decides where the law stands against it. */

const byId = z.object({ id: z.uuid().describe('The wish') })

type Deps = { keys: Keys; mode: 'demo' | 'production'; more: MoreParts }

export function erasureRoutes({ keys, mode, more }: Deps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/me/copy',
      allow: 'own.read',
      summary: 'Everything that is kept about me, in plain words, to read and to take along',
      output: ownCopySchema,
      perMinute: 20,
      run: (call) => ownCopy(call, keys, mode, more),
      audit: (_, output) => ({ subjectKind: 'reporter', detail: { parts: output.parts.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/erasures',
      allow: 'erasure.ask',
      summary: 'Have what one said erased: who said it, everything, or all of it with the account',
      body: askErasureSchema,
      output: erasureSchema,
      status: 201,
      perMinute: 30,
      run: (call, { body }) => ask(call, body, { keys }),
      audit: ({ body }, output) => ({
        subjectKind: 'erasure',
        subject: body.id,
        detail: { scope: body.scope, state: output.state, ...output.counts },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/erasures',
      allow: 'erasure.read',
      summary: 'What was asked to be erased and what came of it: one’s own, or those of the district',
      output: erasureListSchema,
      run: async ({ trx, actor }) => {
        const found = actor.kind === 'reporter' ? await ofReporter(trx, actor.id) : await recent(trx)
        return { items: found.map(viewOf) }
      },
      audit: (_, output) => ({ subjectKind: 'erasure', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'GET',
      path: '/api/erasures/:id',
      allow: 'erasure.receipt',
      summary: 'What came of one wish, for whoever has its receipt; it holds nothing of what was erased',
      params: byId,
      output: erasureSchema,
      perMinute: 30,
      perAddress: true,
      run: async ({ trx, scope }, { params }) => {
        await reachRequests(trx, [...(scope.requests ?? []), params.id])
        return viewOf((await find(trx, params.id)) ?? refuse('record.not_found'))
      },
      audit: ({ params }) => ({ subjectKind: 'erasure', subject: params.id }),
    }),
    route({
      method: 'POST',
      path: '/api/erasures/:id/decision',
      allow: 'erasure.decide',
      summary: 'Decide about a wish that a statutory exception stands against',
      params: byId,
      body: decideErasureSchema,
      output: erasureSchema,
      run: (call, { params, body }) => decideErasure(call, params.id, body, { keys }),
      audit: ({ params, body }, output) => ({
        subjectKind: 'erasure',
        subject: params.id,
        detail: { decision: body.decision, ...(output.ground && { ground: output.ground }) },
      }),
    }),
    ...holdRoutes(),
  ]
}

function holdRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/erasure-holds',
      allow: 'erasure.decide',
      summary: 'Statutory exceptions that stand against erasing requests now',
      output: holdListSchema,
      run: async ({ trx }) => ({ items: await holdsNow(trx) }),
      audit: (_, output) => ({ subjectKind: 'erasure_hold', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/erasure-holds',
      allow: 'erasure.decide',
      summary: 'Put down that the law stands against erasing a request',
      body: placeHoldSchema,
      output: holdSchema,
      status: 201,
      run: (call, { body }) => placeHold(call, body),
      audit: ({ body }) => ({
        subjectKind: 'erasure_hold',
        subject: body.id,
        detail: { code: body.code, ground: body.ground },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/erasure-holds/:id/end',
      allow: 'erasure.decide',
      summary: 'Lift what stood against erasing a request',
      params: z.object({ id: z.uuid().describe('The hold') }),
      run: (call, { params }) => liftHold(call, params.id),
      audit: ({ params }) => ({ subjectKind: 'erasure_hold', subject: params.id }),
    }),
  ]
}
