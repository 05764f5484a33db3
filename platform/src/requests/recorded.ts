import type { Call } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Submit } from './contract.ts'
import { enter } from './service.ts'
import { submit } from './submission.ts'
import { find } from './store.ts'
import type { Stored } from './store.ts'

/**
 * A problem that nobody reported, seen by somebody who serves: a whistle or a meeting takes it up as a request, in the same
 * step, so that it has a code, a holder and a due time like every other (RQ1). Submitted and accepted by whoever records it.
 */
export async function submitRecorded(
  call: Call,
  said: Submit & { category: string; urgency: 'now' | 'by_date' | 'explain'; points?: string[] | undefined },
  keys: Keys,
): Promise<Stored> {
  const { urgency, points = [], ...input } = said
  await submit(call, input, { keys })
  const command = {
    id: derivedId('recorded', input.id),
    kind: 'accept',
    category: input.category,
    urgency,
    points,
  } as const
  await enter(call, input.id, command)
  return (await find(call.trx, input.id)) ?? refuse('request.not_found')
}
