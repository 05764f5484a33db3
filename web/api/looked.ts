import type { z } from 'zod'
import type { lookedSchema } from '#audit/contract.ts'
import { call } from './client.ts'

/** Who looked at my data, newest first; `after` is the `next` of the page before. */
export function looksAtMe(after?: string): Promise<z.infer<typeof lookedSchema>> {
  return call('GET', '/api/looked', { query: { after } })
}
