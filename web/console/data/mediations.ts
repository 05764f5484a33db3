import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  Mediation,
  MediationList,
  MediationSummary,
  NewMediation,
  NewMediationEntry,
} from '#mediation/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type { Mediation, MediationSummary }

export const mediationList = (over: boolean) =>
  infiniteQueryOptions({
    queryKey: ['mediations', 'list', over],
    queryFn: ({ pageParam, signal }) =>
      call<MediationList>('GET', '/api/mediations', { query: { over: String(over), after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const oneMediation = (id: string) =>
  queryOptions({
    queryKey: ['mediations', 'one', id],
    queryFn: ({ signal }) => call<Mediation>('GET', `/api/mediations/${id}`, { signal }),
  })

export const useNewMediation = () =>
  useChange((file: NewMediation) => call<Mediation>('POST', '/api/mediations', { body: file, again: 1 }), ['mediations'])

export const useMediationEntry = (id: string) =>
  useChange((entry: NewMediationEntry) =>
    call<Mediation>('POST', `/api/mediations/${id}/entries`, { body: entry, again: 1 }), ['mediations'])

export const useMediators = (id: string) =>
  useChange(({ mediators, version }: { mediators: string[]; version: number }) =>
    call<Mediation>('PUT', `/api/mediations/${id}/mediators`, { body: { mediators }, ifMatch: version }), ['mediations'])
