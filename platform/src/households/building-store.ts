import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL behind the drawing of a building. Private to this folder. */

export type DoorLine = {
  dwelling: string
  path: string
  floor: number
  number: string
  /** Whether who lives there may be seen at all; out of reach a door is only its number. */
  reached: boolean
  household: string | null
  head: string | null
  relation: string | null
  members: number
  away: number
  care: number
  /** Since when nobody lives there, where that is known. */
  emptySince: string | null
  liaison: string | null
}

/** Every door under an area with who lives there on a day, as far as the transaction reaches; one statement. */
export async function doorsUnder(trx: Trx, path: string, day: string): Promise<DoorLine[]> {
  const { rows } = await sql<DoorLine>`
    select w.id as dwelling, w.path, w.floor, w.number, w.reached, h.id as household, head.name as head, head.relation,
      coalesce(m.members, 0) as members, coalesce(m.away, 0) as away, coalesce(c.care, 0) as care, gone.since as "emptySince",
      u.person_id as liaison
    from (
      select d.id, d.path, d.floor, d.number,
        (select app.reach()) = 'district' or app.within_paths(d.path) or d.id = any ((select app.own_doors())::uuid[]) as reached
      from dwelling d
      where d.district_code = app.district() and d.path >= ${path} collate "C" and d.path < (${path} || chr(1114111)) collate "C") w
    left join lateral (
      select h.id from household h
      where h.district_code = app.district() and h.dwelling_id = w.id and h.merged_into_id is null
        and (h.moved_in is null or h.moved_in <= ${day}::date) and (h.moved_out is null or h.moved_out > ${day}::date)
      order by h.moved_in desc nulls last, h.id limit 1) h on true
    left join lateral (
      select max(o.moved_out)::text as since from household o
      where h.id is null and o.district_code = app.district() and o.dwelling_id = w.id) gone on true
    left join lateral (
      select count(*)::int as members, count(*) filter (where r.away_kind is not null)::int as away from resident r
      where r.district_code = app.district() and r.household_id = h.id and r.left_on is null and r.merged_into_id is null) m on true
    left join lateral (
      select r.name, r.relation from resident r
      where r.district_code = app.district() and r.household_id = h.id and r.left_on is null and r.merged_into_id is null
      order by r.relation <> 'head', r.birth_year, r.id limit 1) head on true
    left join lateral (
      select count(*)::int as care from care c
      where c.district_code = app.district() and c.household_id = h.id and c.ended_on is null) c on true
    left join lateral (
      select u.person_id from duty u
      where u.district_code = app.district() and u.dwelling_id = w.id and u.valid_from <= ${day}::date
        and (u.valid_until is null or u.valid_until > ${day}::date) limit 1) u on true
    order by w.path, w.floor desc, char_length(w.number), w.number`.execute(trx)
  return rows
}

export type PastLine = { id: string; movedIn: string | null; movedOut: string | null; head: string | null }

/** Who lived behind the door of a household before and after it, as far as the transaction reaches. */
export async function livedAt(trx: Trx, dwelling: string): Promise<PastLine[]> {
  const { rows } = await sql<PastLine>`
    select h.id, h.moved_in as "movedIn", h.moved_out as "movedOut", head.name as head from household h
    left join lateral (
      select r.name from resident r
      where r.district_code = app.district() and r.household_id = h.id and r.merged_into_id is null
      order by r.relation <> 'head', r.birth_year, r.id limit 1) head on true
    where h.district_code = app.district() and h.dwelling_id = ${dwelling} and h.merged_into_id is null
    order by h.moved_in desc nulls last, h.id limit 12`.execute(trx)
  return rows
}
