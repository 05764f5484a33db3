import i18next from 'i18next'
import type { Refused } from '#web/api/problem.ts'

/** What the server does not take, and what to do about it, in two sentences. */
export function refusalWords({ problem: { title, detail } }: Refused): string {
  return detail ? i18next.t('two_sentences', { ns: 'phone', title, detail }) : title
}
