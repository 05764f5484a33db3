import type { z } from 'zod'
import type { dwellingsSchema } from '#households/contract.ts'
import type { Area, areasSchema, servingSchema } from '#org/contract.ts'
import type { Card, Here } from '#people/contract.ts'
import { call } from './client.ts'

/** Places and who serves them: public names and work phones only. */

export type { Area, Card, Here }
type Areas = z.infer<typeof areasSchema>

/** The areas right below one; without a parent, the districts that live here. */
export function areasUnder(parent: string | undefined, signal?: AbortSignal): Promise<Areas> {
  return call('GET', '/api/areas', { query: { parent }, ...(signal && { signal }) })
}

/** One area and all above it, the district first. */
export function areasAbove(path: string): Promise<Areas> {
  return call('GET', '/api/areas', { query: { path } })
}

/** The area with a code, as printed at its entrance, and all above it. */
export function areaOfCode(code: string, signal?: AbortSignal): Promise<Areas> {
  return call('GET', '/api/areas', { query: { code }, ...(signal && { signal }) })
}

/** Areas with these characters in their name, at most 20. */
export function areasNamed(
  words: string,
  kind: 'community' | 'compound',
  signal?: AbortSignal,
): Promise<Areas> {
  return call('GET', '/api/areas', { query: { q: words, kind }, ...(signal && { signal }) })
}

/** Who to turn to at a place: liaison, grid worker, desk, property firm, and who answers now. */
export function whoServes(path: string, signal?: AbortSignal): Promise<Here> {
  return call('GET', '/api/here', { query: { path }, ...(signal && { signal }) })
}

/** The doors of one stairwell, from the ground up. Who lives behind them is never told. */
export function doorsOf(unit: string, signal?: AbortSignal): Promise<z.infer<typeof dwellingsSchema>> {
  return call('GET', '/api/dwellings', { query: { unit }, ...(signal && { signal }) })
}

/** Organisations that serve a place, nearest first. */
export function organisationsServing(
  path: string,
  signal?: AbortSignal,
): Promise<z.infer<typeof servingSchema>> {
  return call('GET', '/api/areas/organisations', { query: { path }, ...(signal && { signal }) })
}
