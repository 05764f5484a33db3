import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Duty, NewLine, NewSwap, Rota, RotaLine, RotaTurn, Tonight } from '#rota/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type { Rota, RotaLine, RotaTurn }

/** Somebody who looks all evening sees who has taken over meanwhile. */
const lookAgain = 60_000

export const rotaOf = (organisation: string, week: string | undefined) =>
  queryOptions({
    queryKey: ['rota', 'week', organisation, week],
    queryFn: ({ signal }) => call<Rota>('GET', '/api/rota', { query: { organisation, week }, signal }),
    enabled: organisation !== '',
    refetchInterval: lookAgain,
    placeholderData: keepPreviousData,
  })

export const rotaTonight = queryOptions({
  queryKey: ['rota', 'tonight'],
  queryFn: ({ signal }) => call<Tonight>('GET', '/api/rota/tonight', { signal }),
  refetchInterval: lookAgain,
})

export const dutyAt = (place: string) =>
  queryOptions({
    queryKey: ['rota', 'duty', place],
    queryFn: ({ signal }) => call<Duty>('GET', '/api/duty', { query: { place }, signal }),
    enabled: place !== '',
  })

export const useNewLine = () =>
  useChange((line: NewLine) => call<Rota>('POST', '/api/rota/lines', { body: line, again: 1 }), ['rota'])

export const useLineEnd = () =>
  useChange(({ id, on, version }: { id: string; on: string; version: number }) =>
    call<Rota>('POST', `/api/rota/lines/${id}/end`, { body: { on }, ifMatch: version }), ['rota'])

export const useSwap = () =>
  useChange((swap: NewSwap) => call<Rota>('POST', '/api/rota/swaps', { body: swap, again: 1 }), ['rota'])

export const useNumber = () =>
  useChange(({ organisation, phone, version }: { organisation: string; phone: string | null; version: number }) =>
    call<Rota>('PUT', `/api/rota/${organisation}`, { body: { phone }, ifMatch: version }), ['rota'])
