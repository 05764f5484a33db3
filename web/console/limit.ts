import type { TFunction } from 'i18next'
import type { Step } from '#catalogue/contract.ts'

/** `24小时`; with the name of the step in front when the limit has several: `警示2小时、修复24小时`. */
export function limitText(t: TFunction, steps: Step[]): string {
  const said = ({ name, unit, amount }: Step) =>
    t('limit.step', { name, limit: t(`limit.${unit}`, { count: amount }) }).trim()
  return steps.map(said).join(t('story.listComma'))
}
