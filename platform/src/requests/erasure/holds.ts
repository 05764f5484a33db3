import type { Call } from '#access/route.ts'
import { personNames } from '#people/service.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Hold, PlaceHold } from './contract.ts'
import { addHold, endHold, holds } from './store.ts'
import type { HoldRow } from './store.ts'
import { findByCode } from '../store.ts'

/** Statutory exceptions to erasing: set by the security administrator, who reads no request and names it by its code. */

export async function holdsNow(trx: Trx): Promise<Hold[]> {
  const rows = await holds(trx)
  const people = await personNames(
    trx,
    rows.map(({ setBy }) => setBy),
  )
  return rows.map((row) => viewOf(row, people.get(row.setBy)?.name ?? ''))
}

export async function placeHold({ trx, actor, now }: Call, input: PlaceHold): Promise<Hold> {
  if (actor.kind !== 'staff') refuse('access.not_allowed')
  const request = (await findByCode(trx, input.code)) ?? refuse('record.not_found')
  const row: HoldRow = {
    id: input.id,
    request: request.id,
    code: input.code,
    ground: input.ground,
    words: input.words,
    setBy: actor.id,
    setAt: now.toString({ smallestUnit: 'millisecond' }),
    until: input.until ? Temporal.Instant.from(input.until).toString({ smallestUnit: 'millisecond' }) : null,
  }
  if (!(await addHold(trx, row))) {
    const before = (await holds(trx)).find(({ id }) => id === input.id)
    if (before?.request !== request.id) refuse('erasure.hold_taken')
  }
  return viewOf(row, actor.name)
}

export async function liftHold({ trx, actor, now }: Call, id: string): Promise<void> {
  if (actor.kind !== 'staff') refuse('access.not_allowed')
  if (!(await endHold(trx, { id }, actor.id, now.toString({ smallestUnit: 'millisecond' }))))
    refuse('record.not_found')
}

function viewOf({ request: _, ...row }: HoldRow, setBy: string): Hold {
  return { ...row, setBy }
}
