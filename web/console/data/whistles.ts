import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Command, Form } from '#whistle/commands.ts'
import type { Figures } from '#whistle/figure-contract.ts'
import type { WhistleList, WhistleView } from '#whistle/contract.ts'
import { call } from '#web/api/client.ts'
import { refresh } from './notices.ts'

/** Whistles: lists, one of them, figures, and the steps. A step moves requests too, so both are fetched anew. */

export type WhistleSearch = {
  queue?: 'mine' | 'open' | 'over' | 'called' | undefined
  late?: 'true' | undefined
  department?: string | undefined
  role?: 'lead' | 'assist' | undefined
  part?:
    | 'in_time'
    | 'late'
    | 'waiting'
    | 'released'
    | 'done'
    | 'satisfied'
    | 'fair'
    | 'dissatisfied'
    | undefined
  from?: string | undefined
  until?: string | undefined
}

export const whistleList = (search: WhistleSearch) =>
  infiniteQueryOptions({
    queryKey: ['whistles', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      call<WhistleList>('GET', '/api/whistles', { query: { ...search, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: refresh,
  })

export const whistleCounts = queryOptions({
  queryKey: ['whistles', 'counts'],
  queryFn: ({ signal }) =>
    call<WhistleList>('GET', '/api/whistles', { query: { queue: 'mine', limit: 1 }, signal }),
  select: (page) => page.counts,
  refetchInterval: refresh,
})

export const oneWhistle = (id: string) =>
  queryOptions({
    queryKey: ['whistles', 'one', id],
    queryFn: ({ signal }) => call<WhistleView>('GET', `/api/whistles/${id}`, { signal }),
    refetchInterval: refresh,
  })

export const whistleFigures = (from: string, until: string) =>
  queryOptions({
    queryKey: ['whistles', 'figures', from, until],
    queryFn: ({ signal }) => call<Figures>('GET', '/api/whistle-figures', { query: { from, until }, signal }),
  })

function useSent<Input>(send: (input: Input) => Promise<WhistleView>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: async (after) => {
      client.setQueryData(oneWhistle(after.id).queryKey, after)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['whistles'] }),
        client.invalidateQueries({ queryKey: ['requests'] }),
        client.invalidateQueries({ queryKey: ['request'] }),
      ])
    },
  })
}

/** Makes an entry. The id inside the command is made once per opened form, so that pressing twice enters once. */
export function useWhistleEntry(id: string) {
  return useSent((command: Command) =>
    call<WhistleView>('POST', `/api/whistles/${id}/entries`, { body: command, again: 1 }),
  )
}

export function useBlow() {
  return useSent((form: Form) => call<WhistleView>('POST', '/api/whistles', { body: form, again: 1 }))
}
