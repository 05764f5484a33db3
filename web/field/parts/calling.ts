import type { TFunction } from 'i18next'
import { localTime } from '#web/ui/local-time.ts'
import type { Household } from '../kept/overlay.ts'
import { headOf, type Unit } from '../kept/views.ts'
import { surnameOf } from '../names.ts'

/** How households and places are called on the pages. */

/** Who lives alone by the own name, a family by the family name. */
export function callHousehold(t: TFunction, household: Household): string {
  const head = headOf(household)
  if (!head) return t('household.nobody')
  return household.members.length === 1 ? head.name : t('household.family', { name: surnameOf(head.name) })
}

/** The stairwell in as few words as leave no doubt: with the building only when there is more than one. */
export function callUnit(units: readonly Unit[], path: string): string {
  const unit = units.find((one) => one.path === path)
  if (!unit) return ''
  const buildings = new Set(units.map((one) => `${one.compound}/${one.building}`))
  return buildings.size > 1 && unit.building ? unit.building + unit.name : unit.name
}

/** The stairwell in full, from the compound on. */
export function whereIs(units: readonly Unit[], path: string): string {
  const unit = units.find((one) => one.path === path)
  return unit ? nameOf(unit) : ''
}

export function nameOf(unit: Unit): string {
  return [unit.compound, unit.building, unit.name].filter(Boolean).join('')
}

export function ageOf(birthYear: number | null, now: string): number | undefined {
  return birthYear === null ? undefined : localTime(now).year - birthYear
}

/** Why somebody looks in, in words: lives alone, bedridden; each once. */
export function careWords(t: TFunction, household: Household): string[] {
  return [...new Set(household.care.map(({ kind }) => t(`care.${kind}`)))]
}

/** Pieces of a line, set apart as in print. */
export function line(t: TFunction, pieces: readonly (string | undefined | false | null)[]): string {
  return pieces.filter(Boolean).join(t('comma'))
}
