import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { newPersonSchema, newPostSchema, peopleSchema, PersonView } from '#people/contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type PeopleFilters = { q?: string; organisation?: string }
type People = z.infer<typeof peopleSchema>

export const peopleList = (filters: PeopleFilters) =>
  infiniteQueryOptions({
    queryKey: ['people', filters],
    queryFn: ({ pageParam, signal }) =>
      call<People>('GET', '/api/people', { query: { ...filters, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Those who serve here, by part of a name. */
export const peopleNamed = (q: string) =>
  queryOptions({
    queryKey: ['people', 'named', q],
    queryFn: ({ signal }) => call<People>('GET', '/api/people', { query: { q, limit: 8 }, signal }),
    staleTime: 60_000,
  })

/** Sends one change to the register of people and fetches the list anew. */
export const usePeopleChange = <Input,>(send: (input: Input) => Promise<unknown>) => useChange(send, ['people'])

export const addPerson = (person: z.input<typeof newPersonSchema>) => call<PersonView>('POST', '/api/people', { body: person, again: 1 })

export const addPost = (post: z.input<typeof newPostSchema>) => call<unknown>('POST', '/api/posts', { body: post, again: 1 })

export const endPost = ({ id, at }: { id: string; at: string | undefined }) =>
  call<unknown>('POST', `/api/posts/${id}/end`, { body: at ? { at } : {} })

export const setPassword = ({ id, password, resetSecondFactor }: { id: string; password: string; resetSecondFactor: boolean }) =>
  call<unknown>('PUT', `/api/people/${id}/password`, { body: { password, resetSecondFactor } })
