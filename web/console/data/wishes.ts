import { infiniteQueryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { DecideWish, deskWishesSchema, DeskWish } from '#wishes/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

/** Wishes at their desk (R11). */

export type { DeskWish }
export type WishList = 'waiting' | 'open' | 'over'

export const deskWishes = (state: WishList) =>
  infiniteQueryOptions({
    queryKey: ['wishes', state],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call<z.infer<typeof deskWishesSchema>>(
        'GET',
        `/api/wishes/desk?state=${state}${pageParam && `&after=${pageParam}`}`,
        { signal },
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export function useDecideWish(wish: string) {
  return useChange((body: DecideWish) => call<DeskWish>('POST', `/api/wishes/${wish}/decision`, { body, again: 1 }), ['wishes'])
}
