import { categoryNames } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import { attachmentsOf } from './files/attachments.ts'
import type { EntryKind } from './lifecycle.ts'
import type { Level, State } from './lifecycle-rule.ts'
import { findAll, story } from './store.ts'

/**
 * RQ11: what travels with a request that is escalated, whistled or put on a meeting: everything known, so that nobody types
 * it again. Read when it is shown, never kept beside the request: what is erased there (RQ15) is gone everywhere, and of
 * what lies in confidence each reads as much as they may know (RQ10).
 */

export type Facts = {
  id: string
  code: string
  title: string
  words: string
  path: string
  place: string
  confidential: boolean
  category: { code: string; name: string } | null
  urgency: 'now' | 'by_date' | 'explain' | null
  state: State
  level: Level
  holder: { organisation: string; name: string } | null
  submittedAt: string
  dueAt: string | null
  overdue: boolean
  /** How many said it (RQ13). */
  people: number
  points: string[]
  returns: number
  reopens: number
  /** Parts still open, supervisions that stand. */
  openParts: number
  supervisions: number
  /** Who had it, what was done and said, oldest first; reminders left out. */
  story: {
    id: string
    kind: EntryKind
    at: string
    organisation: string | null
    to: string | null
    words: string | null
  }[]
  attachments: { id: string; kind: 'photo' | 'voice' }[]
}

/** What is known of each of the requests that the transaction reaches, in the order asked for. */
export async function factsOf(trx: Trx, ids: readonly string[], language = 'zh-CN'): Promise<Facts[]> {
  const found = await findAll(trx, ids)
  const requests = ids.flatMap((id) => found.get(id) ?? [])
  const places = await placeOf(
    trx,
    requests.map(({ path }) => path),
  )
  const categories = await categoryNames(trx, language)
  const facts: Facts[] = []
  for (const request of requests) {
    const { standing } = request
    const links = (await story(trx, request.id)).filter(({ entry }) => entry.kind !== 'remind')
    const to = (data: object) =>
      'holder' in data ? (data.holder as { organisation: string }).organisation : null
    const names = await organisationNames(trx, [
      ...links.flatMap(({ entry }) => [entry.by.organisation, to(entry.data)].filter((one) => one != null)),
      ...(standing.holder ? [standing.holder.organisation] : []),
    ])
    const nameOf = (id: string | null | undefined) => (id ? (names.get(id)?.shortName ?? null) : null)
    facts.push({
      id: request.id,
      code: request.code,
      title: request.title,
      words: request.words,
      path: request.path,
      place: `${places.get(request.path) ?? ''}${request.place}`,
      confidential: request.confidential,
      category: (standing.category && categories.get(standing.category)) || null,
      urgency: standing.urgency,
      state: standing.state,
      level: standing.level,
      holder: standing.holder && {
        organisation: standing.holder.organisation,
        name: nameOf(standing.holder.organisation) ?? '',
      },
      submittedAt: request.submittedAt,
      dueAt: standing.term?.dueAt ?? null,
      overdue: request.overdue,
      people: standing.followers + 1,
      points: standing.points,
      returns: standing.returns,
      reopens: standing.reopens,
      openParts: standing.parts.filter(({ state }) => ['given', 'taken', 'returned'].includes(state)).length,
      supervisions: standing.supervisions.length,
      story: links.map(({ entry }) => ({
        id: entry.id,
        kind: entry.kind,
        at: entry.at,
        organisation: nameOf(entry.by.organisation),
        to: nameOf(to(entry.data)),
        words: entry.words,
      })),
      attachments: [...(await attachmentsOf(trx, request.id)).values()]
        .flat()
        .map(({ id, kind }) => ({ id, kind })),
    })
  }
  return facts
}
