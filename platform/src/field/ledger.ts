import { postsFor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { permissions } from '#access/permissions.ts'
import { appendAll } from '#audit/service.ts'

/** Lines in the ledger that are about one household each, beside the line of the call itself (FD11, boundary 4). */

type Line = { household: string; path: string | null; detail: Record<string, unknown> }

async function tell(call: Call, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  const action = 'field.sync'
  await appendAll(call.trx, {
    actor: call.actor,
    organisation: postsFor(call.actor, action)[0]?.post.organisation,
    action,
    purpose: permissions[action].purpose,
    now: call.now,
    notes: lines.map(({ household, path, detail }) => ({
      subjectKind: 'household',
      subject: household,
      ...(path !== null && { path }),
      detail,
    })),
  })
}

/** Households were put onto a phone. */
export async function tellDelivered(
  call: Call,
  device: string,
  households: readonly { id: string; path: string }[],
): Promise<void> {
  await tell(
    call,
    households.map(({ id, path }) => ({ household: id, path, detail: { step: 'delivered', device } })),
  )
}

/** Households were opened while the phone was offline; `at` by the server's clock. */
export async function tellRead(
  call: Call,
  reads: readonly { household: string; path: string; at: string }[],
): Promise<void> {
  await tell(
    call,
    reads.map(({ household, path, at }) => ({ household, path, detail: { step: 'read_offline', at } })),
  )
}

/** Something was entered about households. */
export async function tellEntered(
  call: Call,
  entries: readonly { household: string; path: string | null; kind: string; fate: string; entry: string }[],
): Promise<void> {
  await tell(
    call,
    entries.map(({ household, path, kind, fate, entry }) => ({
      household,
      path,
      detail: { step: 'entered', kind, fate, entry },
    })),
  )
}
