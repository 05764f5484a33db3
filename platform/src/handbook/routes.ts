import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { acquaintanceOf } from './acquaintance.ts'
import { buildingView } from './building.ts'
import { cardsAt } from './cards.ts'
import {
  acquaintanceQuerySchema,
  acquaintanceSchema,
  buildingQuerySchema,
  buildingViewSchema,
  cardsQuerySchema,
  cardsSchema,
  printInputSchema,
  printSchema,
  householdPageSchema,
} from './contract.ts'
import { householdPage } from './household.ts'
import type { HandbookDeps } from './household.ts'
import { printHandbook } from './print.ts'

/** The handbook: the building as it stands, a household with what is known of it, contact cards. */
export function handbookRoutes(deps: HandbookDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/handbook/building',
      allow: 'household.read',
      summary:
        'A building as it stands: doors by floor and stairwell, how they stand, family names within reach only',
      query: buildingQuerySchema,
      output: buildingViewSchema,
      run: ({ trx, now }, { query }) => buildingView(trx, query.path, now),
      audit: ({ query }, output) => ({
        subjectKind: 'area',
        path: query.path,
        detail: { people: output.people },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/handbook/households/:id',
      allow: 'household.read',
      summary: 'One household with visits, what it said, who lived there before, and who looked at it',
      params: z.object({ id: z.uuid().describe('Household') }),
      output: householdPageSchema,
      run: (call, { params }) => householdPage(call, params.id, deps),
      audit: ({ params }, output) => ({
        subjectKind: 'household',
        subject: params.id,
        path: output.household.path,
      }),
    }),
    route({
      method: 'GET',
      path: '/api/handbook/acquaintance',
      allow: 'household.read',
      summary:
        'How many households their liaison has met, area by area, and in a building the doors still to be met',
      query: acquaintanceQuerySchema,
      output: acquaintanceSchema,
      run: ({ trx, now }, { query }) => acquaintanceOf(trx, query.path, now),
      audit: ({ query }, output) => ({
        subjectKind: 'area',
        path: query.path,
        detail: { rows: output.doors.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/handbook/prints',
      allow: 'household.print',
      summary:
        'What a printed handbook holds: the drawing, and a page for each household; at most 100 people, for a stated reason',
      body: printInputSchema,
      output: printSchema,
      perMinute: 20,
      run: (call, { body }) => printHandbook(call, body, deps.keys),
      audit: ({ body }, output) => ({
        subjectKind: 'print',
        subject: body.id,
        path: body.unit ?? body.building,
        reason: body.reason,
        detail: { people: output.people, households: output.households.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/handbook/cards',
      allow: 'place.read',
      summary: 'Contact cards of the liaisons of an area: name, work phone, stairwells in their charge',
      query: cardsQuerySchema,
      output: cardsSchema,
      run: ({ trx, now }, { query }) => cardsAt(trx, query.path, now),
      audit: 'public',
    }),
  ]
}
