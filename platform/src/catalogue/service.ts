import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Category, CategoryChange, CategoryChanged, Step } from './contract.ts'
import english from './data/names-en.json' with { type: 'json' }
import { translateSteps } from './rules.ts'
import * as store from './store.ts'

/** Categories and their limits, of the transaction's district. */

const toEnglish: ReadonlyMap<string, string> = new Map(Object.entries(english.steps))
const toChinese: ReadonlyMap<string, string> = new Map([...toEnglish].map(([zh, en]) => [en, zh]))

/** CA5 The name of a step in the caller's language; names a district made up stay as they are. */
export function stepName(name: string, language: string): string {
  return (language === 'en' && toEnglish.get(name)) || name
}

function nameOf(row: store.NameRow, language: string): { code: string; name: string; group: string } {
  return language === 'en'
    ? { code: row.code, name: row.name_en, group: row.group_en }
    : { code: row.code, name: row.name_zh, group: row.group_zh }
}

const stepsIn = (steps: readonly Step[], language: string) =>
  language === 'en' ? translateSteps(steps, toEnglish) : [...steps]

/** Names of all categories by code, in the caller's language. */
export async function categoryNames(
  trx: Trx,
  language: string,
): Promise<Map<string, { code: string; name: string; group: string }>> {
  const rows = await store.names(trx)
  return new Map(rows.map((row) => [row.code, nameOf(row, language)]))
}

/** The steps in force at an instant, of every category in use. */
export async function stepsAt(trx: Trx, at: string): Promise<Map<string, Step[]>> {
  const rows = await store.stepsAt(trx, at)
  return new Map(rows.map(({ code, steps }) => [code, steps ?? []]))
}

/** Short names of the departments that lead in a category at an instant, in order. */
export async function leadsOf(trx: Trx, code: string, at: string): Promise<string[]> {
  const rows = await store.categoriesAt(trx, at)
  return rows.find((row) => row.code === code)?.leads ?? []
}

export async function listCategories(trx: Trx, at: string, language: string): Promise<Category[]> {
  return (await store.categoriesAt(trx, at)).map((row) => ({
    ...nameOf(row, language),
    groupCode: row.code[0] ?? '',
    steps: stepsIn(row.steps ?? [], language),
    leads: row.leads,
    helpers: row.helpers,
    needed: row.needed,
    active: row.active,
    version: row.version,
  }))
}

/**
 * Changes what holds from now or from a later day on; the past is not rewritten. A request keeps the limit it was
 * accepted with (RQ16).
 */
export async function changeCategory(
  trx: Trx,
  code: string,
  version: number,
  change: CategoryChange,
  by: { person: string | null; now: string; language: string },
): Promise<void> {
  if (change.validFrom && Date.parse(change.validFrom) < Date.parse(by.now)) {
    refuse('input.invalid', { field: 'body.validFrom', expected: by.now, params: { count: 1 } })
  }
  if (!(await store.nextVersion(trx, code, version))) {
    refuse((await store.changesOf(trx, code)).length > 0 ? 'changed_meanwhile' : 'record.not_found')
  }
  const setting = {
    validFrom: change.validFrom ?? by.now,
    version: version + 1,
    setBy: by.person,
    setAt: by.now,
  }
  const { leads, helpers, needed, active } = change
  if ([leads, helpers, needed, active].some((one) => one !== undefined))
    await store.addChange(trx, code, { ...setting, leads, helpers, needed, active })
  if (!change.steps) return
  // A caller in English saw the English names of the steps and sends them back.
  const steps = by.language === 'en' ? translateSteps(change.steps, toChinese) : change.steps
  await store.addLimit(trx, code, { ...setting, steps })
}

/** Everything a category was or will be, newest first. */
export async function categoryHistory(trx: Trx, code: string, language: string): Promise<CategoryChanged[]> {
  return (await store.changesOf(trx, code)).map(({ version: _, ...row }) => ({
    ...row,
    steps: row.steps && stepsIn(row.steps, language),
  }))
}
