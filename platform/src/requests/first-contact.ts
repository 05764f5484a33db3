import type { Trx } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import { awayAmong } from '#people/away-among.ts'
import { organisationNames } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { RequestView } from './view-contract.ts'
import type { Standing } from './standing.ts'

/**
 * First contact (R9): whoever of those who serve hears something and records it, at a desk, at a door or on a round, stays
 * answerable until somebody takes it or it is answered. It may pass through several desks meanwhile; the one who said it
 * has one name to ask. While that person is away, their stand-in has that part too (PE9).
 */
export async function firstContactView(
  trx: Trx,
  { heardBy }: Standing,
  now: Temporal.Instant,
): Promise<RequestView['firstContact']> {
  if (!heardBy) return null
  const today = civilDay(now)
  const tomorrow = Temporal.PlainDate.from(today).add({ days: 1 }).toString()
  const [absence] = await awayAmong(trx, [heardBy.person], today, tomorrow)
  const people = await personNames(trx, [heardBy.person, ...(absence ? [absence.backup] : [])])
  const known = heardBy.organisation ? [heardBy.organisation] : []
  const [organisation] = (await organisationNames(trx, known)).values()
  const card = (id: string) => ({
    name: people.get(id)?.name ?? '',
    phone: people.get(id)?.workPhone ?? null,
  })
  return {
    ...card(heardBy.person),
    organisation: organisation?.shortName ?? '',
    standIn: absence ? card(absence.backup) : null,
  }
}
