import { queryOptions } from '@tanstack/react-query'
import type { CallList } from '#requests/calls/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

/** Whom my desks call today; under `requests`, because every entry may change it. */
export const callsToday = queryOptions({
  queryKey: ['requests', 'calls'],
  queryFn: ({ signal }) => call<CallList>('GET', '/api/calls', { signal }),
  refetchInterval: 60_000,
})

/** Sets which share is called, as it was read; when somebody set it meanwhile the server refuses (If-Match). */
export function useCallShare(version: number) {
  return useChange((percent: number) => call('PUT', '/api/calls/rate', { body: { percent }, ifMatch: version }), callsToday.queryKey)
}
