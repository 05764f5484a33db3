import type { Call } from '#access/route.ts'
import { calendarOf } from '#deadlines/service.ts'
import { householdPath } from '#households/service.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { awayAmong } from '#people/away-among.ts'
import { dutyHere } from '#people/on-duty.ts'
import type { Rota } from '#people/on-duty.ts'
import type { Duty } from './contract.ts'
import { dayAfter, turnsOf } from './rules.ts'
import type { Line, Swap, Turn } from './rules.ts'
import * as store from './store.ts'

/** The turns of organisations, worked out anew each time: nothing is kept that a swap or an absence would have to change. */

/** Turns that begin on the days `from` until before `until`, by organisation; four statements however many there are. */
export async function turnsIn(
  trx: Trx,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
  at: string,
): Promise<Map<string, Turn[]>> {
  if (organisations.length === 0) return new Map()
  const lines = await store.linesIn(trx, organisations, from, until)
  if (lines.length === 0) return new Map()
  const swaps = await store.swapsIn(trx, organisations, from, until)
  const away = await awayAmong(
    trx,
    [...lines, ...swaps].flatMap(({ person, backup }) => [person, ...(backup ? [backup] : [])]),
    from,
    until,
  )
  const calendar = await calendarOf(trx, at)
  return new Map(
    [...Map.groupBy(lines, ({ organisation }) => organisation)].map(([organisation, own]) => [
      organisation,
      turnsOf(
        { lines: own as readonly Line[], swaps: swaps as readonly Swap[], away },
        { from, until },
        calendar,
      ),
    ]),
  )
}

/** What people/on-duty.ts asks: number and turns of each, from yesterday's night to the day after tomorrow (PE6). */
export async function rotasAt(
  trx: Trx,
  organisations: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, Rota>> {
  const today = civilDay(now)
  const at = now.toString({ smallestUnit: 'millisecond' })
  const turns = await turnsIn(
    trx,
    organisations,
    { from: dayAfter(today, -1), until: dayAfter(today, 3) },
    at,
  )
  const numbers = new Map(
    (await store.numbersOf(trx, organisations)).map(({ organisation, phone }) => [organisation, phone]),
  )
  return new Map(
    organisations.flatMap((one) => {
      const own = (turns.get(one) ?? []).flatMap(({ who, startsAt, endsAt }) =>
        who !== null && endsAt > at ? [{ who, startsAt, endsAt }] : [],
      )
      return own.length > 0 || numbers.has(one)
        ? [[one, { phone: numbers.get(one) ?? null, turns: own }] as const]
        : []
    }),
  )
}

/** X3: who answers for a household or a place now. A household is found only by whoever may read it. */
export async function dutyFor(
  { trx, now }: Call,
  { household, place }: { household?: string | undefined; place?: string | undefined },
): Promise<Duty> {
  const path =
    household === undefined
      ? (place ?? '')
      : ((await householdPath(trx, household)) ?? refuse('record.not_found'))
  const { onDuty, above } = await dutyHere(trx, path, now, rotasAt)
  return {
    place: (await placeOf(trx, [path])).get(path) ?? '',
    at: now.toString({ smallestUnit: 'millisecond' }),
    onDuty,
    above,
  }
}
