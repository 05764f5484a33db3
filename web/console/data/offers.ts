import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Helpers, newOfferSchema, offersSchema, ofRequestSchema, OfferView } from '#offers/contract.ts'
import { call } from '#web/api/client.ts'

/** Small wants put before people (R3). */

export type { Helpers, OfferView }
type Page = z.infer<typeof offersSchema>

export const helpersFor = (request: string, want: { skills: string[]; slots: string[] }) =>
  queryOptions({
    queryKey: ['request', request, 'helpers', want],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ skills: want.skills.join(','), slots: want.slots.join(',') })
      return call<Helpers>('GET', `/api/requests/${request}/helpers?${query}`, { signal })
    },
    staleTime: 10_000,
  })

export const offersOf = (request: string) =>
  queryOptions({
    queryKey: ['request', request, 'offers'],
    queryFn: ({ signal }) =>
      call<z.infer<typeof ofRequestSchema>>('GET', `/api/requests/${request}/offers`, { signal }),
  })

export const offerPages = (state: 'live' | 'over') =>
  infiniteQueryOptions({
    queryKey: ['offers', state],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call<Page>('GET', `/api/offers?state=${state}${pageParam && `&after=${pageParam}`}`, { signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })

/** What changes an offer changes its request and the list of offers as well. */
function useAfter(request: string) {
  const client = useQueryClient()
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['request', request] }),
      client.invalidateQueries({ queryKey: ['offers'] }),
      client.invalidateQueries({ queryKey: ['requests'] }),
    ])
  }
}

export function useOffer(request: string) {
  const after = useAfter(request)
  return useMutation({
    mutationFn: (body: z.input<typeof newOfferSchema>) =>
      call<OfferView>('POST', `/api/requests/${request}/offers`, { body, again: 1 }),
    onSuccess: after,
  })
}

export function useTakeBack(request: string) {
  const after = useAfter(request)
  return useMutation({
    mutationFn: (offer: string) => call<OfferView>('POST', `/api/offers/${offer}/withdrawal`, { body: {} }),
    onSuccess: after,
  })
}
