import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { boardFor, boardList } from './board.ts'
import {
  boardListQuerySchema,
  boardListSchema,
  boardQuerySchema,
  boardSchema,
  chosenSchema,
  drillQuerySchema,
  drillSchema,
  figuresQuerySchema,
  figuresSchema,
} from './board-contract.ts'
import { routeFor } from './choosing.ts'
import {
  choiceQuerySchema,
  effectSchema,
  proposalsSchema,
  proposedSchema,
  routeSchema,
  ruleChangeSchema,
  ruleHistorySchema,
  ruleSchema,
  rulesSchema,
} from './contract.ts'
import { drill, figuresOf } from './figures.ts'
import { chosenFor, proposalsFor } from './proposing.ts'
import { changeRule, listRules, previewRule, ruleHistory } from './routing.ts'

const one = z.object({ id: z.uuid().describe('Row of the routing table; made by the client for a new one') })
const byRequest = z.object({ id: z.uuid().describe('Request') })

export function dispatchRoutes(): Route[] {
  return [...tableRoutes(), ...boardRoutes()]
}

function tableRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/routing/rules',
      allow: 'routing.read',
      summary: 'The routing table: rows that hold, and what is set for later',
      output: rulesSchema,
      run: async (call) => ({ items: await listRules(call) }),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/routing/rules/:id/history',
      allow: 'routing.read',
      summary: 'Every version of a row, newest first',
      params: one,
      output: ruleHistorySchema,
      run: async (call, { params }) => ({ items: await ruleHistory(call, params.id) }),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/routing/rules/:id/preview',
      allow: 'routing.change',
      summary: 'What a row would have done to the requests of the last 90 days; nothing is changed',
      params: one,
      body: ruleChangeSchema,
      output: effectSchema,
      perMinute: 60,
      run: (call, { params, body }) => previewRule(call, params.id, body),
      audit: ({ params }, output) => ({
        subjectKind: 'routing_rule',
        subject: params.id,
        detail: { read: output.samples.map(({ request }) => request) },
      }),
    }),
    route({
      method: 'PUT',
      path: '/api/routing/rules/:id',
      allow: 'routing.change',
      summary: 'Adds a version to a row of the routing table, or makes a new one (If-Match: "0")',
      params: one,
      body: ruleChangeSchema,
      output: ruleSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: (call, { params, body }) => changeRule(call, params.id, body, call.version ?? 0),
      audit: ({ params, body }, output) => ({
        subjectKind: 'routing_rule',
        subject: params.id,
        detail: { ...body, version: output.version },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/routing/choice',
      allow: 'routing.read',
      summary: 'Who would get a request of a category at a place, why, and who else was looked at',
      query: choiceQuerySchema,
      output: routeSchema,
      run: (call, { query }) =>
        routeFor(call.trx, { category: query.category ?? null, path: query.path, except: [] }, call),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/dispatch/proposals',
      allow: 'request.suggest',
      summary: 'Who is proposed for up to fifty requests, and why',
      body: proposalsSchema,
      output: proposedSchema,
      run: async (call, { body }) => ({ items: await proposalsFor(call, body.requests) }),
      audit: ({ body }) => ({ subjectKind: 'request', detail: { read: body.requests } }),
    }),
    route({
      method: 'GET',
      path: '/api/requests/:id/choices',
      allow: 'request.read',
      summary: 'Every dispatch of a request with who was proposed and why, as the table stood then',
      params: byRequest,
      output: chosenSchema,
      run: (call, { params }) => chosenFor(call, params.id),
      audit: ({ params }) => ({ subjectKind: 'request', subject: params.id }),
    }),
  ]
}

function boardRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/dispatch/board',
      allow: 'dispatch.board',
      summary: 'Whose turn it is: what is open, by level and organisation, or by step within my own',
      query: boardQuerySchema,
      output: boardSchema,
      run: (call, { query }) => boardFor(call, query),
      audit: ({ query }, output) => ({
        subjectKind: 'request',
        detail: { board: query.by, rows: output.columns.flatMap(({ boxes }) => boxes).length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/dispatch/board/requests',
      allow: 'dispatch.board',
      summary: 'What the board counts, a page at a time, by due time',
      query: boardListQuerySchema,
      output: boardListSchema,
      run: (call, { query }) => boardList(call, query),
      audit: (_, output) => ({
        subjectKind: 'request',
        detail: { board: 'list', rows: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/dispatch/figures',
      allow: 'dispatch.figures',
      summary: 'How often the proposal was right, and how many were sent back once and twice',
      query: figuresQuerySchema,
      output: figuresSchema,
      run: (call, { query }) => figuresOf(call, query),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/dispatch/figures/requests',
      allow: 'dispatch.figures',
      summary: 'The requests behind a figure of dispatch, newest first',
      query: drillQuerySchema,
      output: drillSchema,
      run: (call, { query }) => drill(call, query),
      audit: ({ query }, output) => ({
        subjectKind: 'request',
        detail: { figure: query.figure, rows: output.items.length },
      }),
    }),
  ]
}
