import { derivedId } from '#kernel/ids.ts'
import { entries as entryTable } from '#requests/lifecycle.ts'
import { deskAbove } from '#requests/climbing.ts'
import { apply } from '#requests/standing.ts'
import { isSilent, reviewersOf } from '#requests/telling.ts'
import type { Standing } from '#requests/standing.ts'
import type { Row } from './copy.ts'
import type { DemoRequest } from './demo-request.ts'

export const messageColumns = [
  'district_code',
  'id',
  'channel',
  'to_reporter_id',
  'to_organisation_id',
  'template',
  'params',
  'request_id',
  'state',
  'tries',
  'created_at',
  'sent_at',
  'read_at',
] as const

/** Older notices of requests that are over have been cleared away. */
const KEPT_DAYS = 10
/** What came within the last hours nobody has opened yet. */
const UNREAD_HOURS = 6

type To = { reporter: string } | { organisation: string }

/**
 * What was told about a request: all of it while it is open, so that its silence can be told from a lost message (RQ7),
 * and lately otherwise. Ids are made as the live ones are.
 */
export function* messagesAbout(district: string, request: DemoRequest, now: number): Generator<Row> {
  const open = request.standing.holder !== null
  const params = { code: request.code, title: request.title }
  let standing: Standing | null = null
  for (const [index, entry] of request.entries.entries()) {
    const before: Standing['holder'] = standing?.holder ?? null
    standing = apply(standing, entry)
    const holder = standing.holder ?? before
    const at = Date.parse(entry.at)
    if (!open && now - at > KEPT_DAYS * 86_400_000) continue
    const row = (id: string, to: To, channel: 'in_app' | 'sms'): Row => {
      const recipient = 'reporter' in to ? [to.reporter, null] : [null, to.organisation]
      const read = channel === 'in_app' && now - at > UNREAD_HOURS * 3_600_000 ? entry.at : null
      return [
        district,
        id,
        channel,
        ...recipient,
        `request.${entry.kind}`,
        params,
        request.id,
        'sent',
        channel === 'sms' ? 1 : 0,
        entry.at,
        entry.at,
        read,
      ]
    }
    if (isSilent(entry, request.entries[index + 1]?.kind === 'hand_over')) continue
    const { tells }: { tells: readonly string[] } = entryTable[entry.kind]
    if (tells.includes('holder') && holder)
      yield row(derivedId('holder', entry.id), { organisation: holder.organisation }, 'in_app')
    if (tells.includes('reporter')) {
      const id = derivedId('reporter', entry.id)
      yield row(id, { reporter: request.reporter.id }, 'in_app')
      if (request.reporter.phone) yield row(derivedId('sms', id), { reporter: request.reporter.id }, 'sms')
    }
    const higher = deskAbove(standing.level, request.desks)
    const reviewer = tells.includes('reviewer') ? reviewersOf(standing, entry, higher) : null
    if (reviewer) yield row(derivedId('reviewer', entry.id), reviewer, 'in_app')
    const above = tells.includes('above') ? higher : null
    if (above) yield row(derivedId('above', entry.id), { organisation: above.organisation }, 'in_app')
  }
}
