import type { z } from 'zod'
import type {
  actOnWishSchema,
  OwnWish,
  ownWishesSchema,
  PublicWish,
  publicWishesSchema,
  tellWishSchema,
  toldSchema,
} from '#wishes/contract.ts'
import { call } from './client.ts'

/** Wishes: what everybody reads, and one's own (R11). */

export type { OwnWish, PublicWish }
export type WishPage = z.infer<typeof publicWishesSchema>
type Told = z.infer<typeof toldSchema>

export function publicWishes(
  query: { open: boolean; path?: string | undefined; after?: string | undefined },
  signal?: AbortSignal,
): Promise<WishPage> {
  const { open, path, after } = query
  const search = new URLSearchParams({ open: String(open), ...(path && { path }), ...(after && { after }) })
  return call('GET', `/api/wishes?${search}`, { ...(signal && { signal }) })
}

export function ownWishes(signal?: AbortSignal): Promise<z.infer<typeof ownWishesSchema>> {
  return call('GET', '/api/wishes/own', { ...(signal && { signal }) })
}

export function tellWish(body: z.input<typeof tellWishSchema>): Promise<Told> {
  return call('POST', '/api/wishes', { body, again: 1 })
}

export function actOnWish(id: string, body: z.input<typeof actOnWishSchema>): Promise<Told> {
  return call('POST', `/api/wishes/${id}/entries`, { body, again: 1 })
}
