import type { TFunction } from 'i18next'
import { Refused } from '#web/api/problem.ts'
import { refusalWords } from '../../refusal.ts'

/** What went wrong, in a sentence beside the button that was pressed. */
export function wrongWords(t: TFunction, error: unknown): string {
  return error instanceof Refused ? refusalWords(error) : t('wish.silent')
}
