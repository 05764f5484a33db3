import type { Actor } from '#access/actor.ts'
import { may } from '#access/actor.ts'
import { signalRights } from '#access/sessions.ts'
import type { Trx } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import { refuse } from '#kernel/problem.ts'
import type { Absence, NewAbsence } from './profile-contract.ts'
import * as store from './profile-store.ts'
import type { AbsenceLine } from './profile-store.ts'
import { personNames } from './service.ts'
import { backupOf, lockPerson } from './store.ts'

/** Who is away, and who stands in for them (VR4, PE9). Why is nobody's business. */

async function views(trx: Trx, lines: readonly AbsenceLine[], day: string): Promise<Absence[]> {
  const names = await personNames(
    trx,
    lines.flatMap(({ person, backup }) => [person, backup]),
  )
  const named = (id: string) => ({ id, name: names.get(id)?.name ?? '' })
  return lines.map(({ id, person, backup, from, until, version }) => ({
    id,
    person: named(person),
    backup: named(backup),
    from,
    until,
    now: from <= day && (until === null || until > day),
    version,
  }))
}

/** Absences of today and to come. */
export async function absences(
  trx: Trx,
  { day, person }: { day: string; person?: string | undefined },
): Promise<Absence[]> {
  return views(trx, await store.absencesFrom(trx, day, person ?? null), day)
}

/** A desk may enter anybody's, everybody else only the own. */
function checkWhose(actor: Actor, person: string): void {
  if (
    actor.kind === 'system' ||
    (actor.kind === 'staff' && (actor.id === person || may(actor, 'profile.change')))
  )
    return
  refuse('record.invalid_reference', { field: 'body.person' })
}

async function one(trx: Trx, id: string, day: string): Promise<Absence> {
  const line = (await store.absenceById(trx, id)) ?? refuse('record.not_found')
  const [found] = await views(trx, [line], day)
  return found ?? refuse('record.not_found')
}

/** PE9: from that day on the stand-in sees and does what is the absent one's; the same id twice is one absence. */
export async function addAbsence(
  trx: Trx,
  absence: NewAbsence,
  { actor, now }: { actor: Actor; now: Temporal.Instant },
): Promise<Absence> {
  checkWhose(actor, absence.person)
  const day = civilDay(now)
  const person = await lockPerson(trx, absence.person)
  if (!person?.active) refuse('record.invalid_reference', { field: 'body.person' })
  const known = await store.absenceById(trx, absence.id)
  if (known) {
    const same = known.person === absence.person && known.from === absence.from
    return same ? one(trx, absence.id, day) : refuse('id_taken', { field: 'body.id' })
  }
  if (absence.from < day) refuse('input.invalid', { field: 'body.from' })
  const backup =
    absence.backup ?? (await backupOf(trx, absence.person, now.toString({ smallestUnit: 'millisecond' })))
  if (backup === null || backup === absence.person)
    refuse('record.invalid_reference', { field: 'body.backup' })
  if (!(await lockPerson(trx, backup))?.active) refuse('record.invalid_reference', { field: 'body.backup' })
  if (await store.overlaps(trx, absence)) refuse('absence.overlaps', { field: 'body.from' })
  const { id, from, until } = absence
  await store.addAbsence(trx, { id, person: absence.person, backup, from, until })
  signalRights(trx, absence.person)
  signalRights(trx, backup)
  return one(trx, id, day)
}

/** Back earlier, or not away at all: the absence stays in the history with the days that it was (boundary 20). */
export async function endAbsence(
  trx: Trx,
  id: string,
  on: string,
  { actor, now, version }: { actor: Actor; now: Temporal.Instant; version: number },
): Promise<Absence> {
  const line = (await store.absenceById(trx, id)) ?? refuse('record.not_found')
  checkWhose(actor, line.person)
  if (line.version !== version) refuse('changed_meanwhile')
  const day = civilDay(now)
  if (line.until !== null && line.until <= day) refuse('record.already_ended')
  // What was, was: an end lies today at the earliest, or where it would begin.
  if (on < day && on < line.from) refuse('input.invalid', { field: 'body.on' })
  if (line.until !== null && on > line.until) refuse('input.invalid', { field: 'body.on' })
  await store.endAbsence(trx, id, on < day ? day : on)
  signalRights(trx, line.person)
  signalRights(trx, line.backup)
  return one(trx, id, day)
}
