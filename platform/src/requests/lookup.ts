import type { Trx } from '#kernel/db.ts'
import { find, findByCode, story } from './store.ts'

/** Which request is meant and what was said in it, for capabilities above: by id within reach, by short code beyond it. */

/** Code and place of a request within reach. */
export async function knownRequest(
  trx: Trx,
  id: string,
): Promise<{ id: string; code: string; path: string } | undefined> {
  const found = await find(trx, id)
  return found && { id, code: found.code, path: found.path }
}

/** The id behind a short code, whether within reach or not; the caller has its own right to ask. */
export async function idOfCode(trx: Trx, code: string): Promise<string | undefined> {
  return (await findByCode(trx, code))?.id
}

export type SaidWords = {
  path: string
  confidential: boolean
  category: string | null
  /** Null once who said it is erased. */
  reporter: string | null
  title: string
  words: string
  /** Newest first. */
  answers: { entry: string; words: string }[]
}

/** What the reporter said and was answered, of a request within reach. */
export async function saidIn(trx: Trx, id: string): Promise<SaidWords | undefined> {
  const request = await find(trx, id)
  if (!request) return undefined
  const { path, confidential, reporter, title, words, standing } = request
  const answers = (await story(trx, id)).flatMap(({ entry }) =>
    entry.kind === 'answer' && entry.words !== null ? [{ entry: entry.id, words: entry.words }] : [],
  )
  return {
    path,
    confidential,
    category: standing.category,
    reporter,
    title,
    words,
    answers: answers.toReversed(),
  }
}
