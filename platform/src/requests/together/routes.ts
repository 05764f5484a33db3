import { z } from 'zod'
import { followMore, openReporterSession } from '#access/sessions.ts'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { alikeFor, saidBefore } from './alike-view.ts'
import type { PublicKnowledge } from './alike-view.ts'
import {
  alikeSchema,
  aroundSchema,
  followedSchema,
  followRequestSchema,
  saidBeforeSchema,
} from './contract.ts'
import { follow } from './follow.ts'
import { find } from '../store.ts'

/** Saying the same: what was said before, following it, and what a desk may merge (RQ13). */

const byId = z.object({ id: z.uuid().describe('Request') })
const followSeconds = 30 * 86_400

type Deps = { keys: Keys } & PublicKnowledge

export function followRoutes({ keys, ...known }: Deps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/said-before',
      allow: 'request.follow',
      summary:
        'While still writing: what was said here lately and is possibly the same, without a word of what others wrote',
      body: aroundSchema,
      output: saidBeforeSchema,
      perMinute: 20,
      perAddress: true,
      run: async (call, { body }) => {
        const { lon = null, lat = null, category = null, ...asked } = body
        return saidBefore(call, { ...asked, lon, lat, category }, known)
      },
      // Nothing personal is shown; that somebody asked stands in no ledger, because nobody has said anything yet.
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/followers',
      allow: 'request.follow',
      summary: 'Follow a request instead of saying the same again: an own code, own notices, and the answer',
      params: byId,
      body: followRequestSchema,
      output: followedSchema,
      status: 201,
      perMinute: 20,
      perAddress: true,
      run: async (call, { params, body }) => {
        // As with opening one by code: staff read what their posts reach.
        if (call.actor.kind === 'staff') refuse('request.not_found')
        const { followed, reporter, isNewReporter, isTheirs } = await follow(call, params.id, body, { keys })
        if (call.actor.kind === 'reporter') return { ...followed, followToken: false }
        // As with saying something: a reporter nobody knew is this browser's own, one known by phone must prove it.
        if (isTheirs) {
          const token = isNewReporter
            ? await openReporterSession(call, reporter, followSeconds)
            : await followMore(call, followed.id, followSeconds)
          call.setSession(token, followSeconds)
        }
        return { ...followed, followToken: isTheirs }
      },
      audit: ({ params }) => ({ subjectKind: 'request', subject: params.id, detail: { kind: 'follow' } }),
    }),
    route({
      method: 'GET',
      path: '/api/requests/:id/duplicates',
      allow: 'request.duplicates',
      summary:
        'Requests that are possibly the same, with text, photo, distance and why; nothing is merged by it',
      params: byId,
      output: alikeSchema,
      run: async (call, { params }) => ({
        items: await alikeFor(call, (await find(call.trx, params.id)) ?? refuse('request.not_found')),
      }),
      audit: ({ params }, output) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { alike: output.items.map(({ id }) => id) },
      }),
    }),
  ]
}
