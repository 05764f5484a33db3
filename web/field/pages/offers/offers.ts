import type { Book } from '../../kept/book.ts'
import { entriesOnTop } from '../../kept/overlay.ts'
import { type Of, singleOf } from '../../kept/views.ts'

/** Small wants on this phone: what the feed brought, with what was said here on top. Pure. */

export type Offer = Of<'offers'>['items'][number] & {
  /** Something about it waits in the queue. */
  pending: boolean
}

/** What is asked of one, and what one took; what was refused or given back here is gone at once. */
export function offers(book: Book): Offer[] {
  const said = entriesOnTop(book.queue)
  return (singleOf(book, 'offers')?.items ?? []).flatMap((offer): Offer[] => {
    const about = said.filter(({ entry }) => 'offer' in entry.data && entry.data.offer === offer.id)
    const last = about.at(-1)?.entry
    if (!last) return [{ ...offer, pending: false }]
    if (last.kind === 'offer.answer' && last.data.answer === 'take')
      return [{ ...offer, mine: true, until: null, pending: true }]
    return []
  })
}

export function offerById(book: Book, id: string): Offer | undefined {
  return offers(book).find((one) => one.id === id)
}
