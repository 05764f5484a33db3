import { queryOptions } from '@tanstack/react-query'
import type { CallList } from '#requests/call-contract.ts'
import { call } from '#web/api/client.ts'

/** Whom my desks call today; under `requests`, because every entry may change it. */
export const callsToday = queryOptions({
  queryKey: ['requests', 'calls'],
  queryFn: ({ signal }) => call<CallList>('GET', '/api/calls', { signal }),
  refetchInterval: 60_000,
})
