import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { handlerSchema, ListQuery, RequestSummary } from '#requests/contract.ts'
import type { Hit, SearchPage } from '#requests/search/contract.ts'
import { call } from '#web/api/client.ts'
import { type Deed, enter, readRequest, type RequestList } from '#web/api/requests.ts'
import { refresh } from './notices.ts'

export type Handler = z.infer<typeof handlerSchema>
type Revealed = { phone: string | null; name: string | null }

/** What the inbox may be narrowed by; the same names stand in the page's address. */
export type Filters = Pick<ListQuery, 'state' | 'group' | 'channel' | 'overdue' | 'path'> & {
  queue: ListQuery['queue']
  /** what is searched for; a mere list without */
  q?: string | undefined
}

/** A row of the inbox; one that was searched for says why it was found. */
export type ListedRequest = RequestSummary & { hit?: Hit | undefined }

/** A page of a queue or of a search. */
export type Listed = {
  items: ListedRequest[]
  next: string | null
  counts?: RequestList['counts']
  found?: SearchPage['found']
  tooShort?: boolean
}

export const requestList = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ['requests', filters],
    queryFn: ({ pageParam, signal }) =>
      call<Listed>('GET', filters.q ? '/api/requests/search' : '/api/requests', {
        query: { ...filters, after: pageParam, limit: 40 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // A search is asked for by a person each time: it stands in the ledger.
    refetchInterval: filters.q ? false : refresh,
  })

/** How many requests wait for me; one short page, shared by the side list and the tabs. */
export const requestCounts = queryOptions({
  queryKey: ['requests', 'counts'],
  queryFn: ({ signal }) => call<RequestList>('GET', '/api/requests', { query: { queue: 'mine', limit: 1 }, signal }),
  select: (page) => page.counts,
  refetchInterval: refresh,
})

export const oneRequest = (id: string) =>
  queryOptions({
    queryKey: ['request', id],
    queryFn: ({ signal }) => readRequest(id, signal),
    refetchInterval: refresh,
  })

export const requestHandlers = (id: string) =>
  queryOptions({
    queryKey: ['request', id, 'handlers'],
    queryFn: ({ signal }) => call<{ items: Handler[] }>('GET', `/api/requests/${id}/handlers`, { signal }),
  })

/** The first of what is found, while it is still being typed. */
export const requestsFound = (q: string) =>
  queryOptions({
    queryKey: ['requests', 'found', q],
    queryFn: ({ signal }) => call<SearchPage>('GET', '/api/requests/search', { query: { q, limit: 6 }, signal }),
    staleTime: refresh,
  })

/** Makes an entry. The id inside the command is made once per filled form, so that pressing twice enters once (RQ3). */
export function useEnter(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (deed: Deed) => enter(id, deed),
    onSuccess: (after) => {
      client.setQueryData(oneRequest(id).queryKey, after)
      return client.invalidateQueries({ queryKey: ['requests'] })
    },
  })
}

/** Shows the reporter's number; the reason is written into the audit ledger before the answer comes. */
export function useReveal(id: string) {
  return useMutation({
    mutationFn: (reason: string) => call<Revealed>('POST', `/api/requests/${id}/reveals`, { body: { reason } }),
  })
}
