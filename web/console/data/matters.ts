import { queryOptions } from '@tanstack/react-query'
import type { Matters, NewPush, Push, PushList } from '#matters/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type { Push }

export const gridMatters = queryOptions({
  queryKey: ['matters', 'list'],
  queryFn: ({ signal }) => call<Matters>('GET', '/api/grid-matters', { signal }),
})

export type Show = 'now' | 'waiting' | 'past'

export const gridPushes = (show: Show) =>
  queryOptions({
    queryKey: ['matters', 'pushes', show],
    queryFn: ({ signal }) => call<PushList>('GET', '/api/grid-pushes', { query: { show }, signal }),
  })

export const usePush = () =>
  useChange((push: NewPush) => call<Push>('POST', '/api/grid-pushes', { body: push, again: 1 }), ['matters'])

export const useDecision = ({ id, version }: Push) =>
  useChange((decision: { agree: boolean; words: string }) =>
    call<Push>('POST', `/api/grid-pushes/${id}/decision`, { body: decision, ifMatch: version }), ['matters'])

export const useWithdrawal = ({ id, version }: Push) =>
  useChange(() => call<Push>('POST', `/api/grid-pushes/${id}/withdrawal`, { ifMatch: version }), ['matters'])
