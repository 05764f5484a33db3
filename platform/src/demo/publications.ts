import { derivedId } from '#kernel/ids.ts'
import { marksIn, withoutMarks } from '#open311/redact.ts'
import { guarded } from '#open311/services.ts'
import type { Row } from './copy.ts'
import type { DemoRequest } from './demo-request.ts'
import { iso } from './simulation.ts'

/** What desks have cleared for everybody (boundary 7): two of five requests in which little had to be taken out. */

export const publicationColumns = [
  'district_code',
  'id',
  'request_id',
  'entry_id',
  'title',
  'description',
  'cleared_by',
  'cleared_for',
  'cleared_at',
] as const

/** More than so many marks, and a desk would write the words anew rather than clear them. */
const mostMarks = 1
const afterwards = 40 * 60_000

/** The publications of a request: its words, and its first answer; none for most. */
export function publicationsOf(district: string, request: DemoRequest, now: number): Row[] {
  const { title, words, standing, entries, id } = request
  const accepted = entries.find(({ kind }) => kind === 'accept')
  const isChosen = Number(request.code.slice(-2)) % 5 < 2
  const isPlain = marksIn(title).length === 0 && marksIn(words).length <= mostMarks
  if (!accepted || !isChosen || !isPlain || !standing.category || guarded.includes(standing.category))
    return []
  const { person, organisation } = accepted.by
  const rows: Row[] = []
  const add = (about: string, entry: string | null, name: string | null, text: string, since: string) => {
    const at = Date.parse(since) + afterwards
    if (!person || !organisation || at > now) return
    const description = withoutMarks(text, marksIn(text))
    rows.push([district, about, id, entry, name, description, person, organisation, iso(at)])
  }
  add(derivedId('publication', id), null, title, words, accepted.at)
  const answer = entries.find(({ kind }) => kind === 'answer')
  if (answer?.words && marksIn(answer.words).length === 0)
    add(derivedId('publication', answer.id), answer.id, null, answer.words, answer.at)
  return rows
}
