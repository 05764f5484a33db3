import type { Call } from '#access/route.ts'
import { calendarOf } from '#deadlines/service.ts'
import { civilDay } from '#kernel/clock.ts'
import { oneAtATime } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import type { Organisation } from '#org/contract.ts'
import { organisationNames } from '#org/service.ts'
import { personNames, servesIn } from '#people/service.ts'
import type { NewLine, NewSwap, Rota } from './contract.ts'
import { linesOn, minutesBetween } from './rules.ts'
import type { Swap } from './rules.ts'
import * as store from './store.ts'
import type { StoredLine } from './store.ts'
import { reaches, rotaOf } from './week.ts'

/** Changes of a rota: its number, its lines, turns given to somebody else. Whoever may is told by the scope (`rota.change`). */

const instantText = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

function byOf({ actor, now }: Call) {
  if (actor.kind !== 'staff') throw new Error('only those who serve change a rota')
  return { person: actor.id, at: instantText(now) }
}

async function organisationOf({ trx, scope }: Call, id: string, unknown: () => never): Promise<Organisation> {
  const found = (await organisationNames(trx, [id])).get(id)
  return found?.active && reaches(scope, found) ? found : unknown()
}

/** RT9: the number that is answered whoever is on duty. */
export async function setNumber(
  call: Call,
  id: string,
  phone: string | null,
  version: number,
): Promise<Rota> {
  const { path } = await organisationOf(call, id, () => refuse('record.not_found'))
  const done = await store.setNumber(call.trx, { organisation: id, path, phone }, version, byOf(call))
  return done ? rotaOf(call, { organisation: id }) : refuse('changed_meanwhile')
}

/** A and B serve there now. */
async function checkPeople(
  trx: Trx,
  organisation: string,
  people: { person: string; backup?: string | null },
  at: string,
): Promise<void> {
  for (const field of ['person', 'backup'] as const) {
    const one = people[field]
    if (one && !(await servesIn(trx, one, organisation, at)))
      refuse('record.invalid_reference', { field: `body.${field}` })
  }
}

/** RT1: a line from a day on, today at the earliest. The same id twice is one line. */
export async function addLine(call: Call, line: NewLine): Promise<Rota> {
  const { trx, now } = call
  const at = instantText(now)
  const { path } = await organisationOf(call, line.organisation, () =>
    refuse('record.invalid_reference', { field: 'body.organisation' }),
  )
  await oneAtATime(trx, line.id)
  const known = await store.lineById(trx, line.id)
  if (known) {
    const same =
      known.organisation === line.organisation &&
      known.person === line.person &&
      known.validFrom === line.validFrom &&
      known.name === line.name
    return same ? weekOf(call, known) : refuse('id_taken', { field: 'body.id' })
  }
  checkDay(line.validFrom, civilDay(now), 'body.validFrom')
  await checkPeople(trx, line.organisation, line, at)
  const { from, until, weekdays, ...rest } = line
  const stored = {
    ...rest,
    path,
    ...minutesBetween(from, until),
    weekdays: [...new Set(weekdays)].toSorted((a, b) => a - b),
  }
  if (!(await store.addLine(trx, stored, byOf(call)))) refuse('id_taken', { field: 'body.id' })
  return weekOf(call, stored)
}

const weekOf = (call: Call, { organisation, validFrom }: Pick<StoredLine, 'organisation' | 'validFrom'>) => {
  const today = civilDay(call.now)
  return rotaOf(call, { organisation, week: validFrom > today ? validFrom : today })
}

/** The last day that a rota may be made for: as far as anybody plans, and within every calendar. */
const mostDaysAhead = 400

function checkDay(day: string, today: string, field: string): void {
  const last = Temporal.PlainDate.from(today).add({ days: mostDaysAhead }).toString()
  if (day < today || day > last)
    refuse('input.invalid', { field, expected: `${today}/${last}`, params: { count: 1 } })
}

async function lineOf(call: Call, id: string, unknown: () => never): Promise<StoredLine> {
  const line = await store.lineById(call.trx, id)
  return line && reaches(call.scope, { id: line.organisation, path: line.path }) ? line : unknown()
}

/** RT4: what was, was: a line ends today at the earliest. */
export async function endLine(call: Call, id: string, on: string, version: number): Promise<Rota> {
  const today = civilDay(call.now)
  const line = await lineOf(call, id, () => refuse('record.not_found'))
  if (line.version !== version) refuse('changed_meanwhile')
  if (line.validUntil !== null && line.validUntil <= today) refuse('record.already_ended')
  if (on < today || (line.validUntil !== null && on > line.validUntil))
    refuse('input.invalid', { field: 'body.on', expected: `>= ${today}`, params: { count: 1 } })
  if (!(await store.endLine(call.trx, id, on, version))) refuse('changed_meanwhile')
  return rotaOf(call, { organisation: line.organisation })
}

/** The line of a turn, and who has that turn now; refuses a day on which it has none. */
async function turnOf(call: Call, line: StoredLine, on: string, field: string): Promise<Swap> {
  const { trx } = call
  checkDay(on, civilDay(call.now), field)
  const lines = await store.linesIn(trx, [line.organisation], on, null)
  const calendar = await calendarOf(trx, instantText(call.now))
  if (!linesOn(lines, on, calendar).some(({ id }) => id === line.id)) refuse('rota.no_turn', { field })
  const { person, backup } =
    (
      await store.swapsIn(
        trx,
        [line.organisation],
        on,
        Temporal.PlainDate.from(on).add({ days: 1 }).toString(),
      )
    ).findLast((one) => one.line === line.id) ?? line
  return { line: line.id, on, person, backup }
}

/** Whoever gives a turn to its own B changes places with them. */
const givenTo = (turn: Swap, person: string): Swap => ({
  ...turn,
  person,
  backup: turn.backup === person ? turn.person : turn.backup,
})

/**
 * RT4: one turn is given to somebody else, or two are exchanged; in one transaction, and both are told. The same id twice is
 * one swap.
 */
export async function swap(call: Call, input: NewSwap): Promise<Rota> {
  const { trx, now } = call
  const line = await lineOf(call, input.line, () =>
    refuse('record.invalid_reference', { field: 'body.line' }),
  )
  const week = { organisation: line.organisation, week: input.on }
  await oneAtATime(trx, input.id)
  const known = await store.swapById(trx, input.id)
  if (known) {
    const same = known.line === input.line && known.on === input.on
    return same ? rotaOf(call, week) : refuse('id_taken', { field: 'body.id' })
  }
  const turn = await turnOf(call, line, input.on, 'body.on')
  const swaps: { id: string; swap: Swap; of: StoredLine }[] = []
  if (input.with) {
    const other = await lineOf(call, input.with.line, () =>
      refuse('record.invalid_reference', { field: 'body.with.line' }),
    )
    if (other.organisation !== line.organisation)
      refuse('record.invalid_reference', { field: 'body.with.line' })
    const their = await turnOf(call, other, input.with.on, 'body.with.on')
    if (their.person === turn.person) refuse('record.invalid_reference', { field: 'body.with.line' })
    swaps.push(
      { id: input.id, swap: givenTo(turn, their.person), of: line },
      { id: derivedId('rota_swap', input.id), swap: givenTo(their, turn.person), of: other },
    )
  } else {
    const person = input.person ?? ''
    if (person === turn.person) refuse('record.invalid_reference', { field: 'body.person' })
    await checkPeople(trx, line.organisation, { person }, instantText(now))
    swaps.push({ id: input.id, swap: givenTo(turn, person), of: line })
  }
  const { organisation, path } = line
  const rows = swaps.map((one) => ({ ...one.swap, id: one.id, organisation, path }))
  if ((await store.addSwaps(trx, rows, byOf(call))) !== rows.length) refuse('id_taken', { field: 'body.id' })
  await tellBoth(call, turn.person, swaps)
  return rotaOf(call, week)
}

/** Whoever takes a turn and whoever gave the first of them reads it in the app. */
async function tellBoth(
  { trx, now }: Call,
  gave: string,
  swaps: readonly { id: string; swap: Swap; of: StoredLine }[],
): Promise<void> {
  const names = await personNames(
    trx,
    swaps.map((one) => one.swap.person),
  )
  await tellAll(
    trx,
    swaps.flatMap((one) =>
      [...new Set([one.swap.person, gave])].map((person) => ({
        id: derivedId('rota_swap', one.id, person),
        to: { person },
        template: 'rota.swap',
        params: {
          day: one.swap.on,
          turn: one.of.name,
          name: names.get(one.swap.person)?.name ?? '',
        },
        at: instantText(now),
      })),
    ),
  )
}
