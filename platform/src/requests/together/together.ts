import type { Trx } from '#kernel/db.ts'
import type { EntryView } from '../contract.ts'
import type { RequestView } from '../view-contract.ts'
import type { Entry } from '../entry.ts'
import { findAll } from '../store.ts'
import type { Stored } from '../store.ts'

/** The other request that an entry names. */
function otherIn({ data }: Pick<Entry | EntryView, 'data'>): string | undefined {
  const { into, from } = data as { into?: string; from?: string }
  return into ?? from
}

/**
 * RQ13: what a request was merged into, or what was merged into it, as far as the viewer reaches those; and the codes of
 * all that its story names.
 */
export async function togetherWith(
  trx: Trx,
  { standing }: Pick<Stored, 'standing'>,
  story: readonly Entry[],
): Promise<Pick<RequestView, 'merged' | 'absorbed'> & { codes: Map<string, string> }> {
  const { merged, absorbed } = standing
  const others = await findAll(trx, [...new Set(story.flatMap((entry) => otherIn(entry) ?? []))])
  const named = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const other = others.get(id)
      return other ? [{ id, code: other.code, title: other.title }] : []
    })
  return {
    merged: named(merged ? [merged.into] : [])[0] ?? null,
    absorbed: named(absorbed),
    codes: new Map([...others].map(([id, { code }]) => [id, code])),
  }
}

/** An entry that names another request, with that one's code. */
export function withCode(view: EntryView, codes: ReadonlyMap<string, string>): EntryView {
  const other = otherIn(view)
  const code = other && codes.get(other)
  return code ? { ...view, names: { ...view.names, [other]: code } } : view
}
