import type { Who } from './lists.ts'

/** Whether what is said fits together; the field that does not, or nothing. */
export function misfit(rule: {
  who: Who
  careKinds: readonly string[]
  rhythm: string
  event: string | null
  days: number | null
  visitor: string
}): string | undefined {
  if ((rule.rhythm === 'event') !== (rule.event !== null)) return 'event'
  const upon = rule.event !== null && rule.event !== 'holiday'
  if ((rule.who === 'event') !== upon) return 'who'
  if (rule.rhythm === 'event' && rule.days === null) return 'days'
  if ((rule.who === 'care') !== rule.careKinds.length > 0) return 'careKinds'
  if ((rule.who === 'walk') !== (rule.visitor === 'grid')) return 'visitor'
  return undefined
}
