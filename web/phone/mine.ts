import { readMe } from '#web/api/me.ts'
import { type Notices, readNotices } from '#web/api/notices.ts'
import { reportedRequests, type RequestList } from '#web/api/requests.ts'

const nothing: RequestList = { items: [], next: null, counts: { mine: 0, overdue: 0 } }

/** What I said. A browser that the server does not know yet has said nothing; that is empty, not an error. */
export async function readMine(): Promise<RequestList> {
  const me = await readMe()
  return me.kind === 'anyone' ? nothing : reportedRequests()
}

/** What I was told; null for a browser that the server does not know yet. */
export async function readMyNotices(): Promise<Notices | null> {
  const me = await readMe()
  return me.kind === 'anyone' ? null : readNotices()
}
