import type { Call } from '#access/route.ts'
import { postsFor } from '#access/actor.ts'
import { dayOfDate, isWorked } from '#deadlines/rules.ts'
import { calendarOf } from '#deadlines/service.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Organisation } from '#org/contract.ts'
import { desksWithin, organisationNames } from '#org/service.ts'
import { people, personNames } from '#people/service.ts'
import type { Rota, RotaLine, RotaTurn, Tonight } from './contract.ts'
import { turnsIn } from './on-duty.ts'
import { clockOf, dayAfter, holesOf, mondayOf } from './rules.ts'
import type { Span, Turn } from './rules.ts'
import * as store from './store.ts'
import type { StoredLine } from './store.ts'

/** The rota as it is read: a week of one organisation, and tonight at all desks of an area. */

const mostListed = 60
const mostDesks = 400
const mostPeople = 100

type Names = Map<string, { name: string; workPhone: string | null }>

const named = (names: Names, id: string) => ({ id, name: names.get(id)?.name ?? '' })

function turnView(turn: Turn, names: Names): RotaTurn {
  const { line, name, startsAt, endsAt, person, backup, swapped, who, standsInFor } = turn
  return {
    line,
    name,
    startsAt,
    endsAt,
    person: named(names, person),
    backup: backup === null ? null : named(names, backup),
    swapped,
    who: who === null ? null : { ...named(names, who), phone: names.get(who)?.workPhone ?? null },
    standsInFor: standsInFor === null ? null : named(names, standsInFor),
  }
}

function lineView(line: StoredLine, names: Names): RotaLine {
  const { id, name, weekdays, days, fromMinute, minutes, validFrom, validUntil, instead, version } = line
  return {
    id,
    name,
    weekdays: [...weekdays],
    days,
    from: clockOf(fromMinute),
    until: clockOf(fromMinute + minutes),
    person: named(names, line.person),
    backup: line.backup === null ? null : named(names, line.backup),
    validFrom,
    validUntil,
    instead,
    version,
  }
}

const peopleOf = (turns: readonly Turn[]) =>
  turns.flatMap(({ person, backup, who }) => [person, backup, who].filter((one) => one !== null))

const organisationView = ({ id, shortName, path, deskLevel }: Organisation) => ({
  id,
  name: shortName,
  path,
  level: deskLevel,
})

/** Whether the scope reaches the organisation: by its area, or because it is one's own. */
export function reaches(scope: Scope, { id, path }: Pick<Organisation, 'id' | 'path'>): boolean {
  return (
    scope.reach === 'district' ||
    scope.organisations.includes(id) ||
    scope.paths.some((area) => path.startsWith(area))
  )
}

/** Weeks far from now are not asked about; the calendar ends somewhere. */
function checkWeek(day: string, today: string): void {
  if (day < dayAfter(today, -800) || day > dayAfter(today, 800))
    refuse('input.invalid', {
      field: 'query.week',
      expected: `${dayAfter(today, -800)}/${dayAfter(today, 800)}`,
      params: { count: 1 },
    })
}

/** RT7: a week of an organisation, with its holes where it is a desk. `mayChange` repeats what `rota.change` grants. */
export async function rotaOf(
  { trx, now, actor }: Pick<Call, 'trx' | 'now' | 'actor'>,
  { organisation: id, week }: { organisation: string; week?: string | undefined },
): Promise<Rota> {
  const today = civilDay(now)
  checkWeek(week ?? today, today)
  const organisation = (await organisationNames(trx, [id])).get(id) ?? refuse('record.not_found')
  const at = now.toString({ smallestUnit: 'millisecond' })
  const from = mondayOf(week ?? today)
  const days = { from, until: dayAfter(from, 7) }
  // The night before Monday reaches into it.
  const turns = (await turnsIn(trx, [id], { from: dayAfter(from, -1), until: days.until }, at)).get(id) ?? []
  const lines = await store.linesIn(trx, [id], from, null)
  const [number] = await store.numbersOf(trx, [id])
  const calendar = await calendarOf(trx, at)
  const holes = organisation.deskLevel === null ? [] : holesOf(turns, days, calendar)
  const serving = await people(trx, { organisation: id, limit: mostPeople }, now)
  const names = await personNames(trx, [
    ...peopleOf(turns),
    ...lines.flatMap(({ person, backup }) => [person, ...(backup ? [backup] : [])]),
  ])
  const mayChange = postsFor(actor, 'rota.change').some(({ post, reach }) =>
    reach === 'party'
      ? post.organisation === id
      : organisation.path.startsWith(post.path) || post.organisation === id,
  )
  return {
    organisation: organisationView(organisation),
    phone: number?.phone ?? null,
    version: number?.version ?? 0,
    mayChange,
    lines: lines.map((line) => lineView(line, names)),
    days: Array.from({ length: 7 }, (_, index) => {
      const on = dayAfter(from, index)
      return {
        on,
        working: isWorked(calendar, dayOfDate(on)),
        presumed: calendar.presumed.has(Number(on.slice(0, 4))),
        turns: turns.filter((turn) => turn.on === on).map((turn) => turnView(turn, names)),
        holes: holes.filter((hole) => civilDay(Temporal.Instant.from(hole.from)) === on),
      }
    }),
    people: mayChange ? serving.items.map(({ id: person, name }) => ({ id: person, name })) : [],
  }
}

/** RT8: tonight at every desk of the areas and organisations that the reader reaches, those with holes first. */
export async function tonight({ trx, now, scope }: Pick<Call, 'trx' | 'now' | 'scope'>): Promise<Tonight> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const today = civilDay(now)
  const desks = await desksUnder(trx, scope)
  const ids = desks.map(({ id }) => id)
  const turns = await turnsIn(trx, ids, { from: dayAfter(today, -1), until: dayAfter(today, 2) }, at)
  const numbers = new Map(
    (await store.numbersOf(trx, ids)).map(({ organisation, phone }) => [organisation, phone]),
  )
  const calendar = await calendarOf(trx, at)
  const days = { from: today, until: dayAfter(today, 2) }
  const noon = `${dayAfter(today)}T04:00:00.000Z`
  const rows = desks.map((desk) => {
    const own = turns.get(desk.id) ?? []
    return {
      desk,
      turns: own.filter(({ startsAt, endsAt }) => endsAt > at && startsAt < noon),
      holes: clipped(holesOf(own, days, calendar), { from: at, until: noon }),
    }
  })
  const shown = rows
    .toSorted((a, b) => b.holes.length - a.holes.length || (a.desk.path < b.desk.path ? -1 : 1))
    .slice(0, mostListed)
  const names = await personNames(
    trx,
    shown.flatMap((row) => peopleOf(row.turns)),
  )
  return {
    at,
    items: shown.map(({ desk, turns: own, holes }) => ({
      organisation: organisationView(desk),
      phone: numbers.get(desk.id) ?? desk.phone,
      turns: own.map((turn) => turnView(turn, names)),
      holes,
    })),
    more: rows.length > shown.length,
  }
}

async function desksUnder(trx: Trx, scope: Scope): Promise<Organisation[]> {
  const own = [...(await organisationNames(trx, scope.organisations)).values()]
  const under = await desksWithin(trx, scope.paths, mostDesks)
  return [
    ...new Map(
      [...own.filter(({ deskLevel }) => deskLevel !== null), ...under].map((one) => [one.id, one]),
    ).values(),
  ]
}

function clipped(spans: readonly Span[], { from, until }: Span): Span[] {
  return spans.flatMap((span) => {
    const one = { from: span.from > from ? span.from : from, until: span.until < until ? span.until : until }
    return one.from < one.until ? [one] : []
  })
}
