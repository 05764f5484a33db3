import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Board, BoardItem, Drill, Figures } from '#dispatch/board-contract.ts'
import type { Effect, proposedSchema, RouteView, RuleChange, RuleView } from '#dispatch/contract.ts'
import type { DispatchSearch } from '../pages/dispatch/search.ts'
import { call } from '#web/api/client.ts'
import { refresh } from './notices.ts'
import { useChange } from './change.ts'

export type { Board, BoardItem, Drill, Effect, Figures, RouteView, RuleChange, RuleView }
export type Proposed = z.infer<typeof proposedSchema>['items'][number]

type Narrow = Pick<DispatchSearch, 'path' | 'group'>

/** Whose turn it is; `step` looks at one's own organisations alone. */
export const board = (by: 'holder' | 'step', narrow: Narrow) =>
  queryOptions({
    queryKey: ['requests', 'board', by, narrow],
    queryFn: ({ signal }) => call<Board>('GET', '/api/dispatch/board', { query: { by, ...narrow }, signal }),
    refetchInterval: refresh,
  })

type Listing = Pick<DispatchSearch, 'path' | 'group' | 'category' | 'organisation' | 'level' | 'state' | 'due'> & {
  own?: 'true' | undefined
}

export const boardList = (query: Listing) =>
  infiniteQueryOptions({
    queryKey: ['requests', 'board', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: BoardItem[]; next: string | null }>('GET', '/api/dispatch/board/requests', {
        query: { ...query, after: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: refresh,
  })

/** Who is proposed for each of these, and why; asked for once, when somebody is about to dispatch them. */
export const proposals = (requests: readonly string[]) =>
  queryOptions({
    queryKey: ['requests', 'proposals', requests],
    queryFn: ({ signal }) =>
      call<{ items: Proposed[] }>('POST', '/api/dispatch/proposals', { body: { requests }, signal }),
    staleTime: Infinity,
    retry: false,
  })

export const dispatchFigures = (narrow: Pick<DispatchSearch, 'path'>) =>
  queryOptions({
    queryKey: ['dispatch', 'figures', narrow],
    queryFn: ({ signal }) => call<Figures>('GET', '/api/dispatch/figures', { query: narrow, signal }),
    staleTime: 60_000,
  })

export const figureRequests = (query: Pick<DispatchSearch, 'path' | 'category' | 'month' | 'why' | 'figure'>) =>
  infiniteQueryOptions({
    queryKey: ['dispatch', 'figures', 'requests', query],
    queryFn: ({ pageParam, signal }) =>
      call<Drill>('GET', '/api/dispatch/figures/requests', { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: query.figure !== undefined,
  })

export const routingRules = queryOptions({
  queryKey: ['routing', 'rules'],
  queryFn: ({ signal }) => call<{ items: RuleView[] }>('GET', '/api/routing/rules', { signal }),
})

export const ruleHistory = (id: string) =>
  queryOptions({
    queryKey: ['routing', 'rules', id],
    queryFn: ({ signal }) => call<{ items: RuleView[] }>('GET', `/api/routing/rules/${id}/history`, { signal }),
  })

/** What a change would do, asked for anew with each field that changes. */
export const ruleEffect = (id: string, change: RuleChange) =>
  queryOptions({
    queryKey: ['routing', 'rules', id, 'effect', change],
    queryFn: ({ signal }) => call<Effect>('POST', `/api/routing/rules/${id}/preview`, { body: change, signal }),
    staleTime: 60_000,
    retry: false,
  })

/** Adds a version to a row as it was read; when somebody changed it meanwhile the server refuses (If-Match). */
export function useRuleChange(id: string, version: number) {
  return useChange((change: RuleChange) =>
      call<RuleView>('PUT', `/api/routing/rules/${id}`, { body: change, ifMatch: version }), ['routing'])
}

/** Who would get a request of this kind there. */
export const routeOf = (category: string | undefined, path: string) =>
  queryOptions({
    queryKey: ['routing', 'choice', category, path],
    queryFn: ({ signal }) => call<RouteView>('GET', '/api/routing/choice', { query: { category, path }, signal }),
    staleTime: 10_000,
  })

export type Fate = { id: string; code: string | null; refused: string | null }

/** Several to one unit in one step, each with its own entry and its own fate. */
export async function assignTogether(
  requests: { id: string; entry: string }[],
  organisation: string,
): Promise<Fate[]> {
  const { items } = await call<{ items: Omit<Fate, 'id'>[] }>('POST', '/api/requests/assignments', {
    body: { requests, lead: { organisation } },
  })
  // In the order in which they were sent; the door names no request that one may not reach.
  return requests.map(({ id }, index) => ({ id, ...(items[index] ?? { code: null, refused: 'unavailable' }) }))
}
