import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { exportListSchema, ExportView, NewExport } from '#exchange/exports/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

/** Lists that leave as files. */

export type { ExportView }

export const exportList = queryOptions({
  queryKey: ['exports'],
  queryFn: ({ signal }) => call<z.infer<typeof exportListSchema>>('GET', '/api/exports', { signal }),
})

export const fileAddress = (id: string): string => `/api/exports/${id}/file`

export const useAskExport = () =>
  useChange((given: NewExport) => call<ExportView>('POST', '/api/exports', { body: given, again: 1 }), ['exports'])

export const useDecideExport = (id: string) =>
  useChange((agree: boolean) => call<ExportView>('POST', `/api/exports/${id}/decision`, { body: { agree } }), ['exports'])
