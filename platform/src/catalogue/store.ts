import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Category, CategoryChange, Step } from './contract.ts'

/** SQL of category and category_limit. Private to this folder. */

export type CategoryRow = {
  code: string
  name_zh: string
  name_en: string
  group_zh: string
  group_en: string
  leads: string[]
  helpers: string[]
  needed: Category['needed']
  active: boolean
  version: number
  steps: Step[] | null
}

/** All categories with the limit in force at an instant. */
export async function categoriesAt(trx: Trx, at: string): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    select c.code, c.name_zh, c.name_en, c.group_zh, c.group_en, c.leads, c.helpers, c.needed, c.active, c.version, l.steps
    from category c
    left join lateral (
      select steps from category_limit l where l.district_code = c.district_code and l.category_code = c.code and l.valid_from <= ${at}
      order by l.valid_from desc, l.version desc limit 1) l on true
    where c.district_code = app.district() order by c.code`.execute(trx)
  return rows
}

/** @returns false when the version seen is no longer the latest. */
export async function changeCategory(
  trx: Trx,
  code: string,
  version: number,
  change: Pick<CategoryChange, 'leads' | 'helpers' | 'needed' | 'active'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update category set leads = coalesce(${change.leads ?? null}::text[], leads), helpers = coalesce(${change.helpers ?? null}::text[], helpers),
      needed = coalesce(${change.needed ? JSON.stringify(change.needed) : null}::jsonb, needed),
      active = coalesce(${change.active ?? null}::boolean, active), version = version + 1
    where district_code = app.district() and code = ${code} and version = ${version}`.execute(trx)
  return numAffectedRows === 1n
}

/** Adds to the history; nothing in it is written over. */
export async function addLimit(
  trx: Trx,
  code: string,
  limit: { validFrom: string; version: number; steps: Step[]; setBy: string | null; setAt: string },
): Promise<void> {
  await sql`
    insert into category_limit (district_code, category_code, valid_from, version, set_at, steps, set_by)
    values (app.district(), ${code}, ${limit.validFrom}, ${limit.version}, ${limit.setAt}, ${JSON.stringify(limit.steps)}, ${limit.setBy})`.execute(
    trx,
  )
}

export type LimitRow = { validFrom: string; steps: Step[]; setAt: string; setBy: string | null }

export async function limitsOf(trx: Trx, code: string): Promise<LimitRow[]> {
  const { rows } = await sql<LimitRow>`
    select valid_from as "validFrom", steps, set_at as "setAt", set_by as "setBy" from category_limit
    where district_code = app.district() and category_code = ${code} order by valid_from desc, version desc limit 100`.execute(
    trx,
  )
  return rows
}
