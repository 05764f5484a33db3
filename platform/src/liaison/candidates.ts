import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { doorsOnDay } from '#households/planned.ts'
import { organisationNames } from '#org/service.ts'
import { liaisonPosts } from '#people/walking.ts'
import type { Candidates } from './lists-contract.ts'
import { sharesNow } from './problem.ts'
import { namesFor } from './service.ts'

/** Who could take part in a plan for an area from a day on, and who leaves households behind there. */
export async function candidates(
  trx: Trx,
  { path, day, after, limit }: { path: string; day: string; after?: string | undefined; limit: number },
): Promise<Candidates> {
  const posts = new Map((await liaisonPosts(trx, path, day)).map((post) => [post.person, post]))
  const doors = await doorsOnDay(trx, path, day)
  const has = new Map<string, number>()
  for (const { person, households } of sharesNow(doors)) has.set(person, (has.get(person) ?? 0) + households)
  const all = [...new Set([...posts.keys(), ...has.keys()])]
  const nameOf = await namesFor(trx, all)
  const rows = all
    .map((id) => ({ ...nameOf(id), households: has.get(id) ?? 0, leaves: !posts.has(id) }))
    .toSorted(
      (a, b) =>
        Number(b.leaves) - Number(a.leaves) || a.name.localeCompare(b.name, 'zh') || (a.id < b.id ? -1 : 1),
    )
  const from = after === undefined ? 0 : Number(after)
  if (!Number.isSafeInteger(from) || from < 0) refuse('input.invalid', { field: 'query.after' })
  const page = rows.slice(from, from + limit)
  const organisations = await organisationNames(
    trx,
    page.flatMap(({ id }) => posts.get(id)?.organisation ?? []),
  )
  return {
    items: page.map((row) => ({
      ...row,
      organisation: organisations.get(posts.get(row.id)?.organisation ?? '')?.shortName ?? '',
    })),
    next: from + limit < rows.length ? String(from + limit) : null,
    total: rows.length,
    households: doors.filter(({ livedIn }) => livedIn).length,
    leaving: rows.filter(({ leaves }) => leaves).map(({ id, name }) => ({ id, name })),
  }
}
