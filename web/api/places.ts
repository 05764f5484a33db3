import { call } from './client.ts'

/** Places and who serves them: public names only. */

export type Area = {
  path: string
  code: string
  name: string
  kind: 'district' | 'subdistrict' | 'community' | 'compound' | 'building' | 'unit'
  /** whether something lies below it */
  inner?: boolean
}
export type Server = { id: string; name: string; phone: string | null; organisation: string; role: string; duty: string }
export type Here = {
  area: { path: string; name: string; kind: string; names: string[] }
  liaison: (Server & { households: number; backup: Server | null }) | null
  desk: { id: string; name: string; phone: string | null }
  duty: { person: Server; until: string; after: Server | null } | null
  people: Server[]
}

/** The areas right below one; without a parent, the communities of the district. */
export function areasUnder(parent?: string): Promise<{ items: Area[] }> {
  return call('GET', '/api/areas', { query: { parent } })
}

export function whoServes(path: string, signal?: AbortSignal): Promise<Here> {
  return call('GET', '/api/here', { query: { path }, ...(signal && { signal }) })
}
