import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { clear, publicationView, withdraw } from './publication.ts'
import { clearSchema, publicationSchema } from './publication-contract.ts'

const ofRequest = z.object({ id: z.uuid().describe('Request') })

/** Doors of the console to what everybody reads (boundary 7). */
export function publicationRoutes({ keys }: { keys: Keys }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/requests/:id/publication',
      allow: 'publication.clear',
      summary: 'What was said beside what everybody reads of it; what looks personal is marked',
      params: ofRequest,
      output: publicationSchema,
      run: (call, { params }) => publicationView(call, params.id, keys),
      audit: ({ params }, output) => ({ subjectKind: 'request', subject: params.id, path: output.path }),
    }),
    route({
      method: 'POST',
      path: '/api/requests/:id/publication',
      allow: 'publication.clear',
      summary: 'Clear words of a request or an answer for everybody',
      params: ofRequest,
      body: clearSchema,
      output: publicationSchema,
      run: (call, { params, body }) => clear(call, params.id, body, keys),
      audit: ({ params, body }, output) => ({
        subjectKind: 'request',
        subject: params.id,
        path: output.path,
        detail: { publication: body.id },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/publications/:id/withdrawal',
      allow: 'publication.clear',
      summary: 'Take cleared words back',
      params: z.object({ id: z.uuid().describe('Publication') }),
      output: z.object({ request: z.uuid().describe('Request that they were of') }),
      run: (call, { params }) => withdraw(call, params.id),
      audit: ({ params }, output) => ({
        subjectKind: 'request',
        subject: output.request,
        detail: { withdrawn: params.id },
      }),
    }),
  ]
}
