import { queryOptions } from '@tanstack/react-query'
import type { NewView, SavedView } from '#requests/search/contract.ts'
import { call } from '#web/api/client.ts'
import type { Filters } from './requests.ts'
import { useChange } from './change.ts'

export type { SavedView }

/** Searches that I keep, and that my organisation shares. */
export const savedViews = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => call<{ items: SavedView[] }>('GET', '/api/views', { signal }),
  staleTime: 60_000,
})

type Count = { id: string; count: number; more: boolean }

/** How many requests each shows; a number at the edge of the page, so once a minute is enough. */
export const viewCounts = queryOptions({
  queryKey: ['views', 'counts'],
  queryFn: ({ signal }) => call<{ items: Count[] }>('GET', '/api/views/counts', { signal }),
  select: ({ items }) => new Map(items.map((item) => [item.id, item])),
  refetchInterval: 60_000,
})

/** Keeps a view under the id that its form was opened with, so that pressing twice keeps one. */
export function useKeepView() {
  return useChange(({ id, ...view }: NewView & { id: string }) =>
      call<SavedView>('PUT', `/api/views/${id}`, { body: view, again: 1 }), ['views'])
}

export function useDropView() {
  return useChange((id: string) => call<void>('DELETE', `/api/views/${id}`, { again: 1 }), ['views'])
}

const parts = ['queue', 'q', 'state', 'group', 'channel', 'overdue', 'path'] as const

/** Whether the page shows just what a view keeps. */
export function shows(filters: Filters, { query }: SavedView): boolean {
  return parts.every((part) => (filters[part] ?? '') === (query[part] ?? ''))
}
