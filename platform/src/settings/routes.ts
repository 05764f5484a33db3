import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { categoryCodeSchema } from '#catalogue/contract.ts'
import {
  calendarEffectSchema,
  calendarPreviewSchema,
  categoryEffectSchema,
  categoryPreviewSchema,
  settingsHistorySchema,
  settingsQuerySchema,
} from './contract.ts'
import { calendarEffect, categoryEffect, settingsHistory } from './service.ts'

const now = (call: { now: Temporal.Instant }) => call.now.toString({ smallestUnit: 'millisecond' })

export function settingsRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/categories/:code/preview',
      allow: 'category.change',
      summary: 'What a change of a category would do; nothing is changed',
      params: categoryCodeSchema,
      body: categoryPreviewSchema,
      output: categoryEffectSchema,
      run: (call, { params, body }) => categoryEffect(call.trx, params.code, body, now(call)),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/calendar/preview',
      allow: 'category.change',
      summary: 'What a change of a year would do; nothing is changed',
      body: calendarPreviewSchema,
      output: calendarEffectSchema,
      run: (call, { body }) => calendarEffect(call.trx, body, now(call)),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/settings/history',
      allow: 'setting.read',
      summary: 'Who changed which setting, when, and to what',
      query: settingsQuerySchema,
      output: settingsHistorySchema,
      run: (call, { query }) => settingsHistory(call.trx, query, call.language),
      audit: ({ query: { kind } }, output) => ({
        subjectKind: 'ledger',
        detail: { settings: kind ?? 'all', rows: output.items.length },
      }),
    }),
  ]
}
