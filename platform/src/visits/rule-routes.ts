import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import {
  ruleChangeSchema,
  ruleHistorySchema,
  rulePreviewSchema,
  ruleSchema,
  rulesSchema,
} from './rule-contract.ts'
import { changeRule, previewRule, ruleHistory, rules } from './rule-service.ts'

const one = z.object({ id: z.uuid().describe('Rule; made by the client for a new one') })

export function visitRuleRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/visit-rules',
      allow: 'visit_rule.read',
      summary: 'Rules of visits as they hold, and what is set for later',
      output: rulesSchema,
      run: ({ trx, now }) => rules(trx, now),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/visit-rules/:id/history',
      allow: 'visit_rule.read',
      summary: 'Every version of a rule, newest first',
      params: one,
      output: ruleHistorySchema,
      run: async ({ trx }, { params }) => ({ items: await ruleHistory(trx, params.id) }),
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: '/api/visit-rules/:id/preview',
      allow: 'visit_rule.change',
      summary: 'What a rule would ask for in the next thirty days',
      params: one,
      body: ruleChangeSchema,
      output: rulePreviewSchema,
      run: ({ trx, now }, { params, body }) => previewRule(trx, params.id, body, now),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/visit-rules/:id',
      allow: 'visit_rule.change',
      summary: 'Adds a version to a rule, or makes a new one (If-Match: "0")',
      params: one,
      body: ruleChangeSchema,
      output: ruleSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: (call, { params, body }) => changeRule(call, params.id, body, call.version ?? 0),
      audit: ({ params, body }, output) => ({
        subjectKind: 'visit_rule',
        subject: params.id,
        detail: { version: output.version, validFrom: body.validFrom, active: body.active },
      }),
    }),
  ]
}
