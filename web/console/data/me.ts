import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Me } from '#access/contract.ts'
import type { Ability } from '#access/permissions.ts'
import type { RequestSummary } from '#requests/contract.ts'
import { call } from '#web/api/client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<Me>('GET', '/api/me', { signal }),
  staleTime: 5 * 60_000,
  retry: false,
})

/** Who is logged in, and the area of the first post. Only pages behind the log in may ask. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery)
  return useMemo(() => ({ ...data, home: data.posts[0]?.path ?? '' }), [data])
}

/** Whether a request is held by me or by an organisation I serve in. */
export function useHolds(): (request: Pick<RequestSummary, 'holder'>) => boolean {
  const { id, posts } = useMe()
  return useCallback(
    ({ holder }) => {
      if (!holder) return false
      if (holder.person) return holder.person.id === id
      return posts.some((post) => post.organisation.id === holder.organisation.id)
    },
    [id, posts],
  )
}

/** Whether the permission table names me for an ability; how far it goes the server decides. */
export function useMay(): (ability: Ability) => boolean {
  const { abilities } = useMe()
  return useCallback((ability) => abilities.includes(ability), [abilities])
}
