import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Outcome } from './lists.ts'

/** SQL of who has met whom (认亲), and of what was heard at one door. Private to this folder. */

/** Of these pairs, the households that this very person has met. */
export async function metBy(
  trx: Trx,
  pairs: readonly { household: string; person: string }[],
): Promise<string[]> {
  const { rows } = await sql<{ household: string }>`
    select w.household from unnest(${sql.val(pairs.map((one) => one.household))}::uuid[],
      ${sql.val(pairs.map((one) => one.person))}::uuid[]) as w (household, person)
    where exists (select from visit v where v.district_code = app.district() and v.household_id = w.household
      and v.person_id = w.person and v.outcome = 'met')`.execute(trx)
  return rows.map(({ household }) => household)
}

export type StairsMet = { path: string; households: number; met: number; without: number }

/** Stairwell by stairwell: households that live there, those whose liaison of today has met them, those without a liaison. */
export async function metByStairs(trx: Trx, path: string, day: string): Promise<StairsMet[]> {
  const { rows } = await sql<StairsMet>`
    select h.path, count(*)::int as households, count(*) filter (where u.person_id is null)::int as without,
      count(*) filter (where exists (select from visit v where v.district_code = h.district_code and v.household_id = h.id
        and v.person_id = u.person_id and v.outcome = 'met'))::int as met
    from household h
    left join lateral (
      select d.person_id from duty d
      where d.district_code = h.district_code and d.dwelling_id = h.dwelling_id and d.valid_from <= ${day}::date
        and (d.valid_until is null or d.valid_until > ${day}::date) limit 1) u on true
    where h.district_code = app.district() and h.path >= ${path} collate "C" and h.path < (${path} || chr(1114111)) collate "C"
      and (h.moved_in is null or h.moved_in <= ${day}::date) and (h.moved_out is null or h.moved_out > ${day}::date)
      and h.merged_into_id is null
    group by h.path order by h.path`.execute(trx)
  return rows
}

export type HeardLine = {
  id: string
  onDay: string
  outcome: Outcome
  how: string | null
  words: string | null
  person: string
}

/** The latest visits to one door with what was heard there. */
export async function latestAt(trx: Trx, household: string, limit: number): Promise<HeardLine[]> {
  const { rows } = await sql<HeardLine>`
    select v.id, v.on_day::text as "onDay", v.outcome, v.how, v.words, v.person_id as person from visit v
    where v.district_code = app.district() and v.household_id = ${household}
    order by v.on_day desc, v.id desc limit ${limit}`.execute(trx)
  return rows
}
