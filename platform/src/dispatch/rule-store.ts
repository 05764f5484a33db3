import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { RuleChange } from './contract.ts'
import type { Version } from './rules.ts'

/** SQL of routing_rule. Private to this folder. */

export type StoredVersion = Version & { setBy: string | null; setAt: string }

type Row = Omit<StoredVersion, 'target'> & {
  organisation: string | null
  functions: string[] | null
  deskLevel: string | null
}

const targetOf = ({ organisation, functions, deskLevel }: Row): Version['target'] =>
  organisation
    ? { kind: 'organisation', organisation }
    : functions
      ? { kind: 'functions', functions }
      : { kind: 'desk', level: deskLevel! }

/** Every version of every row, or of one; a district has some hundred. */
export async function versions(trx: Trx, rule?: string): Promise<StoredVersion[]> {
  const { rows } = await sql<Row>`
    select id, version, valid_from as "from", valid_until as until, ended, group_code as "group", category_code as category, path,
      organisation_id as organisation, functions, desk_level as "deskLevel", basis, set_by as "setBy", set_at as "setAt"
    from routing_rule
    where district_code = app.district() and (${rule ?? null}::uuid is null or id = ${rule ?? null}::uuid)
    order by id, version`.execute(trx)
  return rows.map((row) => {
    const { organisation: _, functions: __, deskLevel: ___, ...rest } = row
    return { ...rest, target: targetOf(row) }
  })
}

/** Adds a version, unless somebody added it meanwhile. @returns whether it was added. */
export async function add(
  trx: Trx,
  rule: RuleChange & { id: string; version: number; validFrom: string },
  by: { person: string | null; now: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into routing_rule (district_code, id, version, valid_from, valid_until, ended, group_code, category_code, path,
      organisation_id, functions, desk_level, basis, set_by, set_at)
    values (app.district(), ${rule.id}, ${rule.version}, ${rule.validFrom}, ${rule.validUntil}::timestamptz, ${rule.ended},
      ${rule.group}, ${rule.category}, ${rule.path}, ${rule.organisation}::uuid, ${rule.functions}::text[], ${rule.deskLevel},
      ${rule.basis}, ${by.person}::uuid, ${by.now})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}
