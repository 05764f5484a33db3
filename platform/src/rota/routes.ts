import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import {
  dutyQuerySchema,
  dutySchema,
  lineEndSchema,
  lineParamsSchema,
  newLineSchema,
  newSwapSchema,
  rotaParamsSchema,
  rotaPhoneSchema,
  rotaQuerySchema,
  rotaSchema,
  tonightSchema,
} from './contract.ts'
import { dutyFor } from './on-duty.ts'
import { addLine, endLine, setNumber, swap } from './service.ts'
import { rotaOf, tonight } from './week.ts'

export function rotaRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/duty',
      allow: 'duty.read',
      summary: 'Who is on duty for this household or place now, and whom to try above; work phones only',
      query: dutyQuerySchema,
      output: dutySchema,
      perMinute: 60,
      run: (call, { query }) => dutyFor(call, query),
      audit: ({ query }) =>
        query.household === undefined
          ? null
          : { subjectKind: 'household', subject: query.household, detail: { duty: true } },
    }),
    route({
      method: 'GET',
      path: '/api/rota',
      allow: 'rota.read',
      summary: 'A week of the rota of an organisation, with its holes',
      query: rotaQuerySchema,
      output: rotaSchema,
      run: (call, { query }) => rotaOf(call, query),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/rota/tonight',
      allow: 'rota.change',
      summary: 'Who is on duty tonight at the desks of my areas, those with holes first',
      output: tonightSchema,
      run: (call) => tonight(call),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/rota/:organisation',
      allow: 'rota.change',
      summary: 'The number that is answered whoever is on duty',
      params: rotaParamsSchema,
      body: rotaPhoneSchema,
      output: rotaSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: (call, { params, body }) =>
        setNumber(
          call,
          params.organisation,
          body.phone,
          call.version ?? refuse('http.precondition_required'),
        ),
      audit: ({ params }) => ({ subjectKind: 'rota', subject: params.organisation, detail: { phone: true } }),
    }),
    route({
      method: 'POST',
      path: '/api/rota/lines',
      allow: 'rota.change',
      summary: 'A line of a rota from a day on',
      body: newLineSchema,
      output: rotaSchema,
      status: 201,
      run: (call, { body }) => addLine(call, body),
      audit: ({ body }) => ({ subjectKind: 'rota', subject: body.organisation, detail: { line: body.id } }),
    }),
    route({
      method: 'POST',
      path: '/api/rota/lines/:id/end',
      allow: 'rota.change',
      summary: 'A line ends; what it was stays',
      params: lineParamsSchema,
      body: lineEndSchema,
      output: rotaSchema,
      ifMatch: true,
      run: (call, { params, body }) =>
        endLine(call, params.id, body.on, call.version ?? refuse('http.precondition_required')),
      audit: ({ params, body }) => ({ subjectKind: 'rota', subject: params.id, detail: { end: body.on } }),
    }),
    route({
      method: 'POST',
      path: '/api/rota/swaps',
      allow: 'rota.change',
      summary: 'Give one turn to somebody else, or exchange two',
      body: newSwapSchema,
      output: rotaSchema,
      status: 201,
      run: (call, { body }) => swap(call, body),
      audit: ({ body }) => ({ subjectKind: 'rota', subject: body.line, detail: { on: body.on } }),
    }),
  ]
}
