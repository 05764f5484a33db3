import { reportersByIds } from '#access/reporters.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { lineOf } from '#org/rules.ts'
import { placeOf } from '#org/service.ts'
import { reporterMarks } from '#search/reporters.ts'
import type { Document, Text } from '#search/lexemes.ts'
import { addText, putText, takeStale } from '#search/service.ts'
import { states } from '../lifecycle.ts'
import type { Confided } from '../confidence/store.ts'
import * as store from './store.ts'
import type { Told } from './store.ts'
import { freeText } from '../entry.ts'
import type { Standing } from '../standing.ts'
import type { Stored } from '../store.ts'

/** What a request is found by. Everything staff read of it; residents look through their own, see own-search.ts. */

/** What somebody wrote in an entry. */
export function writtenIn(entry: Told): string[] {
  const free = freeText[entry.kind] ?? []
  const values = Object.entries(entry.data).filter(([key]) => free.includes(key))
  return [entry.words, ...values.flatMap(([, value]) => value)].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  )
}

type Change = {
  id: string
  standing: Standing
  entries: readonly Told[]
  /** Organisations that come to have a hand in it. */
  parties: readonly string[]
}

/** Entries by staff that everybody reads who reaches a confidential request; the policy of request_entry names the same. */
const openInConfidence: readonly string[] = [
  'accept',
  'assign',
  'transfer',
  'return',
  'escalate',
  'supervise',
]

/** RQ10: whether an entry is read only by whoever may know the reporter. */
function isGuarded({ confidential }: Standing, { kind, by }: Told): boolean {
  const isOpen = by.kind === 'system' || (by.kind === 'staff' && openInConfidence.includes(kind))
  return confidential === true && !isOpen
}

function told({ standing, entries, parties }: Omit<Change, 'id'>) {
  const { state, category, holder } = standing
  const open = entries.filter((entry) => !isGuarded(standing, entry))
  const people = [holder?.person, ...open.map(({ by }) => by.person)].filter((id) => id !== undefined)
  return {
    // What waits is sought apart from what is over, and whether it is taken or answered the list knows.
    state: states[state].final ? state : 'open',
    category,
    parties: [...new Set(parties)],
    people: [...new Set(people)],
    texts: entries.flatMap((entry) => {
      const guarded = isGuarded(standing, entry)
      return writtenIn(entry).map((text): Text => ({ text, guarded }))
    }),
  }
}

/** Names of places as people say them, and of the communities around them. */
async function placesOf(trx: Trx, paths: readonly string[]): Promise<(path: string) => string[]> {
  const names = await placeOf(trx, paths.flatMap(namedAt))
  return (path) => namedAt(path).flatMap((one) => names.get(one) ?? [])
}

/** The paths whose names a request at this place is found by. */
export function namedAt(path: string): string[] {
  return [...new Set([path, lineOf(path)[2] ?? path])]
}

type Facts = Pick<
  Stored,
  'code' | 'path' | 'place' | 'channel' | 'title' | 'words' | 'submittedAt' | 'confided'
>

/** The document of a request that is told of by its facts and its whole story. */
export function documentOf(
  facts: Facts,
  change: Change,
  placesAt: (path: string) => readonly string[],
  reporter: readonly string[],
): Document {
  const { code, path, channel, submittedAt, confided } = facts
  const { texts, ...rest } = told(change)
  const of = (one: Confided | Facts, guarded: boolean) =>
    [one.title, one.words, one.place, ...placesAt(one.path)].map((text) => ({ text, guarded }))
  const said = [...of(facts, false), ...(confided ? of(confided, true) : []), ...texts]
  return { ...rest, request: change.id, code, path, channel, at: submittedAt, texts: said, reporter }
}

/** A request that has just been said. @param reporter what its reporter is found by; nothing in confidence (RQ10). */
export async function indexSaid(
  trx: Trx,
  request: Stored,
  change: Omit<Change, 'id'>,
  reporter: readonly string[],
): Promise<void> {
  const places = await placesOf(trx, [request.path, ...(request.confided ? [request.confided.path] : [])])
  const marks = request.confidential ? [] : reporter
  await putText(trx, [documentOf(request, { ...change, id: request.id }, places, marks)])
}

/** What was entered into requests. */
export async function indexEntered(trx: Trx, changes: readonly Change[]): Promise<void> {
  await addText(
    trx,
    changes.map((change) => ({ ...told(change), request: change.id })),
  )
}

/**
 * RQ15: reads requests into the index anew, as they stand now: what is no longer there is no longer found. The transaction
 * reads all of them, as a job or the reporter does.
 */
export async function reindex(trx: Trx, ids: readonly string[], keys: Keys): Promise<void> {
  const requests = await store.findAll(trx, ids)
  const [stories, parties, places, reporters] = [
    await store.stories(trx, ids),
    await store.partiesOf(trx, ids),
    await placesOf(
      trx,
      requests.flatMap(({ path, confided }) => [path, ...(confided ? [confided.path] : [])]),
    ),
    await reportersByIds(
      trx,
      requests.flatMap(({ reporter }) => reporter ?? []),
      keys,
    ),
  ]
  await putText(
    trx,
    requests.map((request) => {
      const { id, standing, confidential } = request
      const change = {
        id,
        standing,
        entries: stories.get(id) ?? [],
        parties: parties.get(id) ?? [],
      }
      const reporter = request.reporter ? reporters.get(request.reporter) : undefined
      const marks = confidential || !reporter ? [] : reporterMarks(keys, reporter)
      return documentOf(request, change, places, marks)
    }),
  )
}

/** Reads into the index again what waits for it. @returns how many there were, at most `limit`. */
export async function indexStale(trx: Trx, keys: Keys, limit: number): Promise<number> {
  const ids = await takeStale(trx, limit)
  if (ids.length > 0) await reindex(trx, ids, keys)
  return ids.length
}
