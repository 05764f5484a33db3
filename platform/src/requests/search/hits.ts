import type { Trx } from '#kernel/db.ts'
import { excerptOf, holds, rangesOf } from '#search/highlight.ts'
import type { Term } from '#search/terms.ts'
import type { RequestSummary } from '../contract.ts'
import type { Hit } from './contract.ts'
import { stories } from './store.ts'
import type { Told } from './store.ts'
import { writtenIn } from './searchable.ts'
import type { Stored } from '../store.ts'
import { told } from '../view.ts'

/** SE6: why a request was found, for whoever reads the list. */

type Asked = { terms: readonly Term[]; code: string | null; people: readonly string[]; isStaff: boolean }

/** The hit of each row of a page, in its order. Stories are read only of those that do not say it themselves. */
export async function hitsOf(
  trx: Trx,
  rows: readonly Stored[],
  items: readonly RequestSummary[],
  asked: Asked,
): Promise<Hit[]> {
  const { terms, code } = asked
  const saysIt = (row: Stored, { title, place }: RequestSummary) =>
    code !== null || terms.every((term) => [title, place, told(row).words].some((text) => holds(text, term)))
  const silent = rows.filter((row, index) => !saysIt(row, items[index]!)).map(({ id }) => id)
  const said = await stories(trx, silent)
  return rows.map((row, index) => {
    const story = (said.get(row.id) ?? []).filter(({ visible }) => visible || asked.isStaff)
    return hitOf(told(row), items[index]!, story, asked)
  })
}

function hitOf(
  row: Stored,
  { title, place }: RequestSummary,
  story: readonly Told[],
  { terms, code, people }: Asked,
): Hit {
  const texts = code === null ? terms : []
  const elsewhere = terms.filter((term) => ![title, place, row.words].some((text) => holds(text, term)))
  const entries = story.flatMap(writtenIn)
  const isPerson =
    row.standing.holder?.person !== undefined && people.includes(row.standing.holder.person)
      ? true
      : story.some(({ by }) => by.person !== undefined && people.includes(by.person))
  /** By what a term was found that no text tells of. */
  const unsaid = (term: Term): 'code' | 'person' | 'reporter' =>
    row.code.endsWith(term.text.toUpperCase()) ? 'code' : isPerson ? 'person' : 'reporter'
  const by = new Set<Hit['by'][number]>(
    code === null
      ? terms.map((term) =>
          !elsewhere.includes(term) || entries.some((text) => holds(text, term)) ? 'text' : unsaid(term),
        )
      : ['code'],
  )
  const own = excerptOf(row.words, texts)
  const later = own.found
    ? undefined
    : entries.map((text) => excerptOf(text, elsewhere)).findLast(({ found }) => found)
  const { found: _, ...excerpt } = later ?? own
  return {
    title: rangesOf(title, texts),
    place: rangesOf(place, texts),
    excerpt: { of: later ? 'entry' : 'words', ...excerpt },
    by: [...by],
  }
}
