import type { ItemView, MeetingView } from '../contract.ts'
import official from '../data/official.json' with { type: 'json' }
import type { Block, Paper } from './official.ts'
import type { Printing } from './minutes.ts'
import { dateWords, filled, inside, listed, numberWords } from './words.ts'

/** The notice by which a decision is supervised: to whoever leads, a copy to those who help. */

const { notice } = official

/** @param item of a meeting that was held, decided as a task; as it may be read on paper (RQ10). */
export function noticeOf(meeting: MeetingView, item: ItemView, { author, now }: Printing): Paper | null {
  const { decision } = item
  if (!decision?.lead || decision.dueAt === null || meeting.heldAt === null) return null
  const isLate = item.fate === 'late'
  const [year, number] = [meeting.year ?? 0, meeting.number ?? 0]
  const values = {
    organisation: meeting.organisation.name,
    subject: item.title,
    lead: decision.lead.name,
    date: dateWords(meeting.heldAt),
    name: meeting.joint.name,
    year,
    number,
    mark: numberWords(meeting.mark, year, number),
    code: item.paper ? filled(notice.code, { code: item.paper.code }) : '',
    due: dateWords(decision.dueAt),
    today: dateWords(now),
    names: listed(decision.assisting.map(({ name }) => name)),
  }
  const part = (title: string, text: string): Block[] => [
    { kind: 'first', text: title },
    { kind: 'text', text },
  ]
  return {
    mark: filled(notice.head, values),
    number: values.mark,
    title: filled(notice.title, values),
    to: filled(notice.to, values),
    blocks: [
      {
        kind: 'text',
        text: filled(notice.opening, values) + filled(isLate ? notice.late : notice.running, values),
      },
      ...part(notice.demand, `${inside(decision.demand)}${official.stop}`),
      ...(decision.assisting.length > 0 ? part(notice.helpers, filled(notice.helpersWords, values)) : []),
      ...part(notice.answer, filled(isLate ? notice.answerLate : notice.answerRunning, values)),
    ],
    signature: { name: meeting.organisation.name, day: dateWords(now) },
    closing: {
      copy: decision.assisting.length > 0 ? filled(official.copy, { names: values.names }) : null,
      printedBy: meeting.organisation.name,
      printedOn: filled(official.issued, { date: dateWords(now) }),
    },
    author,
  }
}
