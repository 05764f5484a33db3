import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Area, Building } from '#org/contract.ts'
import { call } from '#web/api/client.ts'

type Areas = { items: Area[] }

/** Places hardly ever change while somebody looks at a page. */
const staleTime = 10 * 60_000

/** The areas directly under one. */
export const areasUnder = (parent: string) =>
  queryOptions({
    queryKey: ['areas', 'under', parent],
    queryFn: ({ signal }) => call<Areas>('GET', '/api/areas', { query: { parent }, signal }),
    staleTime,
    enabled: parent !== '',
  })

/** Areas by part of their name, within one. */
export const areasNamed = (q: string, under: string) =>
  queryOptions({
    queryKey: ['areas', 'named', q, under],
    queryFn: ({ signal }) => call<Areas>('GET', '/api/areas', { query: { q, under }, signal }),
    staleTime,
  })

/** An area and all above it, the district first. */
export const areaWithAbove = (path: string) =>
  queryOptions({
    queryKey: ['areas', 'of', path],
    queryFn: ({ signal }) => call<Areas>('GET', '/api/areas', { query: { path }, signal }),
    staleTime,
    enabled: path !== '',
  })

/** The names from the district down to the area of the path. */
export function useAreaNames(path: string): string[] {
  const { data } = useQuery(areaWithAbove(path))
  return data?.items.map((area) => area.name) ?? []
}

/** Outlines of the buildings of the compound (or community) the path lies in. */
export const buildingsNear = (path: string) =>
  queryOptions({
    queryKey: ['areas', 'buildings', path],
    queryFn: ({ signal }) => call<{ items: Building[] }>('GET', '/api/areas/buildings', { query: { path }, signal }),
    staleTime,
  })
