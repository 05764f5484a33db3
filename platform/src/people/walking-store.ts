import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of who can be a liaison in an area, and where they walk from. Private to this folder. */

export type LiaisonPost = { person: string; paths: string[]; organisation: string }

/** Who holds a post as a liaison under an area at a moment, each with the areas of these posts. */
export async function liaisonPosts(trx: Trx, path: string, at: string): Promise<LiaisonPost[]> {
  const { rows } = await sql<LiaisonPost>`
    select o.person_id as person, array_agg(distinct o.path) as paths, min(o.organisation_id::text) as organisation
    from post o join person p on p.district_code = o.district_code and p.id = o.person_id and p.active
    where o.district_code = app.district() and o.role = 'liaison'
      and o.path >= ${path} collate "C" and o.path < (${path} || chr(1114111)) collate "C"
      and o.valid_from <= ${at} and (o.valid_until is null or o.valid_until > ${at})
    group by o.person_id order by o.person_id`.execute(trx)
  return rows
}

export type Walker = {
  id: string
  name: string
  mostHouseholds: number | null
  anchors: { kind: 'home' | 'paired'; lon: number; lat: number }[]
  /** Compounds that the employer is paired with. */
  paired: string[]
}

/** Where persons walk from: what they said of themselves, and what their employer is paired with. */
export async function walkers(trx: Trx, ids: readonly string[]): Promise<Walker[]> {
  const { rows } = await sql<Walker>`
    with these as (
      select id, name, most_households, employer_id from person
      where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])),
    homes as (
      select person_id, jsonb_agg(jsonb_build_object('kind', kind, 'lon', lon, 'lat', lat) order by kind, id) as anchors
      from person_anchor where district_code = app.district() and person_id = any (${sql.val(ids)}::uuid[])
      group by person_id),
    pairs as (
      select organisation_id, array_agg(path order by path) as paths from organisation_pair
      where district_code = app.district() and organisation_id in (select employer_id from these)
      group by organisation_id)
    select t.id, t.name, t.most_households as "mostHouseholds", coalesce(h.anchors, '[]') as anchors,
      coalesce(p.paths, '{}') as paired
    from these t
    left join homes h on h.person_id = t.id
    left join pairs p on p.organisation_id = t.employer_id
    order by t.id`.execute(trx)
  return rows
}
