import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '#web/api/client.ts'

export type Area = { path: string; code: string; kind: string; name: string }
export type Building = { path: string; name: string; footprint: [number, number][] }

export const areasUnder = (parent: string) =>
  queryOptions({
    queryKey: ['areas', 'under', parent],
    queryFn: ({ signal }) => call<{ items: Area[] }>('GET', '/api/areas', { query: { parent }, signal }),
    staleTime: 10 * 60_000,
    enabled: parent !== '',
  })

export const areasNamed = (q: string, under: string) =>
  queryOptions({
    queryKey: ['areas', 'named', q, under],
    queryFn: ({ signal }) => call<{ items: Area[] }>('GET', '/api/areas', { query: { q, under }, signal }),
    staleTime: 60_000,
  })

const ancestors = (path: string) =>
  queryOptions({
    queryKey: ['areas', 'of', path],
    queryFn: ({ signal }) => call<{ items: Area[] }>('GET', '/api/areas', { query: { path }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: path !== '',
  })

/** The names from the district down to the area of the path. */
export function useAreaNames(path: string): string[] {
  const { data } = useQuery(ancestors(path))
  return data?.items.map((area) => area.name) ?? []
}

/** Outlines of the buildings of the compound (or community) the path lies in. */
export const buildingsNear = (path: string) =>
  queryOptions({
    queryKey: ['areas', 'buildings', path],
    queryFn: ({ signal }) => call<{ items: Building[] }>('GET', '/api/buildings', { query: { near: path }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
