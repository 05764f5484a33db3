import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Ability, Role } from '#access/permissions.ts'
import type { RequestSummary } from '#requests/contract.ts'
import { call } from '#web/api/client.ts'

type Me = {
  person: { id: string; name: string }
  posts: { id: string; role: string; organisation: { id: string; name: string }; area: { path: string; name: string; kind: string } }[]
  abilities: Ability[]
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<Me>('GET', '/api/me', { signal }),
  staleTime: 5 * 60_000,
  retry: false,
})

/** Who is logged in. `home` is the area of the first post. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery)
  return useMemo(() => ({ ...data, home: data.posts[0]?.area ?? { path: '', name: '' } }), [data])
}

/** Whether a request is held by me or by an organisation I serve in. */
export function useHolds(): (request: Pick<RequestSummary, 'holder'>) => boolean {
  const { person, posts } = useMe()
  return useCallback(
    ({ holder }) => {
      if (!holder) return false
      if (holder.person) return holder.person.id === person.id
      return posts.some((post) => post.organisation.id === holder.organisation.id)
    },
    [person, posts],
  )
}

/** Whether the permission table names me for an ability; how far it goes the server decides. */
export function useMay(): (ability: Ability) => boolean {
  const { abilities } = useMe()
  return useCallback((ability) => abilities.includes(ability), [abilities])
}
