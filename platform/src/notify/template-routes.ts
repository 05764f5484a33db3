import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import {
  templateChangeSchema,
  templateHistorySchema,
  templateListSchema,
  templatePlaceSchema,
  templateSchema,
} from './template-contract.ts'
import { changeTemplate, listTemplates, templateHistory } from './templates.ts'

/** Names of people; handed in by the composition root, because notify stands below those who know them. */
export type Names = (trx: Trx, ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>

const byTemplate = z.object({ template: templatePlaceSchema.shape.template })
const now = (call: { now: Temporal.Instant }) => call.now.toString({ smallestUnit: 'millisecond' })

/** The words of messages, for the district's desk and the IT desk. */
export function templateRoutes({ names }: { names: Names }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/message-templates',
      allow: 'template.change',
      summary: 'The words of every message, as they are in force',
      output: templateListSchema,
      run: async (call) => ({ items: await listTemplates(call.trx, now(call)) }),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/message-templates/:template',
      allow: 'template.change',
      summary: 'Change the words of a message, now or from a day on; what was told before keeps its words',
      params: byTemplate,
      body: templateChangeSchema,
      output: templateSchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: (call, { params, body }) =>
        changeTemplate(call.trx, params.template, call.version ?? 0, body, {
          person: call.actor.kind === 'staff' ? call.actor.id : null,
          now: now(call),
        }),
      audit: ({ params, body }) => ({
        subjectKind: 'message_template',
        detail: { template: params.template, ...body },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/message-templates/:template/history',
      allow: 'template.change',
      summary: 'Every change of the words of a message',
      params: byTemplate,
      query: templatePlaceSchema.omit({ template: true }),
      output: templateHistorySchema,
      run: async ({ trx }, { params, query }) => {
        const rows = await templateHistory(trx, { ...params, ...query })
        const people = await names(
          trx,
          rows.flatMap(({ setBy }) => setBy ?? []),
        )
        return {
          items: rows.map(({ version, validFrom, words, subject, setBy, setAt }) => ({
            version,
            validFrom,
            words,
            subject,
            setBy: (setBy && people.get(setBy)?.name) ?? null,
            setAt,
          })),
        }
      },
      audit: 'public',
    }),
  ]
}
