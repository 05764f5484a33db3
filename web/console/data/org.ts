import { queryOptions } from '@tanstack/react-query'
import { call } from '#web/api/client.ts'

export type Organisation = { id: string; name: string; kind: string }

export const organisationsFound = (q: string) =>
  queryOptions({
    queryKey: ['organisations', q],
    queryFn: ({ signal }) => call<{ items: Organisation[] }>('GET', '/api/organisations', { query: { q, limit: 20 }, signal }),
    staleTime: 60_000,
  })
