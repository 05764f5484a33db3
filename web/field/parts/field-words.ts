import type { TFunction } from 'i18next'
import type { Household } from '../kept/overlay.ts'
import { fieldOf } from '../kept/overlay.ts'

/** Fields and their values in words. */

/** Whose field it is, and which: the phone of Zhao Yulan. */
export function fieldWords(t: TFunction, household: Household, path: string): string {
  const field = fieldOf(path)
  const what = t(`field.${field.name}`)
  if (field.part === 'household') return what
  const resident =
    field.part === 'resident' ? field.id : household.care.find(({ id }) => id === field.id)?.resident
  const name = household.members.find(({ id }) => id === resident)?.name
  return name ? t('field.of', { name, what }) : what
}

/** What a field says. */
export function valueWords(t: TFunction, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('field.nothing')
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  const parts = value as Record<string, unknown>
  if ('kind' in parts && 'on' in parts) return t(`left.${String(parts['kind'])}`)
  if ('kind' in parts) return t(`away.${String(parts['kind'])}`)
  if ('basis' in parts) return t(`basis.${String(parts['basis'])}`)
  return Object.values(parts).filter(Boolean).join(t('comma'))
}
