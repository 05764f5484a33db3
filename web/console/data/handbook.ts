import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Acquaintance, BuildingView, Cards, HouseholdPage, Print, printInputSchema } from '#handbook/contract.ts'
import type { editedSchema, editSchema } from '#households/contract.ts'
import type { careListSchema } from '#households/handbook-contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export const buildingAt = (path: string) =>
  queryOptions({
    queryKey: ['handbook', 'building', path],
    queryFn: ({ signal }) => call<BuildingView>('GET', '/api/handbook/building', { query: { path }, signal }),
    enabled: path !== '',
  })

export const householdPage = (id: string) =>
  queryOptions({
    queryKey: ['handbook', 'household', id],
    queryFn: ({ signal }) => call<HouseholdPage>('GET', `/api/handbook/households/${id}`, { signal }),
  })

export const cardsAt = (path: string) =>
  queryOptions({
    queryKey: ['handbook', 'cards', path],
    queryFn: ({ signal }) => call<Cards>('GET', '/api/handbook/cards', { query: { path }, signal }),
    enabled: path !== '',
  })

export const acquaintanceAt = (path: string) =>
  queryOptions({
    queryKey: ['handbook', 'acquaintance', path],
    queryFn: ({ signal }) =>
      call<Acquaintance>('GET', '/api/handbook/acquaintance', { query: { path }, signal }),
    enabled: path !== '',
  })

/** What goes on paper; it stands in the ledger from then on. */
export const printHandbook = (input: z.input<typeof printInputSchema>) =>
  call<Print>('POST', '/api/handbook/prints', { body: input, again: 1 })

export type CareFilters = {
  path?: string | undefined
  kind?: string | undefined
  due?: string | undefined
}

export const careList = (filters: CareFilters) =>
  infiniteQueryOptions({
    queryKey: ['handbook', 'care', filters],
    queryFn: ({ pageParam, signal }) =>
      call<z.infer<typeof careListSchema>>('GET', '/api/care', { query: { ...filters, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export type Edited = z.infer<typeof editedSchema>

/** Enters what changed in a household; the same entry sent again is one (HH6). */
export function useHouseholdEdit(household: string) {
  return useChange((edit: z.input<typeof editSchema>) =>
      call<Edited>('POST', `/api/households/${household}/entries`, { body: edit, again: 1 }), ['handbook'])
}

/** Opens one resident's number, for a stated reason. */
export const usePhoneReveal = (resident: string) =>
  useMutation({
    mutationFn: async (reason: string) => {
      const { value } = await call<{ value: string | null }>('POST', `/api/residents/${resident}/reveals`, {
        body: { field: 'phone', reason },
      })
      return { phone: value }
    },
  })
