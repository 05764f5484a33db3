import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Alike } from '#requests/together/contract.ts'
import { call } from '#web/api/client.ts'
import { enter } from '#web/api/requests.ts'

/** Requests that are possibly the same, and merging them (RQ13). */

export const alikeRequests = (id: string) =>
  queryOptions({
    queryKey: ['request', id, 'duplicates'],
    queryFn: ({ signal }) => call<{ items: Alike[] }>('GET', `/api/requests/${id}/duplicates`, { signal }),
  })

/** Merges one request into another. Both stories change, so both are asked for anew. */
export function useMerge() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ gone, into, id, words }: { gone: string; into: string; id: string; words: string }) =>
      enter(gone, { id, kind: 'merge', into, words }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['request'] })
      await client.invalidateQueries({ queryKey: ['requests'] })
    },
  })
}
