import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Call, Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import {
  areasQuerySchema,
  areasSchema,
  buildingsQuerySchema,
  buildingsSchema,
  newOrganisationSchema,
  organisationChangeSchema,
  organisationSchema,
  organisationsQuerySchema,
  organisationsSchema,
  servingQuerySchema,
  servingSchema,
} from './contract.ts'
import type { Area, AreasQuery } from './contract.ts'
import {
  addOrganisation,
  areaLine,
  areaOfCode,
  areasUnder,
  buildingsNear,
  changeOrganisation,
  organisationsFound,
  organisationsServing,
  searchAreas,
} from './service.ts'

/** More than serve any one place; a list on a phone is not longer. */
const mostOffered = 60

async function areasFor({ trx }: Call, { q, parent, path, code, kind, under }: AreasQuery): Promise<Area[]> {
  if (q) return searchAreas(trx, q, kind, under)
  if (path) return areaLine(trx, path)
  if (code) return areaOfCode(trx, code)
  const found = await areasUnder(trx, parent ?? null)
  return kind ? found.filter((area) => area.kind === kind) : found
}

export function orgRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/areas',
      allow: 'place.read',
      summary: 'Places: those under one, one with all above it, or those with a name',
      query: areasQuerySchema,
      output: areasSchema,
      run: async (call, { query }) => ({ items: await areasFor(call, query) }),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/areas/buildings',
      allow: 'place.read',
      summary: 'Outlines of the buildings around a place, for the small map',
      query: buildingsQuerySchema,
      output: buildingsSchema,
      run: async ({ trx }, { query }) => ({ items: await buildingsNear(trx, query.path) }),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/areas/organisations',
      allow: 'place.read',
      summary: 'Who serves a place, for saying of whom something is',
      query: servingQuerySchema,
      output: servingSchema,
      run: async ({ trx }, { query }) => ({
        items: (await organisationsServing(trx, query.path))
          .slice(0, mostOffered)
          .map(({ id, shortName: name, kind }) => ({ id, name, kind })),
      }),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/organisations',
      allow: 'organisation.read',
      summary: 'Organisations by name or by the place they serve',
      query: organisationsQuerySchema,
      output: organisationsSchema,
      run: async ({ trx }, { query }) => organisationsFound(trx, query),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/organisations',
      allow: 'organisation.change',
      summary: 'Add an organisation',
      body: newOrganisationSchema,
      output: organisationSchema,
      status: 201,
      etag: ({ version }) => version,
      run: async ({ trx }, { body }) => addOrganisation(trx, body),
      audit: ({ body }) => ({
        subjectKind: 'organisation',
        subject: body.id,
        path: body.path,
        detail: { added: true, kind: body.kind, desk: body.deskLevel },
      }),
    }),
    route({
      method: 'PATCH',
      path: '/api/organisations/:id',
      allow: 'organisation.change',
      summary: 'Change names, telephone or whether it still exists',
      params: z.object({ id: z.uuid().describe('Organisation') }),
      body: organisationChangeSchema,
      output: organisationSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: async ({ trx, version }, { params, body }) =>
        changeOrganisation(trx, params.id, body, version ?? refuse('http.precondition_required')),
      audit: ({ params, body }) => ({
        subjectKind: 'organisation',
        subject: params.id,
        // Names and telephones of offices; nothing here is about a person.
        detail: body,
      }),
    }),
  ]
}
