import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { newOrganisationSchema, Organisation, OrganisationChange } from '#org/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export const organisationKinds = [
  'government',
  'department',
  'committee',
  'party',
  'civic',
  'company',
  'property_firm',
] as const satisfies Organisation['kind'][]

/** A mobile, a landline with its area code, or a five-digit service number; the server judges by the same. */
export const isOfficePhone = (phone: string) => /^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{5})$/.test(phone)

/** Organisations by part of their name; all, by name, when nothing is asked for. */
export const organisationsFound = (q: string) =>
  queryOptions({
    queryKey: ['organisations', q],
    queryFn: ({ signal }) =>
      call<{ items: Organisation[] }>('GET', '/api/organisations', { query: { q: q || undefined, limit: 20 }, signal }),
    staleTime: 60_000,
  })

export const organisationPages = (q: string, kind: string) =>
  infiniteQueryOptions({
    queryKey: ['organisations', 'pages', q, kind],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: Organisation[]; next: string | null }>('GET', '/api/organisations', {
        query: { q: q || undefined, kind: kind || undefined, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Changes an organisation as it was read; when somebody changed it meanwhile the server refuses (If-Match). */
export const useOrganisationChange = ({ id, version }: Organisation) =>
  useChange((change: OrganisationChange) =>
    call<Organisation>('PATCH', `/api/organisations/${id}`, { body: change, ifMatch: version }), ['organisations'])

export const useNewOrganisation = () =>
  useChange((added: z.input<typeof newOrganisationSchema>) =>
    call<Organisation>('POST', '/api/organisations', { body: added, again: 1 }), ['organisations'])
