import type { HouseholdView } from '#households/contract.ts'
import { householdsOf } from '#households/register.ts'
import type { OwnHousehold } from '#households/own.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { personNames } from '#people/service.ts'
import { atDoors } from '#visits/phone.ts'
import type { AtDoor } from '#visits/phone.ts'
import type { HouseholdItem, Item } from './items.ts'

/** Households as a phone keeps them: one document each, phones in full (docs/adr/0029); a fixed number of queries for many. */

type Reading = { keys: Keys; now: Temporal.Instant; person: string }

export async function documentsOf(
  trx: Trx,
  own: readonly OwnHousehold[],
  { keys, now, person }: Reading,
): Promise<Item[]> {
  if (own.length === 0) return []
  const reader = { keys, names: personNames, now, byName: true, fullPhones: true }
  const views = await householdsOf(
    trx,
    own.map(({ id }) => id),
    reader,
  )
  const stands = await personNames(
    trx,
    own.flatMap(({ person: via }) => (via === person ? [] : [via])),
  )
  const visits = await atDoors(
    trx,
    own.map(({ id }) => id),
    now,
  )
  const via = new Map(own.map((one) => [one.id, one.person]))
  return views.map((view) => ({
    kind: 'household',
    id: view.id,
    version: view.version,
    gone: false,
    data: documentOf(view, visits.get(view.id), stands.get(via.get(view.id) ?? '')?.name ?? null),
  }))
}

/** A household that is no longer one's own. */
export function goneItem(id: string): Item {
  return { kind: 'household', id, version: 0, gone: true, data: null }
}

function documentOf(
  view: HouseholdView,
  { visits, tasks, promises }: AtDoor = { visits: [], tasks: [], promises: [] },
  standsInFor: string | null,
): HouseholdItem {
  const { path, dwelling: door, movedIn, note, members, care, conflicts } = view
  return {
    path,
    door,
    movedIn,
    note,
    members: members.flatMap(({ id, name, relation, birthYear, phone, joinedOn, away, left }) =>
      left ? [] : [{ id, name, relation, birthYear, phone, joinedOn, away }],
    ),
    care: care.flatMap(({ id, resident, kind, basis, reviewOn, plan, helper, endedOn }) =>
      endedOn
        ? []
        : [{ id, resident, kind, basis: basis.basis, reviewOn, plan, helper: helper?.name ?? null }],
    ),
    conflicts: conflicts.map(({ id, field, openedAt, words }) => ({
      id,
      field,
      openedAt,
      words: words.map(({ entry, by, deviceAt, value, shown }) => ({
        entry,
        by: by?.name ?? null,
        at: deviceAt,
        value,
        shown,
      })),
    })),
    visits,
    tasks,
    promises,
    standsInFor,
  }
}
