import type { Call } from '#access/route.ts'
import { postsFor } from '#access/actor.ts'
import { calendarOf } from '#deadlines/service.ts'
import { addLimit } from '#deadlines/rules.ts'
import { civilDay } from '#kernel/clock.ts'
import { organisationNames } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { rowsOf } from '#requests/list.ts'
import { states } from '#requests/lifecycle.ts'
import { summaries } from '#requests/view.ts'
import type { Board, BoardItem, BoardListQuery, BoardQuery, Box, Waiting } from './board-contract.ts'
import * as store from './board-store.ts'
import { boardLevels } from './lists.ts'
import type { BoardLevel } from './lists.ts'
import { limitOf } from './rules.ts'

/** The dispatch board: whose turn it is, by level and organisation, or by step within one's own (DP10). */

/** Boxes drawn in a column, and requests drawn in a box. */
const mostBoxes = 8
const mostItems = 3

const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Midnight in Shanghai: what is due before it is due today. */
function tomorrowOf(now: Temporal.Instant): string {
  const day = Temporal.PlainDate.from(civilDay(now)).add({ days: 1 })
  return day.toZonedDateTime('Asia/Shanghai').toInstant().toString({ smallestUnit: 'millisecond' })
}

const ownOf = ({ actor }: Call): string[] => [
  ...new Set(postsFor(actor, 'dispatch.board').map(({ post }) => post.organisation)),
]

/** Where an organisation stands: at the district, at a subdistrict, or below. */
function levelOf(path: string): BoardLevel {
  const depth = path.split('/').filter(Boolean).length
  return depth <= 1 ? 'district' : depth === 2 ? 'subdistrict' : 'community'
}

type Tally = Pick<Box, 'count' | 'overdue' | 'today' | 'paused'>
function tallyOf(sums: readonly store.Sum[]): Tally {
  const add = (of: (sum: store.Sum) => number) => sums.reduce((sum, one) => sum + of(one), 0)
  return {
    count: add(({ count }) => count),
    overdue: add(({ overdue }) => overdue),
    today: add(({ today }) => today),
    paused: add(({ state, count }) => (state === 'suspended' ? count : 0)),
  }
}

/** Requests as the board shows them, in the order of the ids. */
async function itemsOf(call: Call, ids: readonly string[]): Promise<BoardItem[]> {
  const { trx, now, language } = call
  const waiting = await store.stepsOf(trx, ids)
  const calendar = await calendarOf(trx, textOf(now))
  const waits = (id: string): Waiting => {
    const found = waiting.get(id)
    if (!found) return null
    const dueAt = found.dueAt ?? addLimit(found.since, limitOf(found.step, found.urgent), calendar).due
    return { step: found.step, since: found.since, dueAt, late: Date.parse(dueAt) <= now.epochMilliseconds }
  }
  const rows = await summaries(trx, await rowsOf(trx, ids, true), language)
  return rows.map((row) => ({ ...row, waiting: waits(row.id) }))
}

export async function boardFor(call: Call, query: BoardQuery): Promise<Board> {
  const { trx } = call
  const own = ownOf(call)
  const byStep = query.by === 'step'
  const usual = usualOf(call)
  const sums = await store.sums(trx, { ...query, own: byStep ? own : null }, tomorrowOf(call.now))
  const organisations = await organisationNames(
    trx,
    sums.map(({ organisation }) => organisation),
  )
  const columnOf = (sum: store.Sum) =>
    byStep ? sum.state : levelOf(organisations.get(sum.organisation)?.path ?? '')
  const keys: readonly string[] = byStep
    ? Object.keys(states).filter((state) => sums.some((sum) => sum.state === state) || usual.has(state))
    : boardLevels
  const grouped = Map.groupBy(sums, columnOf)
  const columns = keys.map((key) => {
    const inside = grouped.get(key) ?? []
    const boxes = [...Map.groupBy(inside, ({ organisation, person }) => `${organisation} ${person}`).values()]
    return { key, sums: inside, boxes: boxes.toSorted(mineFirst(own)) }
  })
  const drawn = columns.flatMap(({ key, boxes }) =>
    boxes.slice(0, mostBoxes).map(([first]) => ({
      organisation: first!.organisation,
      person: first!.person,
      state: byStep ? key : null,
    })),
  )
  const firsts = await store.firstOf(trx, drawn, { ...query, byPerson: byStep }, mostItems)
  const items = new Map(
    (
      await itemsOf(
        call,
        firsts.map(({ id }) => id),
      )
    ).map((item) => [item.id, item]),
  )
  const people = await personNames(
    trx,
    drawn.flatMap(({ person }) => person ?? []),
  )
  const boxOf = (of: readonly store.Sum[], key: string): Box => {
    const { organisation, person } = of[0]!
    const count = (state: string) => of.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0)
    return {
      organisation: { id: organisation, name: organisations.get(organisation)?.shortName ?? '' },
      person: person === null ? null : { id: person, name: people.get(person)?.name ?? '' },
      own: own.includes(organisation),
      ...tallyOf(of),
      toDispatch: count('accepted'),
      toTake: count('assigned'),
      items: firsts
        .filter(
          (one) =>
            one.organisation === organisation && one.person === person && (!byStep || one.state === key),
        )
        .flatMap(({ id }) => items.get(id) ?? []),
    }
  }
  return {
    ...tallyOf(sums),
    columns: columns.map(({ key, sums: inside, boxes }) => ({
      key,
      ...tallyOf(inside),
      boxes: boxes.slice(0, mostBoxes).map((box) => boxOf(box, key)),
      more: {
        boxes: Math.max(boxes.length - mostBoxes, 0),
        count: tallyOf(boxes.slice(mostBoxes).flat()).count,
      },
    })),
  }
}

/** Columns that are shown also while they are empty: a desk dispatches, everybody takes and works. */
const usualOf = ({ actor }: Call): ReadonlySet<string> => {
  const isDesk = postsFor(actor, 'dispatch.board').some(({ post }) => post.role.endsWith('_desk'))
  return new Set([...(isDesk ? ['accepted'] : []), 'assigned', 'in_progress'])
}

/** Mine first, then whoever has most overdue, most due today, most at all; the order never wavers between equals. */
const mineFirst = (own: readonly string[]) => (one: readonly store.Sum[], other: readonly store.Sum[]) => {
  const [a, b] = [tallyOf(one), tallyOf(other)]
  const isOwn = (box: readonly store.Sum[]) => Number(own.includes(box[0]!.organisation))
  return (
    isOwn(other) - isOwn(one) ||
    b.overdue - a.overdue ||
    b.today - a.today ||
    b.count - a.count ||
    (one[0]!.organisation < other[0]!.organisation ? -1 : 1)
  )
}

/** One page of what the board counts, by due time. */
export async function boardList(
  call: Call,
  query: BoardListQuery,
): Promise<{ items: BoardItem[]; next: string | null }> {
  const { rows, next } = await store.page(
    call.trx,
    { ...query, organisations: await organisationsIn(call, query) },
    tomorrowOf(call.now),
  )
  return {
    items: await itemsOf(
      call,
      rows.map(({ id }) => id),
    ),
    next,
  }
}

async function organisationsIn(call: Call, query: BoardListQuery): Promise<string[] | null> {
  if (query.organisation) return [query.organisation]
  if (query.own) return ownOf(call)
  if (!query.level) return null
  const holding = await store.holders(call.trx)
  const known = await organisationNames(call.trx, holding)
  return holding.filter((id) => levelOf(known.get(id)?.path ?? '') === query.level)
}
