import { calendarOf } from '#deadlines/service.ts'
import { addLimit } from '#deadlines/rules.ts'
import type { Database } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { tellAll } from '#notify/service.ts'
import { limitOf } from './rules.ts'
import * as store from './step-store.ts'

/**
 * The clock of the steps (DP8): who accepted ought to dispatch, who was given something ought to take it or send it back.
 * Late steps are told once, to whoever has to do it and to the desk that waits for them; the request's own limit runs
 * beside and is not touched (RQ4).
 */

/** Steps handled in one transaction: small, so that a crash repeats little and locks nobody out for long. */
const batch = 200

/** @returns how many steps were told of. Safe to run on any number of workers at once. */
export async function ringSteps(
  database: Database,
  district: string,
  now: Temporal.Instant,
): Promise<number> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  for (let many = batch; many === batch;) {
    many = await database.within(scope, async (trx) => {
      const begun = await store.begun(trx, batch)
      if (begun.length === 0) return 0
      const calendar = await calendarOf(trx, at)
      await store.limited(
        trx,
        begun.map(({ request, step, urgent, since }) => ({
          request,
          dueAt: addLimit(since, limitOf(step, urgent), calendar).due,
        })),
      )
      return begun.length
    })
  }
  let made = 0
  for (let many = batch; many === batch;) {
    many = await database.within(scope, async (trx) => {
      const late = await store.late(trx, at, batch)
      if (late.length === 0) return 0
      await tellAll(
        trx,
        late.flatMap((one) => messagesOf(one, at)),
      )
      await store.told(
        trx,
        late.map(({ request }) => request),
        at,
      )
      return late.length
    })
    made += many
  }
  return made
}

/** The same step told twice is one message: its id comes from request, step and when the step began. */
function messagesOf({ request, code, title, step, organisation, desk, since }: store.Late, at: string) {
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
