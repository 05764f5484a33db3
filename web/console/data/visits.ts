import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { TaskView } from '#visits/contract.ts'
import type { Figures } from '#visits/figure-contract.ts'
import type { Rule, RuleChange, RulePreview, Rules } from '#visits/rule-contract.ts'
import type { SpotList, SpotResult } from '#visits/spot-contract.ts'
import type { VisitRow, VisitView } from '#visits/visit-contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

/** Visits, tasks, rules and spot checks; everything lies under `visits`, because one visit may change all of it. */

type Page<Item> = { items: Item[]; next: string | null }
export type Wanted = Record<string, string | undefined>

export const taskList = (query: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['visits', 'tasks', query],
    queryFn: ({ pageParam, signal }) =>
      call<Page<TaskView>>('GET', '/api/visit-tasks', { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const visitList = (query: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['visits', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call<Page<VisitRow>>('GET', '/api/visits', { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const oneVisit = (id: string) =>
  queryOptions({
    queryKey: ['visits', 'one', id],
    queryFn: ({ signal }) => call<VisitView>('GET', `/api/visits/${id}`, { signal }),
  })

export const visitFigures = (path: string, from: string, until: string) =>
  queryOptions({
    queryKey: ['visits', 'figures', path, from, until],
    queryFn: ({ signal }) => call<Figures>('GET', '/api/visit-figures', { query: { path, from, until }, signal }),
  })

export const visitRules = queryOptions({
  queryKey: ['visits', 'rules'],
  queryFn: ({ signal }) => call<Rules>('GET', '/api/visit-rules', { signal }),
})

export const ruleHistory = (id: string) =>
  queryOptions({
    queryKey: ['visits', 'rules', id],
    queryFn: ({ signal }) => call<{ items: Rule[] }>('GET', `/api/visit-rules/${id}/history`, { signal }),
  })

export const rulePreview = (id: string, change: RuleChange) =>
  queryOptions({
    queryKey: ['visits', 'preview', id, change],
    queryFn: ({ signal }) =>
      call<RulePreview>('POST', `/api/visit-rules/${id}/preview`, { body: change, signal }),
    retry: false,
  })

export const spotChecks = queryOptions({
  queryKey: ['visits', 'spots'],
  queryFn: ({ signal }) => call<SpotList>('GET', '/api/spot-checks', { signal }),
})

/** Sends one change and fetches anew what it may have touched. */
export const useVisitChange = <Input, Out>(send: (input: Input) => Promise<Out>) => useChange(send, ['visits'])

/** Adds a version to a rule as it was read; when somebody changed it meanwhile the server refuses (If-Match). */
export const changeRule = ({ id, version, change }: { id: string; version: number; change: RuleChange }) =>
  call<Rule>('PUT', `/api/visit-rules/${id}`, { body: change, ifMatch: version })

export const enterTask = ({ task, ...command }: { task: string; id: string; kind: 'excuse' | 'cancel'; words: string }) =>
  call<TaskView>('POST', `/api/visit-tasks/${task}/entries`, { body: command, again: 1 })

export const enterSpot = ({ visit, said }: { visit: string; said: SpotResult }) =>
  call<{ result: string | null; tries: number }>('POST', `/api/spot-checks/${visit}/result`, { body: said })

export const revealSpot = ({ visit, reason }: { visit: string; reason: string }) =>
  call<{ name: string; phone: string | null }>('POST', `/api/spot-checks/${visit}/reveals`, { body: { reason } })
