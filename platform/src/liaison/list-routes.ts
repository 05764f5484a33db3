import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { candidates } from './candidates.ts'
import { scenarioIdSchema } from './contract.ts'
import {
  candidatesQuerySchema,
  candidatesSchema,
  planDoorsQuerySchema,
  planDoorsSchema,
  planMapQuerySchema,
  planMapSchema,
  planPeopleQuerySchema,
  planPeopleSchema,
  planUnitsQuerySchema,
  planUnitsSchema,
  whyIdSchema,
  whySchema,
} from './lists-contract.ts'
import { planDoors, planPeople, planUnits } from './lists.ts'
import { planMap } from './map.ts'
import { why } from './why.ts'

/** Reads of where people live and what they look after are in the ledger like any other (boundary 4). */
const read = (subject: string, detail: Record<string, unknown>) => ({
  subjectKind: 'liaison_scenario',
  subject,
  detail,
})

/** What a plan's figures open onto. */
export function liaisonListRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/liaison/people',
      allow: 'liaison.plan',
      summary: 'Who could take part in a plan for an area, and who leaves households behind',
      query: candidatesQuerySchema,
      output: candidatesSchema,
      run: ({ trx }, { query }) => candidates(trx, query),
      audit: ({ query }, { items }) => ({
        subjectKind: 'person',
        path: query.path,
        detail: { rows: items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/liaison/plans/:id/people',
      allow: 'liaison.read',
      summary: 'People of a plan, those whose households change most first',
      params: scenarioIdSchema,
      query: planPeopleQuerySchema,
      output: planPeopleSchema,
      run: ({ trx }, { params, query }) => planPeople(trx, params.id, query),
      audit: ({ params, query }, { items }) => read(params.id, { of: query.of, rows: items.length }),
    }),
    route({
      method: 'GET',
      path: '/api/liaison/plans/:id/people/:person',
      allow: 'liaison.read',
      summary: 'Why one person has these households',
      params: whyIdSchema,
      output: whySchema,
      run: ({ trx }, { params }) => why(trx, params.id, params.person),
      audit: ({ params }) => read(params.id, { person: params.person }),
    }),
    route({
      method: 'GET',
      path: '/api/liaison/plans/:id/units',
      allow: 'liaison.read',
      summary: 'Stairwells of a plan with who has them',
      params: scenarioIdSchema,
      query: planUnitsQuerySchema,
      output: planUnitsSchema,
      run: ({ trx }, { params, query }) => planUnits(trx, params.id, query),
      audit: ({ params, query }, { items }) => read(params.id, { of: query.of, rows: items.length }),
    }),
    route({
      method: 'GET',
      path: '/api/liaison/plans/:id/doors',
      allow: 'liaison.read',
      summary: 'Doors of a plan with who has them and who gets them; nothing of who lives there',
      params: scenarioIdSchema,
      query: planDoorsQuerySchema,
      output: planDoorsSchema,
      run: ({ trx }, { params, query }) => planDoors(trx, params.id, query),
      audit: ({ params, query }, { items }) => read(params.id, { of: query.of, rows: items.length }),
    }),
    route({
      method: 'GET',
      path: '/api/liaison/plans/:id/map',
      allow: 'liaison.read',
      summary: 'A plan as a drawing: buildings, stairwells, people and who goes where',
      params: scenarioIdSchema,
      query: planMapQuerySchema,
      output: planMapSchema,
      run: ({ trx }, { params, query }) => planMap(trx, params.id, query.path),
      audit: ({ params }, { path, people }) => ({ ...read(params.id, { people: people.length }), path }),
    }),
  ]
}
