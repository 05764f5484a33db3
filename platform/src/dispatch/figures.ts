import { categoryNames } from '#catalogue/service.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import type { Drill, DrillQuery, Figures, FiguresQuery } from './board-contract.ts'
import * as store from './choice-store.ts'
import type { Counted, Span } from './choice-store.ts'

/**
 * How good the routing is (DP11): whether whoever was proposed at the first dispatch answered in the end, and how many were
 * sent back, once and twice. Every figure opens onto its requests (boundary 19).
 */

type Asking = { trx: Trx; now: Temporal.Instant; language: string }

const midnight = (day: Temporal.PlainDate) =>
  day.toZonedDateTime('Asia/Shanghai').toInstant().toString({ smallestUnit: 'millisecond' })

function spanOf(
  { since, until, path }: FiguresQuery,
  now: Temporal.Instant,
): Span & { days: { since: string; until: string } } {
  const last = until
    ? Temporal.PlainDate.from(until)
    : Temporal.PlainDate.from(civilDay(now)).add({ days: 1 })
  const first = since ? Temporal.PlainDate.from(since) : last.subtract({ years: 1 })
  return {
    since: midnight(first),
    until: midnight(last),
    path: path ?? null,
    days: { since: first.toString(), until: last.toString() },
  }
}

function measured({ month: _, category: __, why: ___, ...counts }: Counted) {
  const { answered, wrong, dispatched, returned_twice: twice } = counts
  return {
    ...counts,
    accuracy: answered > 0 ? (answered - wrong) / answered : null,
    secondReturns: dispatched > 0 ? twice / dispatched : null,
  }
}

const nothing: Counted = {
  month: null,
  category: null,
  why: null,
  dispatched: 0,
  proposed: 0,
  unfollowed: 0,
  answered: 0,
  wrong: 0,
  astray: 0,
  returned: 0,
  returned_twice: 0,
}

export async function figuresOf({ trx, now, language }: Asking, query: FiguresQuery): Promise<Figures> {
  const { days, ...span } = spanOf(query, now)
  const counted = await store.figures(trx, span)
  const names = await categoryNames(trx, language)
  // A request without a category is in the whole alone.
  const total = counted.filter(({ month, category, why }) => !month && !category && !why)
  return {
    ...days,
    total: measured(total.toSorted((a, b) => b.dispatched - a.dispatched)[0] ?? nothing),
    months: counted
      .flatMap((one) => (one.month ? [{ month: one.month, ...measured(one) }] : []))
      .toSorted((a, b) => (a.month < b.month ? -1 : 1)),
    categories: counted
      .flatMap((one) =>
        one.category
          ? [{ code: one.category, name: names.get(one.category)?.name ?? one.category, ...measured(one) }]
          : [],
      )
      .toSorted((a, b) => b.wrong - a.wrong || b.dispatched - a.dispatched || (a.code < b.code ? -1 : 1)),
    whys: counted
      .flatMap((one) => (one.why ? [{ why: one.why, ...measured(one) }] : []))
      .toSorted((a, b) => b.dispatched - a.dispatched),
  }
}

/** The requests behind a figure. */
export async function drill({ trx, now, language }: Asking, query: DrillQuery): Promise<Drill> {
  const { rows, next } = await store.drilled(trx, spanOf(query, now), query)
  const organisations = await organisationNames(
    trx,
    rows.flatMap(({ proposed, chosen, answeredBy }) => [
      chosen,
      ...(proposed ? [proposed] : []),
      ...(answeredBy ? [answeredBy] : []),
    ]),
  )
  const named = (id: string) => ({ id, name: organisations.get(id)?.shortName ?? '' })
  const places = await placeOf(
    trx,
    rows.map(({ path }) => path),
  )
  const names = await categoryNames(trx, language)
  return {
    items: rows.map((row) => ({
      request: row.request,
      code: row.code,
      title: row.title,
      place: places.get(row.path) ?? '',
      kind: row.category && (names.get(row.category)?.name ?? row.category),
      at: row.at,
      why: row.why,
      proposed: row.proposed === null ? null : named(row.proposed),
      chosen: named(row.chosen),
      answeredBy: row.answeredBy === null ? null : named(row.answeredBy),
      returns: row.returns,
    })),
    next,
  }
}
