import type { TFunction } from 'i18next'
import type { GroundView } from '#dispatch/contract.ts'
import { shortDate } from '../time.ts'

/** Why this organisation and not another, in one sentence: the row of the table, the decision, or what was answered before. */
export function whyText(t: TFunction, ground: Omit<GroundView, 'failed' | 'rule'>, now: string): string {
  const { why, organisation, kind, area, since, basis, precedent, answered, onTime } = ground
  return t(`route.why.${why}`, {
    name: organisation?.name ?? '',
    kind: kind?.name ?? t('guess.everything'),
    area: area?.name ?? '',
    since: since ? shortDate(t, since, now) : '',
    basis: basis ?? '',
    code: precedent?.code ?? '',
    count: answered,
    onTime,
  })
}
