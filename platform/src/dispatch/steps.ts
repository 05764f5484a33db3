import { calendarOf } from '#deadlines/service.ts'
import { addLimit } from '#deadlines/rules.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { enterDue } from '#kernel/due.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Log } from '#kernel/log.ts'
import { tellAll } from '#notify/service.ts'
import { limitOf } from './rules.ts'
import * as store from './step-store.ts'

/**
 * The clock of the steps (DP8): who accepted ought to dispatch, who was given something ought to take it or send it back.
 * Late steps are told once, to whoever has to do it and to the desk that waits for them; the request's own limit runs
 * beside and is not touched (RQ4).
 */

/** Steps handled in one transaction: a message or two each. */
const atOnce = 200

/** @returns how many steps were told of. Safe to run on any number of workers at once, see `kernel/due.ts`. */
export async function ringSteps(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const common = { task: 'steps', what: 'the step of request', atOnce }
  await enterDue(database, district, { ...common, take: store.begun, enter: limit(at) }, log)
  return enterDue(
    database,
    district,
    {
      ...common,
      take: (trx, most, except) => store.late(trx, at, most, except),
      enter: async (trx, late) => {
        await tellAll(
          trx,
          late.flatMap((one) => messagesOf(one, at)),
        )
        const ids = late.map(({ id }) => id)
        await store.told(trx, ids, at)
      },
    },
    log,
  )
}

/** Works out when steps that have begun ought to be done. */
const limit =
  (at: string) =>
  async (trx: Trx, begun: readonly store.Begun[]): Promise<void> => {
    const calendar = await calendarOf(trx, at)
    const dueAt = ({ step, urgent, since }: store.Begun) =>
      addLimit(since, limitOf(step, urgent), calendar).due
    await store.limited(
      trx,
      begun.map((one) => ({ id: one.id, dueAt: dueAt(one) })),
    )
  }

/** The same step told twice is one message: its id comes from request, step and when the step began. */
function messagesOf({ id: request, code, title, step, organisation, desk, since }: store.Late, at: string) {
  const told = (to: string) => ({
    id: derivedId('dispatch_step', request, step, since, to),
    template: `dispatch.${step}`,
    params: { code, title: title || code },
    request,
    at,
    to: { organisation: to },
  })
  return [...new Set([organisation, ...(desk ? [desk] : [])])].map(told)
}
