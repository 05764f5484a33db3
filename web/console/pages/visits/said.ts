import type { TFunction } from 'i18next'
import type { TaskView } from '#visits/contract.ts'
import type { VisitRow } from '#visits/visit-contract.ts'
import { localTime } from '#web/ui/local-time.ts'
import type { Tone } from '#web/ui/tag.tsx'
import { shortDate } from '../../time.ts'

/** Words for days, ends and answers of visits. */

/** Noon of a civil day, for whoever says times. */
export const noon = (day: string) => `${day}T04:00:00Z`

export const dayText = (t: TFunction, day: string, now: string) => shortDate(t, noon(day), now)

/** How a task stands: what is left of an open one, what became of the others. */
export function dueTag(t: TFunction, task: TaskView, now: string): { tone: Tone; said: string } {
  if (task.state === 'done') return { tone: 'done', said: t('visits.state.done') }
  if (task.state === 'missed') return { tone: 'late', said: t('visits.state.missed') }
  if (task.state !== 'open') return { tone: 'none', said: t(`visits.state.${task.state}`) }
  const days = localTime(noon(task.nextTryOn ?? task.dueOn)).serial - localTime(now).serial
  if (days < 0) return { tone: 'late', said: t('visits.late', { count: -days }) }
  if (days === 0) return { tone: 'soon', said: t('visits.today') }
  return { tone: days <= 3 ? 'soon' : 'none', said: t('visits.left', { count: days }) }
}

export const endWord = (t: TFunction, endedAs: string) => t(`visits.ended.${endedAs}`)

export function confirmedTag(
  t: TFunction,
  confirmed: VisitRow['confirmed'],
): { tone: Tone; said: string } | null {
  if (confirmed === 'yes') return { tone: 'done', said: t('visits.said.yes') }
  if (confirmed === 'no') return { tone: 'late', said: t('visits.said.no') }
  return confirmed === 'asked' ? { tone: 'none', said: t('visits.said.asked') } : null
}

/** The first and the day after the last of the month in which a day lies. */
export function monthOf(now: string, back = 0): { from: string; until: string } {
  const { year, month } = localTime(now)
  const index = year * 12 + month - 1 - back
  const first = (at: number) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
  return { from: first(index), until: first(index + 1) }
}
