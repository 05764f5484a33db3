import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import {
  mediationEntrySchema,
  mediationListQuerySchema,
  mediationListSchema,
  mediationParamsSchema,
  mediationSchema,
  mediatorsChangeSchema,
  newMediationSchema,
} from './contract.ts'
import { changeMediators, enterMediation, mediation, mediations, openMediation } from './service.ts'

export function mediationRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/mediations',
      allow: 'mediation.read',
      summary: 'Mediation files of my desk and those I mediate',
      query: mediationListQuerySchema,
      output: mediationListSchema,
      run: (call, { query }) => mediations(call, query),
      audit: (_, output) => ({ subjectKind: 'mediation', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'GET',
      path: '/api/mediations/:id',
      allow: 'mediation.read',
      summary: 'A mediation file; for its mediators and the desk that opened it alone',
      params: mediationParamsSchema,
      output: mediationSchema,
      etag: ({ version }) => version,
      run: (call, { params }) => mediation(call, params.id),
      audit: ({ params }) => ({ subjectKind: 'mediation', subject: params.id }),
    }),
    route({
      method: 'POST',
      path: '/api/mediations',
      allow: 'mediation.open',
      summary: 'Open a mediation file, from a request or without one',
      body: newMediationSchema,
      output: mediationSchema,
      status: 201,
      run: (call, { body }) => openMediation(call, body),
      audit: ({ body }) => ({ subjectKind: 'mediation', subject: body.id, detail: { opened: true } }),
    }),
    route({
      method: 'POST',
      path: '/api/mediations/:id/entries',
      allow: 'mediation.enter',
      summary: 'A session, an agreement, whether it was kept or broken, or the end without one',
      params: mediationParamsSchema,
      body: mediationEntrySchema,
      output: mediationSchema,
      status: 201,
      run: (call, { params, body }) => enterMediation(call, params.id, body),
      audit: ({ params, body }) => ({
        subjectKind: 'mediation',
        subject: params.id,
        detail: { kind: body.kind },
      }),
    }),
    route({
      method: 'PUT',
      path: '/api/mediations/:id/mediators',
      allow: 'mediation.open',
      summary: 'Who mediates; whoever is replaced reads the file no longer',
      params: mediationParamsSchema,
      body: mediatorsChangeSchema,
      output: mediationSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: (call, { params, body }) =>
        changeMediators(
          call,
          params.id,
          body.mediators,
          call.version ?? refuse('http.precondition_required'),
        ),
      audit: ({ params }) => ({ subjectKind: 'mediation', subject: params.id, detail: { mediators: true } }),
    }),
  ]
}
