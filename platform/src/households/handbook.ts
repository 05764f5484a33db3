import { postsFor } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import { maskName } from '#access/mask.ts'
import { fieldViews } from '#access/permissions.ts'
import type { FieldView, Role } from '#access/permissions.ts'
import { append } from '#audit/service.ts'
import { isDay, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { open } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import type { CareQuery, CareRow, RevealField } from './handbook-contract.ts'
import * as store from './handbook-store.ts'
import { careView, extentOf } from './register.ts'
import type { Reader } from './register.ts'

/** What stands in the handbook and is shown only to whoever needs it (L3, L6; boundaries 3 and 4). */

/** The care list, those first that are to be looked at anew. */
export async function careList(
  trx: Trx,
  query: CareQuery,
  scope: Scope,
  reader: Reader,
): Promise<{ items: CareRow[]; next: string | null }> {
  const found = await store.carePage(trx, extentOf(scope, query.path), {
    kind: query.kind,
    due: query.due,
    after: query.after ? readCursor(query.after, isDay) : null,
    limit: query.limit,
  })
  const { rows, next } = pageOf(found, query.limit, ({ reviewOn, id }) => ({ key: reviewOn, id }))
  const names = await reader.names(
    trx,
    rows.flatMap(({ helper }) => helper ?? []),
  )
  const places = await placeOf(trx, [...new Set(rows.map(({ path }) => path))])
  return {
    items: rows.map((line) => ({
      ...careView(line, names),
      household: line.household,
      path: line.path,
      place: places.get(line.path) ?? '',
      dwelling: { id: line.dwelling, floor: line.floor, number: line.number },
      name: reader.byName || line.relation === 'head' ? line.name : maskName(line.name),
    })),
    next,
  }
}

/** Whether one of the posts that carry the ability may see this field opened. */
function mayOpen(actor: Actor, field: RevealField): boolean {
  const views: Partial<Record<Role, FieldView>> = fieldViews[`resident.${field}`]
  return postsFor(actor, 'household.reveal').some(({ post }) => views[post.role] === 'revealable')
}

/** Opens what is kept closed of a resident. The reason goes into the ledger, where the resident can read it. */
export async function reveal(
  trx: Trx,
  resident: string,
  field: RevealField,
  { actor, keys }: { actor: Actor; keys: Keys },
): Promise<{ value: string | null; household: string }> {
  const sealed = (await store.sealedOf(trx, resident)) ?? refuse('record.not_found')
  if (!mayOpen(actor, field)) refuse('access.not_allowed')
  const { household } = sealed
  if (field === 'name') return { value: sealed.name, household }
  const bytes = sealed[field]
  const value = bytes && open(keys, bytes, `resident.${field}:${resident}`)
  return { value, household }
}

export type OfflineRead = {
  household: string
  /** When the page was opened, by the clock of the device. */
  at: string
}

/** What one message of a phone may tell at most. */
const mostReads = 500

/**
 * What was opened on a phone without a line, told once it is back: one line a household and day, so that the resident sees
 * who looked (boundary 4). Also for a household that is no longer the person's: it was when it was opened.
 */
export async function noteOfflineReads(
  trx: Trx,
  actor: Extract<Actor, { kind: 'staff' }>,
  reads: readonly OfflineRead[],
  now: Temporal.Instant,
): Promise<number> {
  const organisation = postsFor(actor, 'household.read')[0]?.post.organisation
  const days = Map.groupBy(
    reads.slice(0, mostReads),
    ({ household, at }) => `${household} ${at.slice(0, 10)}`,
  )
  for (const [key, opened] of days) {
    const [household = ''] = key.split(' ')
    const times = opened.map(({ at }) => at).toSorted()
    await append(trx, {
      actor,
      organisation,
      action: 'household.read',
      purpose: 'service',
      now,
      note: {
        subjectKind: 'household',
        subject: household,
        detail: { offline: true, times: times.length, first: times[0], last: times.at(-1) },
      },
    })
  }
  return days.size
}
