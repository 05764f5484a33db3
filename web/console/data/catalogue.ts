import { queryOptions, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Category, CategoryChange, categoryHistorySchema } from '#catalogue/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export const categories = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => call<{ items: Category[] }>('GET', '/api/categories', { signal }),
  staleTime: 10 * 60_000,
})

export const categoryHistory = (code: string) =>
  queryOptions({
    queryKey: ['categories', code, 'history'],
    queryFn: ({ signal }) => call<z.infer<typeof categoryHistorySchema>>('GET', `/api/categories/${code}/history`, { signal }),
  })

/** Changes a category as it was read; when somebody changed it meanwhile the server refuses (If-Match). */
export function useCategoryChange(category: Category) {
  return useChange((change: CategoryChange) =>
      call<Category>('PUT', `/api/categories/${category.code}`, { body: change, ifMatch: category.version }), ['categories'])
}

/** The groups that the categories fall into, in their order. */
export function groupsOf(items: Category[]): { code: string; name: string }[] {
  return [...new Map(items.map((item) => [item.groupCode, { code: item.groupCode, name: item.group }])).values()]
}

/** What a category usually takes, to be told all at once; nothing while it is not known. */
export function useUsuallyNeeded(code: string | undefined): Category['needed'] | undefined {
  return useQuery(categories).data?.items.find((one) => one.code === code)?.needed
}
