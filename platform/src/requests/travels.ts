import { sql } from 'kysely'
import { categoryNames } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import type { State } from './lifecycle-rule.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'

/**
 * RQ11: what travels with a request that is escalated, whistled or put on a meeting: the matter and its story, never who
 * said it, so that nobody types it again. Read when it is shown, never kept beside the request: what is erased there (RQ15)
 * is gone everywhere, and of what lies in confidence each reads as much as they may know (RQ10).
 */

export type Facts = {
  id: string
  code: string
  title: string
  words: string
  state: State
  path: string
  place: string
  category: { code: string; name: string } | null
  submittedAt: string
  dueAt: string | null
  overdue: boolean
  holder: { id: string; name: string } | null
  returns: number
  story: { kind: string; at: string; by: string | null; words: string | null }[]
}

/** How much of a story a paper holds; the case itself has all of it. */
const mostOfStory = 8

/**
 * Facts of those of the requests that the transaction reaches. Everybody reads what the row says: of a confidential request
 * that is what was written for all (RQ10), unless `confided` asks for what this reader may know.
 */
export async function factsOf(
  trx: Trx,
  ids: readonly string[],
  { language, confided, story }: { language: string; confided: boolean; story: boolean },
): Promise<Map<string, Facts>> {
  const found = [...(await store.findAll(trx, ids)).values()].map((one) => (confided ? told(one) : one))
  const stories = story ? await storiesOf(trx, ids) : []
  const organisations = await organisationNames(trx, [
    ...found.flatMap(({ standing }) => standing.holder?.organisation ?? []),
    ...stories.flatMap(({ organisation }) => organisation ?? []),
  ])
  const places = await placeOf(
    trx,
    found.map(({ path }) => path),
  )
  const categories = await categoryNames(trx, language)
  const by = Map.groupBy(stories, ({ request }) => request)
  return new Map(
    found.map((one) => {
      const { standing } = one
      const holder = standing.holder?.organisation
      const category = standing.category === null ? undefined : categories.get(standing.category)
      return [
        one.id,
        {
          id: one.id,
          code: one.code,
          title: one.title || one.code,
          words: one.words,
          state: standing.state,
          path: one.path,
          place: `${places.get(one.path) ?? ''}${one.place}`,
          category: category ? { code: category.code, name: category.name } : null,
          submittedAt: one.submittedAt,
          dueAt: standing.term?.dueAt ?? null,
          overdue: one.overdue,
          holder:
            holder === undefined ? null : { id: holder, name: organisations.get(holder)?.shortName ?? '' },
          returns: standing.returns,
          story: (by.get(one.id) ?? []).map(({ kind, at, organisation, words }) => ({
            kind,
            at,
            by: organisation === null ? null : (organisations.get(organisation)?.shortName ?? null),
            words,
          })),
        },
      ]
    }),
  )
}

const told = (request: Stored): Stored => ({ ...request, ...request.confided })

type StoryRow = {
  request: string
  kind: string
  at: string
  organisation: string | null
  words: string | null
}

/** The newest of each story that the reporter may read as well: what a desk noted for itself stays with the case. */
async function storiesOf(trx: Trx, ids: readonly string[]): Promise<StoryRow[]> {
  const { rows } = await sql<StoryRow>`
    select e.* from unnest(${sql.val(ids)}::uuid[]) as wanted (id), lateral (
      select request_id as request, kind, at, by_organisation_id as organisation, words from request_entry
      where district_code = app.district() and request_id = wanted.id and visible and kind <> 'submit'
      order by seq desc limit ${mostOfStory}) e`.execute(trx)
  return rows
}
