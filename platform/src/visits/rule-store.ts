import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { Rule, RuleFields } from './rule-contract.ts'

/** SQL of visit_rule and visit_rule_household. Private to this folder. */

export type StoredRule = Omit<Rule, 'setBy'> & { setBy: string | null }

const columns = sql`id, version, valid_from::text as "validFrom", name, who, care_kinds as "careKinds", rhythm, event, days, visitor,
  basis, active, set_by as "setBy", set_at as "setAt"`

/** Every version of every rule, oldest first; a district has a dozen rules. */
export async function versions(trx: Trx, rule?: string): Promise<StoredRule[]> {
  const { rows } = await sql<StoredRule>`
    ${kept} select ${columns} from visit_rule
    where district_code = app.district() and (${rule ?? null}::uuid is null or id = ${rule ?? null}::uuid)
    order by id, version`.execute(trx)
  return rows
}

/** Adds a version, unless somebody added it meanwhile. @returns whether it was added. */
export async function add(
  trx: Trx,
  rule: RuleFields & { id: string; version: number; validFrom: string },
  by: { person: string | null; now: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into visit_rule (district_code, id, version, valid_from, name, who, care_kinds, rhythm, event, days, visitor, basis, active,
      set_by, set_at)
    values (app.district(), ${rule.id}, ${rule.version}, ${rule.validFrom}::date, ${rule.name}, ${rule.who},
      ${sql.val(rule.careKinds)}::text[], ${rule.rhythm}, ${rule.event}, ${rule.days}, ${rule.visitor}, ${rule.basis}, ${rule.active},
      ${by.person}::uuid, ${by.now})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Names the households of a rule, from a day on; those not named any longer end. */
export async function nameHouseholds(
  trx: Trx,
  rule: string,
  households: readonly { id: string; path: string }[],
  day: string,
): Promise<void> {
  const given = JSON.stringify(households)
  await sql`
    update visit_rule_household r set removed_on = greatest(${day}::date, r.added_on)
    where r.district_code = app.district() and r.rule_id = ${rule} and r.removed_on is null
      and not exists (select from jsonb_to_recordset(${given}::jsonb) as g (id uuid) where g.id = r.household_id)`.execute(
    trx,
  )
  await sql`
    insert into visit_rule_household as r (district_code, rule_id, household_id, path, added_on)
    select app.district(), ${rule}, g.id, g.path, ${day}::date from jsonb_to_recordset(${given}::jsonb) as g (id uuid, path text)
    on conflict (district_code, rule_id, household_id) do update set removed_on = null, added_on = excluded.added_on
    where r.removed_on is not null`.execute(trx)
}

export async function householdCounts(trx: Trx): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; many: number }>`
    select rule_id as rule, count(*)::int as many from visit_rule_household
    where district_code = app.district() and removed_on is null group by rule_id`.execute(trx)
  return new Map(rows.map(({ rule, many }) => [rule, many]))
}

export async function districtCode(trx: Trx): Promise<string> {
  const { rows } = await sql<{ district: string }>`select app.district() as district`.execute(trx)
  return rows[0]?.district ?? ''
}
