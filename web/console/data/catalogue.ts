import { queryOptions } from '@tanstack/react-query'
import { call } from '#web/api/client.ts'

export type Category = { code: string; name: string; group: { code: string; name: string }; limitText: string; lead: string }

export const categories = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => call<{ items: Category[] }>('GET', '/api/categories', { signal }),
  staleTime: 10 * 60_000,
})

/** The groups that the categories fall into, in their order. */
export function groupsOf(items: Category[]): { code: string; name: string }[] {
  return [...new Map(items.map((item) => [item.group.code, item.group])).values()]
}
