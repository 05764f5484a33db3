import type { z } from 'zod'
import type { commandSchema } from '#requests/commands.ts'
import type {
  attachmentSchema,
  complaintSchema,
  holderSchema,
  Receipt,
  requestListSchema,
  submitSchema,
  uploadedSchema,
} from '#requests/contract.ts'
import type { RequestView } from '#requests/view-contract.ts'
import type {
  aroundSchema,
  followedSchema,
  followRequestSchema,
  saidBeforeSchema,
} from '#requests/together/contract.ts'
import type { SearchPage } from '#requests/search/contract.ts'
import { call } from './client.ts'
import { Unreachable } from './problem.ts'

/** Service requests over HTTP. Only the types of the contracts come along; zod stays on the server. */

export type Submission = z.input<typeof submitSchema>
export type Deed = z.input<typeof commandSchema>
type Complaint = z.input<typeof complaintSchema>
export type Attachment = z.infer<typeof attachmentSchema>
export type Holder = z.infer<typeof holderSchema>
export type RequestList = z.infer<typeof requestListSchema>
export type { Receipt, RequestView }
export type { EntryView, RequestSummary } from '#requests/contract.ts'

export function submitRequest(submission: Submission): Promise<Receipt> {
  return call('POST', '/api/requests', { body: submission, again: 1 })
}

export type SaidBefore = z.infer<typeof saidBeforeSchema>
export type Followed = z.infer<typeof followedSchema>

/** What was said at a place lately and is possibly the same as what is being written. */
export function saidBefore(question: z.input<typeof aroundSchema>, signal: AbortSignal): Promise<SaidBefore> {
  return call('POST', '/api/said-before', { body: question, signal })
}

/** Follows a request instead of saying the same again. */
export function followSaid(id: string, body: z.input<typeof followRequestSchema>): Promise<Followed> {
  return call('POST', `/api/requests/${id}/followers`, { body, again: 1 })
}

/** What I said, newest first: by phone code, and what this browser follows. */
export function reportedRequests(after?: string): Promise<RequestList> {
  return call('GET', '/api/requests', { query: { queue: 'reported', after } })
}

/** What I said and follow, by what stands in it. */
export function searchReported(q: string, signal?: AbortSignal): Promise<SearchPage> {
  return call('GET', '/api/requests/search', { query: { q, queue: 'reported' }, ...(signal && { signal }) })
}

export function readRequest(id: string, signal?: AbortSignal): Promise<RequestView> {
  return call('GET', `/api/requests/${id}`, signal ? { signal } : {})
}

/** Enters something into a request's story; the answer is the request as it then stands. */
export function enter(id: string, deed: Deed): Promise<RequestView> {
  return call('POST', `/api/requests/${id}/entries`, { body: deed, again: 1 })
}

/** "How this was handled is not right": a request of its own, held by the desk above. */
export function complainAbout(id: string, complaint: Complaint): Promise<Receipt> {
  return call('POST', `/api/requests/${id}/complaints`, { body: complaint, again: 1 })
}

/** Opens one request to this browser by its code and the last four digits of the phone left with it. */
export function followRequest(code: string, phoneTail: string): Promise<RequestView> {
  return call('POST', '/api/follow', { body: { code, phoneTail } })
}

/** A part that gets through in a few seconds where there is hardly any signal. */
const partBytes = 192 * 1024

type Uploaded = z.infer<typeof uploadedSchema>

type Upload = {
  /** length of a voice note */
  seconds?: number
  /** what has arrived of it before, in bytes */
  from?: number
  /** told after each part how much has arrived */
  onPart?: (received: number) => void
}

/**
 * Uploads a photo or a voice note under an id made here, part by part: what has arrived stays there, so that a broken
 * upload goes on where it stopped. The server checks the content and takes the EXIF out.
 */
export async function uploadAttachment(
  id: string,
  kind: 'photo' | 'voice',
  file: Blob,
  name: string,
  { seconds, from = 0, onPart }: Upload = {},
): Promise<Attachment> {
  let at = from
  // Twice the parts is enough for one that has to begin anew.
  for (let sends = 2 * Math.ceil(file.size / partBytes) + 2; sends > 0; sends -= 1) {
    const form = new FormData()
    form.set('id', id)
    form.set('kind', kind)
    if (seconds !== undefined) form.set('seconds', String(seconds))
    form.set('at', String(at))
    form.set('bytes', String(file.size))
    form.set('file', file.slice(at, at + partBytes), name)
    const { received, attachment }: Uploaded = await call('POST', '/api/attachments', {
      body: form,
      again: 3,
    })
    if (attachment) return attachment
    at = received
    onPart?.(at)
  }
  throw new Unreachable(new Error('upload'))
}

export function attachmentUrl(id: string): string {
  return `/api/attachments/${id}`
}
