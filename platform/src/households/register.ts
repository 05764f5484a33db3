import { maskName, maskPhone } from '#access/mask.ts'
import { civilDay } from '#kernel/clock.ts'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { open } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { conflictWords } from './conflicts.ts'
import type { Care, HouseholdRow, HouseholdsQuery, HouseholdView, Member } from './contract.ts'
import * as store from './register-store.ts'
import type { CareLine, Extent, MemberLine } from './register-store.ts'

/** Households as those see them who may (HH5): phones masked, identity numbers never, names as far as they are needed. */

/** Names of those who serve; their folder stands beside this one, and the composition root hands it in. */
export type PersonNames = (trx: Trx, ids: readonly string[]) => Promise<Map<string, { name: string }>>

export type Reader = {
  keys: Keys
  names: PersonNames
  now: Temporal.Instant
  /** The liaison of the door knows everybody there by name; a desk only the head of the household. */
  byName: boolean
  /** To call the household is the duty (docs/adr/0029); everybody else asks for a number with a reason. */
  fullPhones?: boolean
}

/** How a call reads: with the doors of its own, by name. */
export function readerOf(
  call: { scope: Scope; now: Temporal.Instant },
  deps: Pick<Reader, 'keys' | 'names'>,
): Reader {
  return { ...deps, now: call.now, byName: call.scope.duty === true }
}

function member(line: MemberLine, { keys, byName, fullPhones }: Reader): Member {
  const { id, name, relation, birthYear, phone, hasIdentity, joinedOn, version } = line
  const shown = fullPhones ? (number: string) => number : maskPhone
  return {
    id,
    name: byName || relation === 'head' ? name : maskName(name),
    relation,
    birthYear,
    phone: phone && shown(open(keys, phone, `resident.phone:${id}`)),
    hasIdentity,
    joinedOn,
    left: line.leftOn !== null && line.leftKind !== null ? { on: line.leftOn, kind: line.leftKind } : null,
    away: line.awayKind && { kind: line.awayKind, until: line.awayUntil },
    version,
  }
}

type Names = Awaited<ReturnType<PersonNames>>

const namedOf = (id: string, names: Names) => ({ id, name: names.get(id)?.name ?? '' })

export function careView(line: CareLine, names: Names): Care {
  const { id, resident, kind, reviewOn, plan, helper, endedOn, version } = line
  return {
    id,
    resident,
    kind,
    basis:
      line.basis === 'consent'
        ? { basis: 'consent', consentedAt: line.consentedAt ?? '' }
        : { basis: 'statutory', statute: line.statute ?? '' },
    reviewOn,
    plan,
    helper: helper === null ? null : namedOf(helper, names),
    endedOn,
    version,
  }
}

/** Several households with all that is known of them; a fixed number of queries however many there are. */
export async function householdsOf(
  trx: Trx,
  ids: readonly string[],
  reader: Reader,
): Promise<HouseholdView[]> {
  const day = civilDay(reader.now)
  const lines = await store.householdsById(trx, ids)
  const found = lines.map(({ id }) => id)
  const members = Map.groupBy(await store.membersOf(trx, found), ({ household }) => household)
  const care = await store.careOf(trx, found)
  const conflicts = await conflictWords(trx, await store.conflictsOf(trx, found), reader)
  const duties = await store.liaisonsOf(
    trx,
    lines.map(({ dwelling }) => dwelling),
    day,
  )
  const names = await reader.names(trx, [
    ...duties.map(({ person }) => person),
    ...care.flatMap(({ helper }) => helper ?? []),
  ])
  const places = await placeOf(trx, [...new Set(lines.map(({ path }) => path))])
  return lines.map(({ id, path, dwelling, floor, number, movedIn, movedOut, note, version }) => ({
    id,
    path,
    place: places.get(path) ?? '',
    dwelling: { id: dwelling, floor, number },
    movedIn,
    movedOut,
    note,
    members: (members.get(id) ?? []).map((line) => member(line, reader)),
    care: care.filter(({ household }) => household === id).map((line) => careView(line, names)),
    conflicts: conflicts.filter(({ household }) => household === id),
    liaisons: duties.flatMap((duty) => (duty.dwelling === dwelling ? [namedOf(duty.person, names)] : [])),
    version,
  }))
}

/** One household; whoever does not reach it is told that there is none. */
export async function householdOf(trx: Trx, id: string, reader: Reader): Promise<HouseholdView> {
  const [found] = await householdsOf(trx, [id], reader)
  return found ?? refuse('record.not_found')
}

/** What a list may show: the area asked about, or all that the transaction reaches. */
export function extentOf(scope: Scope, path: string | undefined): Extent {
  if (path === undefined) {
    const paths = scope.reach === 'district' ? [`${scope.district}/`] : scope.paths
    return { paths, duty: scope.duty === true }
  }
  return { paths: [path], duty: false }
}

/** One page of who lives where today, by stairwell and door. */
export async function households(
  trx: Trx,
  query: HouseholdsQuery,
  scope: Scope,
  reader: Reader,
): Promise<{ items: HouseholdRow[]; next: string | null }> {
  const day = civilDay(reader.now)
  const found = await store.householdPage(trx, extentOf(scope, query.path), {
    day,
    after: query.after ? doorAt(query.after) : null,
    limit: query.limit,
  })
  const rows = found.slice(0, query.limit)
  const duties = await store.liaisonsOf(
    trx,
    rows.map(({ dwelling }) => dwelling),
    day,
  )
  const names = await reader.names(
    trx,
    duties.map(({ person }) => person),
  )
  const liaisonOf = new Map(duties.map(({ dwelling, person }) => [dwelling, person]))
  const last = rows.at(-1)
  return {
    items: rows.map(({ id, path, dwelling, floor, number, head, members, away, care, version }) => {
      const liaison = liaisonOf.get(dwelling)
      return {
        id,
        path,
        dwelling: { id: dwelling, floor, number },
        head: head === null ? null : reader.byName ? head : maskName(head),
        members,
        away,
        care,
        liaison: liaison === undefined ? null : namedOf(liaison, names),
        version,
      }
    }),
    next: found.length > query.limit && last ? cursorAt(last) : null,
  }
}

/** A place in the list, as a cursor and back. */
const cursorAt = ({ path, floor, number, id }: store.DoorPosition) =>
  writeCursor({ key: `${path} ${floor} ${number}`, id })

function doorAt(cursor: string): store.DoorPosition {
  const { key, id } = readCursor(cursor, (text) => /^\S+ -?\d{1,3} \S*$/.test(text))
  const [path = '', floor, number = ''] = key.split(' ')
  return { path, floor: Number(floor), number, id }
}
