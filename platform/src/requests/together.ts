import type { Trx } from '#kernel/db.ts'
import type { RequestView } from './contract.ts'
import { findAll } from './store.ts'
import type { Stored } from './store.ts'

/** RQ13: what a request was merged into, or what was merged into it, as far as the viewer reaches those. */
export async function togetherWith(
  trx: Trx,
  { standing }: Pick<Stored, 'standing'>,
): Promise<Pick<RequestView, 'merged' | 'absorbed'>> {
  const { merged, absorbed } = standing
  const others = await findAll(trx, [...(merged ? [merged.into] : []), ...absorbed])
  const named = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const other = others.get(id)
      return other ? [{ id, code: other.code, title: other.title }] : []
    })
  return { merged: named(merged ? [merged.into] : [])[0] ?? null, absorbed: named(absorbed) }
}
