import { sql } from 'kysely'
import type { Role } from '#access/permissions.ts'
import type { Trx } from '#kernel/db.ts'

/** SQL of person, post, person_skill, person_anchor and absence, as far as finding help goes. Private to this folder. */

export type HelperLine = {
  id: string
  name: string
  availability: string[]
  roles: Role[]
  paths: string[]
  skills: string[]
  from: { lon: number; lat: number }[]
  away: boolean
}

/** Everybody with one of these posts under an area, with what they said of themselves; one statement. */
export async function helpersWithin(
  trx: Trx,
  path: string,
  roles: readonly Role[],
  { at, day }: { at: string; day: string },
): Promise<HelperLine[]> {
  const { rows } = await sql<HelperLine>`
    with held as (
      select person_id, array_agg(distinct role) as roles, array_agg(distinct path) as paths from post
      where district_code = app.district() and path >= ${path} and path < (${path}::text || chr(1114111)) collate "C"
        and role = any (${sql.val(roles)}::text[]) and valid_from <= ${at} and (valid_until is null or valid_until > ${at})
      group by person_id)
    select p.id, p.name, p.availability, h.roles, h.paths,
      coalesce((select array_agg(s.skill order by s.skill) from person_skill s
        where s.district_code = p.district_code and s.person_id = p.id), '{}') as skills,
      coalesce((select jsonb_agg(jsonb_build_object('lon', a.lon, 'lat', a.lat) order by a.id) from person_anchor a
        where a.district_code = p.district_code and a.person_id = p.id), '[]') as "from",
      exists (select from absence b where b.district_code = p.district_code and b.person_id = p.id
        and b.from_on <= ${day}::date and (b.until_on is null or b.until_on > ${day}::date)) as away
    from held h
    join person p on p.district_code = app.district() and p.id = h.person_id and p.active
    order by p.id`.execute(trx)
  return rows
}
