import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { answerQuestion, askHousehold, questionOf } from './confirm.ts'
import { answerSchema, askedSchema, askSchema, questionSchema, tokenSchema } from './confirm-contract.ts'
import {
  eventDoneSchema,
  eventSchema,
  promiseViewSchema,
  recordedSchema,
  taskCommandSchema,
  taskSchema,
  tasksQuerySchema,
  tasksSchema,
  visitSchema,
  walkSchema,
} from './contract.ts'
import { recordVisit } from './record.ts'
import type { VisitDeps } from './record.ts'
import { endPromise, enterTask, taskPage, tellEvent } from './tasks.ts'
import { visitPage, visitView } from './visits.ts'
import type { VisitReaders } from './visits.ts'
import { recordWalk } from './walk.ts'
import { visitsQuerySchema, visitsSchema, visitViewSchema } from './visit-contract.ts'

const one = z.object({ id: z.uuid().describe('Which') })
const promiseEndSchema = z.strictObject({
  state: z.enum(['kept', 'cancelled']).describe('Kept otherwise, or no longer wanted'),
})

export function visitRoutes(deps: VisitDeps & VisitReaders): Route[] {
  return [...tasks(), ...visits(deps), voice(deps), ...word(deps)]
}

function tasks(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/visit-tasks',
      allow: 'visit.read',
      summary: 'Visit tasks within reach, soonest due first',
      query: tasksQuerySchema,
      output: tasksSchema,
      run: ({ trx, now }, { query }) => taskPage(trx, query, now),
      audit: ({ query }, output) => ({
        subjectKind: 'visit_task',
        ...(query.path && { path: query.path }),
        detail: { rows: output.items.length, state: query.state },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/visit-tasks/:id/entries',
      allow: 'visit.steer',
      summary: 'A task that need not be made this time, or was asked for wrongly',
      params: one,
      body: taskCommandSchema,
      output: taskSchema,
      run: (call, { params, body }) => enterTask(call, params.id, body),
      audit: ({ params, body }, output) => ({
        subjectKind: 'visit_task',
        subject: params.id,
        path: output.path,
        reason: body.words,
        detail: { kind: body.kind },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/visit-events',
      allow: 'visit.record',
      summary:
        'Something happened that calls for a visit within days: the household asked, or is in sudden need',
      body: eventSchema,
      status: 201,
      output: eventDoneSchema,
      run: (call, { body }) => tellEvent(call, body),
      audit: ({ body }, output) => ({
        subjectKind: 'household',
        subject: body.household,
        detail: { event: body.kind, tasks: output.tasks },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/promises/:id/end',
      allow: 'visit.record',
      summary: 'A promise that was kept otherwise, or is no longer wanted',
      params: one,
      body: promiseEndSchema,
      output: promiseViewSchema,
      run: ({ trx, now }, { params, body }) => endPromise(trx, params.id, body.state, now),
      audit: ({ body }, output) => ({
        subjectKind: 'household',
        subject: output.household,
        detail: { promise: output.id, state: body.state },
      }),
    }),
  ]
}

function visits(deps: VisitDeps & VisitReaders): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/visits',
      allow: 'visit.record',
      summary: 'One session at one door: outcome, what was heard, needs, changes to the handbook, next date',
      body: visitSchema,
      status: 201,
      output: recordedSchema,
      run: (call, { body }) => recordVisit(call, body, deps),
      audit: ({ body }, output) => ({
        subjectKind: 'household',
        subject: body.household,
        detail: { visit: body.id, outcome: body.outcome, requests: output.requests.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/walks',
      allow: 'visit.record',
      summary: 'A walk through a grid, without a door',
      body: walkSchema,
      status: 201,
      output: recordedSchema,
      run: (call, { body }) => recordWalk(call, body),
      audit: ({ body }) => ({ subjectKind: 'visit', subject: body.id, path: body.path }),
    }),
    route({
      method: 'GET',
      path: '/api/visits',
      allow: 'visit.read',
      summary: 'Visits within reach, latest first; not what was heard',
      query: visitsQuerySchema,
      output: visitsSchema,
      run: ({ trx }, { query }) => visitPage(trx, query),
      audit: ({ query }, output) => ({
        subjectKind: query.household ? 'household' : 'visit',
        ...(query.household && { subject: query.household }),
        ...(query.path && { path: query.path }),
        detail: { rows: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/visits/:id',
      allow: 'visit.read',
      summary: 'A visit with what was heard and all that came of it',
      params: one,
      output: visitViewSchema,
      run: ({ trx }, { params }) => visitView(trx, params.id, deps),
      audit: ({ params }, output) => ({
        subjectKind: output.household ? 'household' : 'visit',
        subject: output.household ?? params.id,
        path: output.path,
        detail: { visit: params.id },
      }),
    }),
  ]
}

function voice({ openVoice }: VisitReaders): Route {
  return route({
    method: 'GET',
    path: '/api/visits/:id/voices/:voice',
    allow: 'visit.read',
    summary: 'The bytes of a voice note of a visit',
    params: one.extend({ voice: z.uuid().describe('Voice note') }),
    run: ({ trx }, { params }) => openVoice(trx, params.id, params.voice),
    audit: ({ params }) => ({ subjectKind: 'visit', subject: params.id, detail: { voice: params.voice } }),
  })
}

function word({ keys }: VisitDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/visits/:id/confirmation',
      allow: 'visit.record',
      summary: 'Asks the household whether the visit was made, by a code to scan or a message',
      params: one,
      body: askSchema,
      status: 201,
      output: askedSchema,
      run: (call, { params, body }) => askHousehold(call, params.id, body.way, keys),
      audit: ({ params, body }) => ({ subjectKind: 'visit', subject: params.id, detail: { way: body.way } }),
    }),
    route({
      method: 'GET',
      path: '/api/visit-confirmations/:token',
      allow: 'visit.confirm',
      summary: 'Who says they were here and when, for whoever holds the link',
      params: tokenSchema,
      output: questionSchema,
      perMinute: 30,
      perAddress: true,
      run: ({ trx, now }, { params }) => questionOf(trx, params.token, now),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/visit-confirmations/:token',
      allow: 'visit.confirm',
      summary: 'The resident’s word: they were here, or they were not; once',
      params: tokenSchema,
      body: answerSchema,
      output: questionSchema,
      perMinute: 30,
      perAddress: true,
      run: ({ trx, now }, { params, body }) => answerQuestion(trx, params.token, body, now),
      audit: (_, output) => ({ subjectKind: 'visit', detail: { answer: output.answer } }),
    }),
  ]
}
