import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { Download } from '#kernel/route.ts'
import { workbookType } from '../sheet.ts'
import {
  decideExportSchema,
  exportListSchema,
  exportParams,
  exportSchema,
  newExportSchema,
} from './contract.ts'
import { exportFile } from './file.ts'
import * as service from './service.ts'

export function exportRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/exports',
      allow: 'export.make',
      summary: 'Ask for a list of requests as a file, with a reason',
      body: newExportSchema,
      output: exportSchema,
      status: 201,
      perMinute: 60,
      run: (call, { body }) => service.askFor(call, body),
      audit: ({ body }, { rows, state }) => ({
        subjectKind: 'export',
        subject: body.id,
        reason: body.reason,
        detail: { did: 'ask', rows, state },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/exports',
      allow: 'export.make',
      summary: 'Exports I asked for, and those that wait for my word',
      output: exportListSchema,
      run: (call) => service.listed(call),
      audit: () => ({ subjectKind: 'export', detail: { did: 'list' } }),
    }),
    route({
      method: 'POST',
      path: '/api/exports/:id/decision',
      allow: 'export.decide',
      summary: 'Agree that a list leaves, or refuse; never one’s own',
      params: exportParams,
      body: decideExportSchema,
      output: exportSchema,
      run: (call, { params, body }) => service.decide(call, params.id, body.agree),
      audit: ({ params, body }, { rows, reason }) => ({
        subjectKind: 'export',
        subject: params.id,
        reason,
        detail: { did: body.agree ? 'agree' : 'refuse', rows },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/exports/:id/file',
      allow: 'export.make',
      summary: 'The list as a file, as its maker may read it now; marked with who, when and why',
      perMinute: 60,
      params: exportParams,
      run: async (call, { params }) => {
        const one = await service.toFetch(call, params.id)
        const type = one.format === 'csv' ? 'text/csv; charset=utf-8' : workbookType
        return new Download(
          exportFile(call, one),
          type,
          `requests-${one.createdAt.slice(0, 10)}.${one.format}`,
        )
      },
      audit: ({ params }) => ({ subjectKind: 'export', subject: params.id, detail: { did: 'fetch' } }),
    }),
  ]
}
