import { queryOptions } from '@tanstack/react-query'
import type { Organisation } from '#org/contract.ts'
import { call } from '#web/api/client.ts'

/** Organisations by part of their name; all, by name, when nothing is asked for. */
export const organisationsFound = (q: string) =>
  queryOptions({
    queryKey: ['organisations', q],
    queryFn: ({ signal }) =>
      call<{ items: Organisation[] }>('GET', '/api/organisations', { query: { q: q || undefined, limit: 20 }, signal }),
    staleTime: 60_000,
  })
