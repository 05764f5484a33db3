import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { dwellingsQuerySchema, dwellingsSchema } from './contract.ts'
import { dwellingsOf } from './service.ts'

export function householdRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/dwellings',
      allow: 'place.read',
      summary: 'Doors of one stairwell; not who lives there',
      query: dwellingsQuerySchema,
      output: dwellingsSchema,
      run: async ({ trx }, { query }) => ({ items: await dwellingsOf(trx, query.unit) }),
      audit: 'public',
    }),
  ]
}
