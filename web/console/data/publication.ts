import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { clearSchema, Publication } from '#open311/publication-contract.ts'
import { call } from '#web/api/client.ts'

type Clear = z.input<typeof clearSchema>

/** What was said beside what everybody reads of it. Reading it leaves a record, so it is asked for only when opened. */
export const publication = (request: string) =>
  queryOptions({
    queryKey: ['request', request, 'publication'],
    queryFn: ({ signal }) => call<Publication>('GET', `/api/requests/${request}/publication`, { signal }),
    staleTime: 60_000,
  })

export function useClear(request: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Clear) => call<Publication>('POST', `/api/requests/${request}/publication`, { body }),
    onSuccess: (after) => client.setQueryData(publication(request).queryKey, after),
  })
}

export function useWithdraw(request: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      call<{ request: string }>('POST', `/api/publications/${id}/withdrawal`, { body: {} }),
    onSuccess: () => client.invalidateQueries(publication(request)),
  })
}
