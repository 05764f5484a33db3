import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import {
  areasQuerySchema,
  areasSchema,
  buildingsQuerySchema,
  buildingsSchema,
  organisationsQuerySchema,
  organisationsSchema,
} from './contract.ts'
import type { Area, AreasQuery } from './contract.ts'
import { areaLine, areasUnder, buildingsNear, organisationsFound, searchAreas } from './service.ts'
import type { Call } from '#access/route.ts'

async function areasFor({ trx }: Call, { q, parent, path, kind, under }: AreasQuery): Promise<Area[]> {
  if (q) return searchAreas(trx, q, kind, under)
  if (path) return areaLine(trx, path)
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
      path: '/api/organisations',
      allow: 'organisation.read',
      summary: 'Organisations by name or by the place they serve',
      query: organisationsQuerySchema,
      output: organisationsSchema,
      run: async ({ trx }, { query }) => organisationsFound(trx, query),
      audit: 'public',
    }),
  ]
}
