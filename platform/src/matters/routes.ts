import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import {
  mattersChangeSchema,
  mattersSchema,
  newPushSchema,
  onePushSchema,
  pushDecisionSchema,
  pushListSchema,
  pushParamsSchema,
  pushQuerySchema,
} from './contract.ts'
import { changeMatters, decide, matters, push, pushList, withdraw } from './service.ts'

const subjectKind = 'grid_push'

export function matterRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/grid-matters',
      allow: 'matter.read',
      summary: 'The list of what may be asked of grids',
      output: mattersSchema,
      etag: ({ version }) => version,
      run: ({ trx }) => matters(trx),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/grid-matters',
      allow: 'matter.decide',
      summary: 'The list as the district has published it, whole',
      body: mattersChangeSchema,
      output: mattersSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: (call, { body }) =>
        changeMatters(call, body.groups, call.version ?? refuse('http.precondition_required')),
      audit: (_, output) => ({ subjectKind: 'grid_matter_list', detail: { version: output.version } }),
    }),
    route({
      method: 'GET',
      path: '/api/grid-pushes',
      allow: 'matter.read',
      summary: 'What is asked of the grids of my areas, with its ground and end',
      query: pushQuerySchema,
      output: pushListSchema,
      run: (call, { query }) => pushList(call, query.show),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/grid-pushes',
      allow: 'matter.push',
      summary: 'Ask something of the grids of an area; what is not on the list waits for approval',
      body: newPushSchema,
      output: onePushSchema,
      status: 201,
      run: (call, { body }) => push(call, body),
      audit: ({ body }) => ({ subjectKind, subject: body.id, path: body.path }),
    }),
    route({
      method: 'POST',
      path: '/api/grid-pushes/:id/decision',
      allow: 'matter.decide',
      summary: 'Let through or refuse what is not on the list',
      params: pushParamsSchema,
      body: pushDecisionSchema,
      output: onePushSchema,
      ifMatch: true,
      run: (call, { params, body }) =>
        decide(call, params.id, body, call.version ?? refuse('http.precondition_required')),
      audit: ({ params, body }) => ({ subjectKind, subject: params.id, detail: { agree: body.agree } }),
    }),
    route({
      method: 'POST',
      path: '/api/grid-pushes/:id/withdrawal',
      allow: 'matter.push',
      summary: 'Take back what was asked',
      params: pushParamsSchema,
      output: onePushSchema,
      ifMatch: true,
      run: (call, { params }) =>
        withdraw(call, params.id, call.version ?? refuse('http.precondition_required')),
      audit: ({ params }) => ({ subjectKind, subject: params.id, detail: { withdrawn: true } }),
    }),
  ]
}
