import { queryOptions } from '@tanstack/react-query'
import type { Alike, Suggestion } from '#suggest/contract.ts'
import { call } from '#web/api/client.ts'

export type { Alike, Suggestion }

/** What is suggested while a form is open stays as it was when the form opened: nothing changes under one's hands. */
const once = { staleTime: Infinity, refetchOnWindowFocus: false, retry: false } as const

/** @param version of the request when the form opened: it may have been sent back since the last suggestion. */
export const requestSuggestion = (id: string, version: number) =>
  queryOptions({
    queryKey: ['request', id, 'suggestion', version],
    queryFn: ({ signal }) => call<Suggestion>('GET', `/api/requests/${id}/suggestion`, { signal }),
    ...once,
  })

/** For words that are being written; they go in the body and stand in no address. */
export const textSuggestion = (text: { request: string; words: string; path: string }) =>
  queryOptions({
    queryKey: ['suggestion', text],
    queryFn: ({ signal }) => call<Suggestion>('POST', '/api/suggestions', { body: text, signal }),
    gcTime: 60_000,
    ...once,
  })

export const requestAlike = (id: string) =>
  queryOptions({
    queryKey: ['request', id, 'alike'],
    queryFn: ({ signal }) => call<Alike>('GET', `/api/requests/${id}/alike`, { signal }),
    ...once,
  })
