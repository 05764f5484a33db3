import type { Call } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import { Download } from '#kernel/route.ts'
import { placeOf } from '#org/service.ts'
import { minutesOf } from './document/minutes.ts'
import { noticeOf } from './document/notice.ts'
import type { Paper } from './document/official.ts'
import { staffOf, text } from './joint.ts'
import { kept } from './kept.ts'
import { meetingView } from './view.ts'

/**
 * Minutes and notices as files (MT8). They are written anew each time, from what stands then: what was erased is not in them
 * (RQ15), and what lies in confidence is withheld whoever prints (RQ10), because paper travels.
 */

const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The library that writes .docx is large, and needed by few processes and then seldom. */
async function asFile(paper: Paper, name: string): Promise<Download> {
  const { writePaper } = await import('./document/official.ts')
  return new Download(await writePaper(paper), mediaType, `${name}.docx`)
}

export async function minutesFile(call: Call, id: string): Promise<Download> {
  const meeting = await kept(call, id)
  if (meeting.state !== 'held') refuse('meeting.not_in_this_state')
  const view = await meetingView(call, meeting, { onPaper: true })
  const place = (await placeOf(call.trx, [meeting.path])).get(meeting.path) ?? ''
  const paper = minutesOf(view, place, { author: staffOf(call).name, now: text(call.now) })
  return asFile(paper, `minutes-${view.year}-${view.number}`)
}

/** The notice by which a decision of a meeting that was held is supervised; while it is owed. */
export async function noticeFile(call: Call, id: string, item: string): Promise<Download> {
  const meeting = await kept(call, id)
  const view = await meetingView(call, meeting, { onPaper: true })
  const found = view.items.find((one) => one.id === item) ?? refuse('record.not_found')
  if (found.fate !== 'running' && found.fate !== 'late') refuse('meeting.nothing_owed')
  const paper =
    noticeOf(view, found, { author: staffOf(call).name, now: text(call.now) }) ??
    refuse('meeting.nothing_owed')
  return asFile(paper, `notice-${view.year}-${view.number}-${found.seq}`)
}
