import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Move, NewAdjustment, Price, Scenario } from './contract.ts'
import * as doorStore from './door-store.ts'
import { pictureOf } from './picture.ts'
import type { Picture } from './picture.ts'
import { withEmptyDoors } from './problem.ts'
import { doorsToMove, heldIn, priceOf } from './rules.ts'
import type { PlannedDoor } from './rules.ts'
import { instantText, lockedFor, namesFor, scenario, seen, staffId } from './service.ts'
import * as store from './store.ts'

/** What hands change in a plan: the price first, then the move with a reason, and the way back (LP5). Entries are only added. */

/** A move must be one: to somebody who takes part, of as many as the giver has. */
function checkMove({ pieces, world }: Picture, move: Move): void {
  if (!world.takesPart(move.to)) refuse('record.invalid_reference', { field: 'body.to' })
  if (move.from === move.to) refuse('record.invalid_reference', { field: 'body.to' })
  const held = heldIn(pieces, move.unit, move.from, world)
  if (held === 0) refuse('record.invalid_reference', { field: 'body.from' })
  if (move.households > held)
    refuse('liaison.fewer_there', { field: 'body.households', params: { count: held } })
}

/** LP5: what a move would cost. Nothing is changed. */
export async function price(trx: Trx, id: string, move: Move): Promise<Price> {
  const { picture } = await seen(trx, id)
  checkMove(picture, move)
  const nameOf = await namesFor(trx, [move.from, move.to])
  return priceOf(picture.pieces, move, picture.world, (person) => nameOf(person).name)
}

/** Says whose doors of a stairwell are, the empty ones with them. */
async function give(
  trx: Trx,
  id: string,
  doors: readonly PlannedDoor[],
  moved: ReadonlySet<string>,
  to: string | null,
): Promise<void> {
  const whose = new Map(
    doors.filter((door) => door.livedIn).map((door) => [door.id, moved.has(door.id) ? to : door.person]),
  )
  await doorStore.giveDoors(trx, id, withEmptyDoors(doors, whose))
}

/** LP5: moves households by hand; the same id twice is one move. */
export async function adjust({ trx, actor, now }: Call, id: string, one: NewAdjustment): Promise<Scenario> {
  const row = await lockedFor(trx, id, 'adjust')
  const known = await doorStore.adjustmentById(trx, one.id)
  if (known) {
    const same = known.scenario === id && known.unit === one.unit && known.to === one.to
    return same ? scenario(trx, id, actor) : refuse('id_taken', { field: 'body.id' })
  }
  const picture = (await pictureOf(trx, row)) ?? refuse('liaison.not_in_this_state')
  checkMove(picture, one)
  const doors = await doorStore.doorsOfUnit(trx, id, one.unit)
  const moved = doorsToMove(doors, one)
  await give(trx, id, doors, new Set(moved), one.to)
  await doorStore.addAdjustment(trx, id, {
    id: one.id,
    run: row.run,
    undoes: null,
    unit: one.unit,
    from: one.from,
    to: one.to,
    dwellings: moved,
    metresMore: priceOf(picture.pieces, one, picture.world, () => '').metresMore,
    reason: one.reason,
    by: staffId(actor),
    at: instantText(now),
  })
  await store.setStanding(trx, id, { state: row.state })
  return scenario(trx, id, actor)
}

/** LP5: takes a move back, as long as those doors are still where it put them. */
export async function undo(
  { trx, actor, now }: Call,
  id: string,
  move: string,
  entry: string,
): Promise<Scenario> {
  const row = await lockedFor(trx, id, 'adjust')
  const entries = await doorStore.adjustmentsOf(trx, id)
  const undone = entries.find(({ undoes }) => undoes === move)
  if (undone) return undone.id === entry ? scenario(trx, id, actor) : refuse('record.already_ended')
  const made =
    entries.find((one) => one.id === move && one.undoes === null && one.run === row.run) ??
    refuse('record.not_found')
  if (await doorStore.adjustmentById(trx, entry)) refuse('id_taken', { field: 'body.id' })
  const doors = await doorStore.doorsOfUnit(trx, id, made.unit)
  const moved = new Set(made.dwellings)
  const elsewhere = doors.filter((door) => moved.has(door.id) && door.person !== made.to)
  if (elsewhere.length > 0 || !doors.some((door) => moved.has(door.id))) refuse('liaison.moved_on')
  await give(trx, id, doors, moved, made.from)
  await doorStore.addAdjustment(trx, id, {
    ...made,
    id: entry,
    undoes: move,
    from: made.to,
    to: made.from,
    metresMore: -made.metresMore,
    by: staffId(actor),
    at: instantText(now),
  })
  await store.setStanding(trx, id, { state: row.state })
  return scenario(trx, id, actor)
}
