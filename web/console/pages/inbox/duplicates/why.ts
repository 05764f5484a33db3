import type { TFunction } from 'i18next'
import type { Alike } from '#requests/together/contract.ts'

/** Why two are thought to be the same, each reason a few words: the list says the first ones, the sheet all. */
export function reasons(t: TFunction, one: Alike): string[] {
  const { metres, within, days, kind } = one
  return [
    metres === null ? t(`duplicates.within.${within}`) : t('duplicates.metres', { count: metres }),
    days === 0 ? t('duplicates.sameDay') : t('duplicates.days', { count: days }),
    ...(kind === 'unknown' ? [] : [t(`duplicates.kind.${kind}`)]),
  ]
}

/** How sure it is, in words; a figure would look more exact than it is. */
export function sureness(t: TFunction, score: number): string {
  return t(score >= 0.85 ? 'duplicates.very' : 'duplicates.maybe')
}
