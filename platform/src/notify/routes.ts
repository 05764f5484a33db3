import { z } from 'zod'
import { scopeFor } from '#access/actor.ts'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import {
  allReadSchema,
  failedListSchema,
  failedQuerySchema,
  noticeSchema,
  noticesQuerySchema,
  noticesSchema,
  repeatAllSchema,
  repeatedSchema,
  sentListSchema,
  streamEventSchema,
  streamQuerySchema,
} from './contract.ts'
import { failedMessages, messagesAbout, repeat, repeatAbout, repeatAll } from './failed.ts'
import { openNotices } from './live.ts'
import type { RequestVersions } from './live.ts'
import { readerOf } from './readers.ts'
import { markAllRead, markRead, noticesFor } from './service.ts'

type Deps = { versions: RequestVersions }

const byId = z.object({ id: z.uuid().describe('Notice') })
const ofRequest = z.object({ id: z.uuid().describe('Request') })

export function notifyRoutes(deps: Deps): Route[] {
  return [...noticeRoutes(deps), ...failedRoutes(), ...sentRoutes()]
}

function noticeRoutes({ versions }: Deps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/notices',
      allow: 'notice.read',
      summary: 'My notices, newest first',
      query: noticesQuerySchema,
      output: noticesSchema,
      run: async ({ trx, actor, language }, { query }) => noticesFor(trx, readerOf(actor), query, language),
      audit: (_, output) => ({ subjectKind: 'notice', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'GET',
      path: '/api/notices/stream',
      allow: 'notice.read',
      summary: 'My notices live, as Server-Sent Events; continued by Last-Event-ID',
      query: streamQuerySchema,
      output: streamEventSchema,
      stream: true,
      perMinute: 60,
      run: async (call, { query }) => {
        const { organisations, paths } = scopeFor(call.actor, 'request.read', call.scope.district)
        return openNotices(call, { serves: { organisations, paths }, reader: readerOf, query, versions })
      },
      audit: (_, __, { lastEventId }) => ({
        subjectKind: 'notice',
        detail: { live: true, resumed: lastEventId !== null },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/:id/read',
      allow: 'notice.read',
      summary: 'I have read this notice',
      params: byId,
      output: noticeSchema,
      run: async ({ trx, actor, now, language }, { params }) =>
        markRead(trx, readerOf(actor), params.id, now, language),
      audit: ({ params }) => ({ subjectKind: 'notice', subject: params.id }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/read',
      allow: 'notice.read',
      summary: 'I have read all my notices',
      output: allReadSchema,
      run: async ({ trx, actor, now }) => ({ unread: await markAllRead(trx, readerOf(actor), now) }),
      audit: () => ({ subjectKind: 'notice', detail: { all: true } }),
    }),
  ]
}

function failedRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/notices/failed',
      allow: 'notice.repeat',
      summary: 'Messages that could not be sent, without their content',
      query: failedQuerySchema,
      output: failedListSchema,
      run: async ({ trx }, { query }) => failedMessages(trx, query),
      audit: (_, output) => ({ subjectKind: 'notice', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/failed/repeat',
      allow: 'notice.repeat',
      summary: 'Send again all messages that failed for a reason, at most 500 at once',
      body: repeatAllSchema,
      output: repeatedSchema,
      perMinute: 20,
      run: async ({ trx, now }, { body }) => ({ repeated: await repeatAll(trx, body, now) }),
      audit: ({ body }, { repeated }) => ({ subjectKind: 'notice', detail: { ...body, repeated } }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/:id/repeat',
      allow: 'notice.repeat',
      summary: 'Send a failed message again',
      params: byId,
      run: async ({ trx, now }, { params }) => repeat(trx, params.id, now),
      audit: ({ params }) => ({ subjectKind: 'notice', subject: params.id }),
    }),
  ]
}

/** On the page of a request: what became of the messages to who said it. */
function sentRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/requests/:id/messages',
      allow: 'notice.sent',
      summary: 'What became of the messages to who said this; none of a confidential request',
      params: ofRequest,
      output: sentListSchema,
      run: async ({ trx }, { params }) => ({ items: await messagesAbout(trx, params.id, true) }),
      audit: ({ params }, output) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { messages: output.items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/messages/:message/repeat',
      allow: 'notice.sent',
      summary: 'Send a failed message to who said this again',
      params: ofRequest.extend({ message: z.uuid().describe('Message') }),
      output: sentListSchema,
      perMinute: 30,
      run: async ({ trx, now }, { params }) => {
        await repeatAbout(trx, params.id, params.message, now)
        return { items: await messagesAbout(trx, params.id, true) }
      },
      audit: ({ params }) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { repeated: params.message },
      }),
    }),
  ]
}
