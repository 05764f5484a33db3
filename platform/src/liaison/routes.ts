import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { adjust, price, undo } from './adjusting.ts'
import {
  adjustmentSchema,
  approvalSchema,
  moveSchema,
  newScenarioSchema,
  priceSchema,
  scenarioChangeSchema,
  scenarioIdSchema,
  scenarioSchema,
  scenariosQuerySchema,
  scenariosSchema,
  undoIdSchema,
  undoSchema,
} from './contract.ts'
import type { Scenario } from './contract.ts'
import { approve, publish, reopen } from './publishing.ts'
import type { HandOver } from './publishing.ts'
import { changeSettings, draft, giveUp, scenario, scenarios, startSolving, stopSolving } from './service.ts'

const subject = (id: string, path: string, detail: Record<string, unknown> = {}) => ({
  subjectKind: 'liaison_scenario',
  subject: id,
  path,
  detail,
})

/** What every route about one plan has in common. */
const about = {
  params: scenarioIdSchema,
  output: scenarioSchema,
  etag: (one: Scenario) => one.version,
} as const
const noted = (_: unknown, one: Scenario) => subject(one.id, one.path, { state: one.state })

export function liaisonRoutes({ handOver }: { handOver: HandOver }): Route[] {
  return [...draftRoutes(), ...handRoutes(), ...decisionRoutes(handOver)]
}

function draftRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/liaison/plans',
      allow: 'liaison.read',
      summary: 'Liaison plans of my area, newest first',
      query: scenariosQuerySchema,
      output: scenariosSchema,
      run: ({ trx }, { query }) => scenarios(trx, query),
      audit: (_, output) => ({ subjectKind: 'liaison_scenario', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/liaison/plans',
      allow: 'liaison.plan',
      summary: 'Drafts a plan for an area; the same id twice is one plan',
      body: newScenarioSchema,
      output: scenarioSchema,
      status: 201,
      run: (call, { body }) => draft(call, body),
      audit: noted,
    }),
    route({
      ...about,
      method: 'GET',
      path: '/api/liaison/plans/:id',
      allow: 'liaison.read',
      summary: 'A plan: settings, figures, what hands changed, and how far it is while it is worked out',
      run: ({ trx, actor }, { params }) => scenario(trx, params.id, actor),
      // A page asks each second while it is worked out; once is enough for the ledger.
      audit: (_, one) => (one.state === 'solving' ? null : subject(one.id, one.path)),
    }),
    route({
      ...about,
      method: 'PATCH',
      path: '/api/liaison/plans/:id',
      allow: 'liaison.plan',
      summary: 'Changes settings; what was worked out with the old ones is void',
      body: scenarioChangeSchema,
      ifMatch: true,
      run: (call, { params, body }) => changeSettings(call, params.id, body),
      audit: ({ body }, one) => subject(one.id, one.path, { fields: Object.keys(body) }),
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/solve',
      allow: 'liaison.plan',
      summary: 'Has it worked out from the register as it is now',
      ifMatch: true,
      run: (call, { params }) => startSolving(call, params.id),
      audit: noted,
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/stop',
      allow: 'liaison.plan',
      summary: 'Stops working it out',
      run: (call, { params }) => stopSolving(call, params.id),
      audit: noted,
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/cancellation',
      allow: 'liaison.plan',
      summary: 'Gives the plan up',
      run: (call, { params }) => giveUp(call, params.id),
      audit: noted,
    }),
  ]
}

function handRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/liaison/plans/:id/price',
      allow: 'liaison.plan',
      summary: 'What a move of households by hand would cost; nothing is changed',
      params: scenarioIdSchema,
      body: moveSchema,
      output: priceSchema,
      run: ({ trx }, { params, body }) => price(trx, params.id, body),
      audit: ({ params }) => ({
        subjectKind: 'liaison_scenario',
        subject: params.id,
        detail: { price: true },
      }),
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/moves',
      allow: 'liaison.plan',
      summary: 'Moves households from one person to another by hand; the same id twice is one move',
      body: adjustmentSchema,
      run: (call, { params, body }) => adjust(call, params.id, body),
      audit: ({ body }, one) => ({
        ...subject(one.id, one.path, {
          unit: body.unit,
          from: body.from,
          to: body.to,
          households: body.households,
        }),
        reason: body.reason,
      }),
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/moves/:move/undo',
      allow: 'liaison.plan',
      summary: 'Takes a move by hand back',
      params: undoIdSchema,
      body: undoSchema,
      run: (call, { params, body }) => undo(call, params.id, params.move, body.id),
      audit: ({ params }, one) => subject(one.id, one.path, { undoes: params.move }),
    }),
  ]
}

function decisionRoutes(handOver: HandOver): Route[] {
  return [
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/approval',
      allow: 'liaison.approve',
      summary: 'Approves a plan that somebody else drafted',
      body: approvalSchema,
      ifMatch: true,
      run: (call, { params, body }) => approve(call, params.id, body.words),
      audit: ({ body }, one) => ({ ...noted(null, one), ...(body.words && { reason: body.words }) }),
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/reopening',
      allow: 'liaison.approve',
      summary: 'Takes an approval back',
      ifMatch: true,
      run: (call, { params }) => reopen(call, params.id),
      audit: noted,
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/liaison/plans/:id/publication',
      allow: 'liaison.approve',
      summary: 'Publishes an approved plan: duties from its day on, everybody concerned is told',
      ifMatch: true,
      run: (call, { params }) => publish(call, params.id, handOver),
      audit: noted,
    }),
  ]
}
