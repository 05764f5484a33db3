import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { Category, CategoryChange, Step } from './contract.ts'

/** SQL of category, category_limit and category_change. Private to this folder. */

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

export type NameRow = Pick<CategoryRow, 'code' | 'name_zh' | 'name_en' | 'group_zh' | 'group_en'>

/** What all categories are called; names do not change with a day. */
export async function names(trx: Trx): Promise<NameRow[]> {
  const { rows } = await sql<NameRow>`
    ${kept} select c.code, c.name_zh, c.name_en, c.group_zh, c.group_en
    from category c where c.district_code = app.district() order by c.code`.execute(trx)
  return rows
}

/** Of each thing that may change, what was set last for an instant. */
const changedAt = (at: string, column: string) => sql`
  coalesce((select x.${sql.ref(column)} from category_change x
    where x.district_code = c.district_code and x.category_code = c.code and x.valid_from <= ${at} and x.${sql.ref(column)} is not null
    order by x.valid_from desc, x.version desc limit 1), c.${sql.ref(column)})`

const stepsSetAt = (at: string) => sql`
  (select l.steps from category_limit l
    where l.district_code = c.district_code and l.category_code = c.code and l.valid_from <= ${at}
    order by l.valid_from desc, l.version desc limit 1)`

/** All categories as they stand at an instant. */
export async function categoriesAt(trx: Trx, at: string): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    ${kept} select c.code, c.name_zh, c.name_en, c.group_zh, c.group_en, c.version,
      ${changedAt(at, 'leads')} as leads, ${changedAt(at, 'helpers')} as helpers, ${changedAt(at, 'needed')} as needed,
      ${changedAt(at, 'active')} as active, ${stepsSetAt(at)} as steps
    from category c where c.district_code = app.district() order by c.code`.execute(trx)
  return rows
}

/** The steps of every category in use at an instant; each command asks for them, so no more than that is read. */
export async function stepsAt(trx: Trx, at: string): Promise<{ code: string; steps: Step[] | null }[]> {
  const { rows } = await sql<{ code: string; steps: Step[] | null }>`
    ${kept} select c.code, ${stepsSetAt(at)} as steps
    from category c where c.district_code = app.district() and ${changedAt(at, 'active')} order by c.code`.execute(
    trx,
  )
  return rows
}

export type Setting = { validFrom: string; version: number; setBy: string | null; setAt: string }
type Changed = Pick<CategoryChange, 'leads' | 'helpers' | 'needed' | 'active'>

/** Takes the next version for a change. @returns false when the version seen is no longer the latest. */
export async function nextVersion(trx: Trx, code: string, version: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update category set version = version + 1
    where district_code = app.district() and code = ${code} and version = ${version}`.execute(trx)
  return numAffectedRows === 1n
}

/** Adds to the history of everything but the limit; nothing in it is written over. */
export async function addChange(trx: Trx, code: string, change: Changed & Setting): Promise<void> {
  await sql`
    insert into category_change (district_code, category_code, valid_from, version, leads, helpers, needed, active, set_by, set_at)
    values (app.district(), ${code}, ${change.validFrom}, ${change.version}, ${change.leads ?? null}::text[],
      ${change.helpers ?? null}::text[], ${change.needed ? JSON.stringify(change.needed) : null}::jsonb,
      ${change.active ?? null}::boolean, ${change.setBy}, ${change.setAt})`.execute(trx)
}

/** Adds to the history of limits; nothing in it is written over. */
export async function addLimit(trx: Trx, code: string, limit: Setting & { steps: Step[] }): Promise<void> {
  await sql`
    insert into category_limit (district_code, category_code, valid_from, version, set_at, steps, set_by)
    values (app.district(), ${code}, ${limit.validFrom}, ${limit.version}, ${limit.setAt}, ${JSON.stringify(limit.steps)}, ${limit.setBy})`.execute(
    trx,
  )
}

/** One change of a category; null is what it left as it was. */
export type ChangeRow = Setting & {
  steps: Step[] | null
  leads: string[] | null
  helpers: string[] | null
  needed: Category['needed'] | null
  active: boolean | null
}

/** Everything that was or will be changed of a category, newest first, the limits it came with among it. */
export async function changesOf(trx: Trx, code: string): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select coalesce(l.valid_from, x.valid_from) as "validFrom", coalesce(l.version, x.version) as version,
      coalesce(l.set_at, x.set_at) as "setAt", coalesce(l.set_by, x.set_by) as "setBy", l.steps, x.leads, x.helpers, x.needed, x.active
    from (select * from category_limit where district_code = app.district() and category_code = ${code}) l
    full join (select * from category_change where district_code = app.district() and category_code = ${code}) x
      on x.valid_from = l.valid_from and x.version = l.version
    order by 1 desc, 2 desc limit 100`.execute(trx)
  return rows
}
