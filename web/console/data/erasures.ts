import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  DecideErasure,
  erasureListSchema,
  ErasureView,
  Hold,
  holdListSchema,
  PlaceHold,
} from '#requests/erasure/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type { ErasureView, Hold }

export const erasures = queryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal }) => call<z.infer<typeof erasureListSchema>>('GET', '/api/erasures', { signal }),
})

export const holds = queryOptions({
  queryKey: ['erasures', 'holds'],
  queryFn: ({ signal }) => call<z.infer<typeof holdListSchema>>('GET', '/api/erasure-holds', { signal }),
})

export const useDecide = (id: string) =>
  useChange((decision: DecideErasure) =>
    call<ErasureView>('POST', `/api/erasures/${id}/decision`, { body: decision }), ['erasures'])
export const usePlaceHold = () =>
  useChange((hold: PlaceHold) => call<Hold>('POST', '/api/erasure-holds', { body: hold, again: 1 }), ['erasures'])
export const useLiftHold = () =>
  useChange((id: string) => call<void>('POST', `/api/erasure-holds/${id}/end`), ['erasures'])
