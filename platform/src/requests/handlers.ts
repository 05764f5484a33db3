import { sql } from 'kysely'
import type { z } from 'zod'
import { leadsOf } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import { organisationsServing } from '#org/service.ts'
import { desksBeside, mayKnow } from './confidence/rules.ts'
import { deskAbove } from './climbing.ts'
import type { handlerSchema } from './contract.ts'
import { desksOver } from './service.ts'
import type { Stored } from './store.ts'

/** Who can solve a request: what the category names first, then whoever serves the place, with what each holds now. */

export type Handler = z.infer<typeof handlerSchema>

const recentDays = 90

type Load = { id: string; held: number; recent: number; recent_on_time: number }

/** What organisations hold now and answered lately in a category; one statement for all of them. */
async function loads(
  trx: Trx,
  organisations: readonly string[],
  category: string | null,
  since: string,
): Promise<Map<string, Load>> {
  const { rows } = await sql<Load>`
    select o.id,
      (select count(*)::int from service_request r
        where r.district_code = app.district() and r.holder_organisation_id = o.id and r.state <> 'answered') as held,
      recent.n as recent, recent.on_time as recent_on_time
    from unnest(${sql.val(organisations)}::uuid[]) as o (id),
    lateral (
      select count(*)::int as n, (count(*) filter (where not exists (
        select 1 from request_entry s where s.district_code = e.district_code and s.request_id = e.request_id
          and s.kind = 'supervise' and s.by_kind = 'system'
          and s.data ->> 'clock' in ('triage', 'solve', 'appeal') and s.at <= e.at)))::int as on_time
      from request_party p
      join service_request r on r.district_code = p.district_code and r.id = p.request_id and r.category_code = ${category}
      join request_entry e on e.district_code = r.district_code and e.request_id = r.id and e.kind = 'answer' and e.by_organisation_id = o.id
      where p.district_code = app.district() and p.organisation_id = o.id and p.since >= ${since}) recent`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The list says "police station" or "housing" and means the one that serves this place, by its full or short name. */
export function namedAmong(leads: readonly string[]) {
  return (one: { name: string; shortName: string }): boolean =>
    leads.some((lead) => one.name === lead || one.shortName.startsWith(lead) || one.shortName.endsWith(lead))
}

/** @returns at most twelve organisations, best fit first. */
export async function handlersFor(trx: Trx, request: Stored, now: Temporal.Instant): Promise<Handler[]> {
  const { category, level } = request.standing
  const serving = await organisationsServing(trx, request.path)
  const leads = category ? await leadsOf(trx, category, now.toString()) : []
  const isNamed = namedAmong(leads)
  const { standing, confided } = request
  const desks = await desksOver(trx, request.path)
  const above = deskAbove(level, desksBeside(desks, standing.complainedOf))?.organisation
  // Whoever may not know whom it is about learns nothing from the list either.
  const about = request.confidential && !confided ? [] : request.complainedOf
  const why = (one: { id: string; name: string; shortName: string }): Handler['why'] =>
    one.id === above ? 'level_above' : isNamed(one) ? 'named_by_category' : 'serves_this_place'
  const rank = { named_by_category: 0, serves_this_place: 1, level_above: 2 }
  const candidates = serving
    .filter(({ id }) => id !== request.standing.holder?.organisation)
    .map((one) => ({ ...one, why: why(one) }))
    .filter(({ kind, why: reason }) => kind !== 'department' || reason !== 'serves_this_place')
    .toSorted(
      (a, b) =>
        Number(about.includes(a.id)) - Number(about.includes(b.id)) ||
        rank[a.why] - rank[b.why] ||
        b.path.length - a.path.length,
    )
    .slice(0, 12)
  const known = await loads(
    trx,
    candidates.map(({ id }) => id),
    category,
    now.subtract({ hours: recentDays * 24 }).toString(),
  )
  return candidates.map(({ id, name, kind, why: reason }) => {
    const load = known.get(id)
    return {
      id,
      name,
      kind,
      held: load?.held ?? 0,
      recent: load?.recent ?? 0,
      recentOnTime: load?.recent_on_time ?? 0,
      why: reason,
      complainedOf: about.includes(id),
      mayKnow: mayKnow({ ...standing, complainedOf: about }, id, desks),
    }
  })
}
