import type { TFunction } from 'i18next'
import { Refused, refusalCode } from '#web/api/problem.ts'

/** A failed call in words: what is wrong and what to do, as the server says it, else that it could not be reached. */
export function problemText(t: TFunction, error: Error): string {
  if (!(error instanceof Refused)) return t('problem.unreachable')
  const { title, detail } = error.problem
  return detail ? t('two_sentences', { ns: 'ui', title, detail }) : title
}

/** True when nobody is logged in (any more). */
export function needsLogin(error: unknown): boolean {
  return refusalCode(error) === 'access.log_in' || refusalCode(error) === 'access.second_factor_needed'
}
