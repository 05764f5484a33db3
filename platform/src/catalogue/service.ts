import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Category, CategoryChange, Step } from './contract.ts'
import * as store from './store.ts'

/** Categories and their limits, of the transaction's district. */

/** Names of all categories by code, in the caller's language. */
export async function categoryNames(trx: Trx, language: string): Promise<Map<string, { code: string; name: string; group: string }>> {
  const rows = await store.categoriesAt(trx, 'infinity')
  return new Map(rows.map((row) => [row.code, { code: row.code, name: language === 'en' ? row.name_en : row.name_zh, group: language === 'en' ? row.group_en : row.group_zh }]))
}

/** The steps in force at an instant, of every category in use. */
export async function stepsAt(trx: Trx, at: string): Promise<Map<string, Step[]>> {
  const rows = await store.categoriesAt(trx, at)
  return new Map(rows.filter(({ active }) => active).map((row) => [row.code, row.steps ?? []]))
}

/** Short names of the departments that lead in a category, in order. */
export async function leadsOf(trx: Trx, code: string): Promise<string[]> {
  const rows = await store.categoriesAt(trx, 'infinity')
  return rows.find((row) => row.code === code)?.leads ?? []
}

export async function listCategories(trx: Trx, at: string, language: string): Promise<Category[]> {
  return (await store.categoriesAt(trx, at)).map((row) => ({
    code: row.code,
    name: language === 'en' ? row.name_en : row.name_zh,
    group: language === 'en' ? row.group_en : row.group_zh,
    groupCode: row.code[0] ?? '',
    steps: row.steps ?? [],
    leads: row.leads,
    active: row.active,
    version: row.version,
  }))
}

/** Changes what holds from now or from a later day on. A request keeps the limit it was accepted with (RQ16). */
export async function changeCategory(trx: Trx, code: string, version: number, change: CategoryChange, by: { person: string | null; now: string }): Promise<void> {
  if (!(await store.changeCategory(trx, code, version, change))) {
    refuse((await store.limitsOf(trx, code)).length > 0 ? 'changed_meanwhile' : 'record.not_found')
  }
  if (change.steps) await store.setLimit(trx, code, { validFrom: change.validFrom ?? by.now, steps: change.steps, setBy: by.person, setAt: by.now })
}

export const limitHistory = store.limitsOf
