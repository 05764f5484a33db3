import type { TFunction } from 'i18next'
import type { RuleView } from '../../data/dispatch.ts'
import { lifecycleWord } from '../../words.ts'

/** Whom a row names: the organisation, the functions in their order, or the desk of a level. */
export function targetText(
  t: TFunction,
  rule: Pick<RuleView, 'organisation' | 'functions' | 'deskLevel'>,
): string {
  const { organisation, functions, deskLevel } = rule
  if (organisation) return organisation.name
  if (functions) return functions.join(t('story.listComma'))
  return t('routing.desk', { level: lifecycleWord(t, `level.${deskLevel}`) })
}
