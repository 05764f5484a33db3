import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import {
  categoryChangeSchema,
  categoryCodeSchema,
  categoryHistorySchema,
  categoryListSchema,
  categorySchema,
} from './contract.ts'
import { changeCategory, categoryHistory, listCategories } from './service.ts'

const now = (call: { now: Temporal.Instant }) => call.now.toString({ smallestUnit: 'millisecond' })

export function catalogueRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/categories',
      allow: 'category.read',
      summary: 'Categories of requests with the limits in force',
      output: categoryListSchema,
      run: async (call) => ({ items: await listCategories(call.trx, now(call), call.language) }),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/categories/:code',
      allow: 'category.change',
      summary: 'Change limit, leading departments or use of a category; requests accepted before keep theirs',
      params: categoryCodeSchema,
      body: categoryChangeSchema,
      output: categorySchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: async (call, { params, body }) => {
        await changeCategory(call.trx, params.code, call.version ?? 0, body, {
          person: call.actor.kind === 'staff' ? call.actor.id : null,
          now: now(call),
          language: call.language,
        })
        const after = await listCategories(call.trx, now(call), call.language)
        return after.find(({ code }) => code === params.code) ?? refuse('record.not_found')
      },
      audit: ({ params, body }) => ({ subjectKind: 'category', detail: { code: params.code, ...body } }),
    }),
    route({
      method: 'GET',
      path: '/api/categories/:code/history',
      allow: 'category.read',
      summary: 'Everything a category was or will be',
      params: categoryCodeSchema,
      output: categoryHistorySchema,
      run: async (call, { params }) => ({
        items: await categoryHistory(call.trx, params.code, call.language),
      }),
      audit: 'public',
    }),
  ]
}
