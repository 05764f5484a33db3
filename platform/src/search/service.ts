import type { Trx } from '#kernel/db.ts'
import { anyOf, gramsOf, handMarks, lexemesOf, quoted, standingMarks } from './lexemes.ts'
import type { Document, Hands, Standing, Text } from './lexemes.ts'
import * as store from './store.ts'
import type { Found } from './store.ts'

/** What requests are found by, put there and asked for in the caller's transaction. */

export type { Found }

/** Puts requests into the index, in place of what it held of them. */
export async function putText(trx: Trx, documents: readonly Document[]): Promise<void> {
  if (documents.length > 0) await store.put(trx, documents.map(rowOf))
}

/** The row of a request as the table holds it; the demo writes the same. */
export function rowOf(document: Document): store.Row {
  const { request, at, texts } = document
  return { request, at, guarded: texts.some(({ guarded }) => guarded), lexemes: lexemesOf(document) }
}

export type Addition = { request: string; texts: readonly Text[] } & Standing & Hands

/** Adds what happened to requests that are in the index already. */
export async function addText(trx: Trx, additions: readonly Addition[]): Promise<void> {
  if (additions.length === 0) return
  await store.add(
    trx,
    additions.map(({ request, texts, ...rest }) => ({
      request,
      guarded: texts.some(({ guarded }) => guarded),
      lexemes: [...new Set([...gramsOf(texts), ...standingMarks(rest), ...handMarks(rest)])],
    })),
  )
}

/** SE7: takes requests out of the index, with everything they were found by (RQ15). */
export async function removeText(trx: Trx, requests: readonly string[]): Promise<void> {
  if (requests.length > 0) await store.remove(trx, requests)
}

/** Requests that wait to be read into the index again; whoever takes them puts them there in the same transaction. */
export async function takeStale(trx: Trx, limit: number): Promise<string[]> {
  return store.takeStale(trx, limit)
}

/** One thing that must hold: every gram, or else one of the marks. */
export type Condition = {
  grams: readonly string[]
  marks: readonly string[]
}

/** Past the newest there can be. */
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export function newest(at: string): Found {
  return { request: last, at }
}

/** SE3: ids in reach for which every condition holds, newest first, older than `before`; at most `most`. */
export async function recall(
  trx: Trx,
  conditions: readonly Condition[],
  before: Found,
  most: number,
): Promise<Found[]> {
  const must = conditions.flatMap((condition) => queriesOf(condition, (gram) => anyOf([gram, `!${gram}`])))
  const open = conditions.flatMap((condition) => queriesOf(condition, quoted))
  return must.length > 0 ? store.recall(trx, must, open, before, most) : []
}

/** As few demands in each query as possible: between queries the index leaps, inside one it steps. */
function queriesOf({ grams, marks }: Condition, one: (gram: string) => string): string[] {
  const every = (list: readonly string[]) => list.map((gram) => `(${one(gram)})`)
  if (marks.length === 0) return every(grams)
  const together = grams.length > 0 ? [`(${every(grams).join(' & ')})`] : []
  return [[...together, anyOf(marks)].join(' | ')]
}
