import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import * as store from './absence-store.ts'
import type { Absence } from './absence-store.ts'
import { personsById } from './store.ts'

/** Days on which somebody is away, and who stands in (VR4). No reason is asked for. */

/** Absences of a person, present and coming. @param day `YYYY-MM-DD` */
export async function absencesOf(trx: Trx, person: string, day: string): Promise<Absence[]> {
  return store.notOver(trx, person, day)
}

/** Says when somebody is away; the same id again says it anew, and an empty span takes it back. */
export async function setAbsence(trx: Trx, person: string, one: Absence): Promise<void> {
  if (one.until !== null && one.until < one.from)
    refuse('input.invalid', { field: 'until', expected: `>= ${one.from}`, params: { count: 1 } })
  const [backup] = await personsById(trx, [one.backup])
  if (!backup?.active || one.backup === person) refuse('record.invalid_reference', { field: 'backup' })
  if (!(await store.put(trx, person, one))) refuse('id_taken', { field: 'absence' })
}
