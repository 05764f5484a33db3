import type { TFunction } from 'i18next'
import type { MeetingView, Reason } from '#meetings/contract.ts'
import type { Fate } from '#meetings/lists.ts'
import type { Tone } from '#web/ui/tag.tsx'
import { clockTime, localTime } from '#web/ui/local-time.ts'
import { sayDate } from '#web/ui/say-time.ts'
import { shortDate } from '../../time.ts'

/** Words for what stands in a meeting. */

export const fateTone: Record<Fate, Tone> = {
  open: 'none',
  running: 'none',
  late: 'late',
  done: 'done',
  kept: 'care',
  put_off: 'line',
  moved_on: 'done',
}

export const stateTone: Record<MeetingView['state'], Tone> = {
  preparing: 'none',
  called: 'care',
  open: 'turn',
  held: 'done',
  cancelled: 'none',
}

/** `11月27日 周五 9:00`. */
export function meetingTime(t: TFunction, at: string, now: string): string {
  return t('meetings.when', { day: sayDate(t, at, now), clock: clockTime(localTime(at)) })
}

/** `2026年第3次` once it was held. */
export function meetingNumber(t: TFunction, { year, number }: Pick<MeetingView, 'year' | 'number'>): string {
  return number === null || year === null ? '' : t('meetings.number', { year, number })
}

/** Why something is proposed, in so many words as fit in a line. */
function reasonText(t: TFunction, { kind, since, count }: Reason, now: string): string {
  const reason = t(`meetings.reason.${kind}`, { count: count ?? 0 })
  return since === null ? reason : t('meetings.reasonSince', { reason, day: shortDate(t, since, now) })
}

export const reasonsText = (t: TFunction, reasons: readonly Reason[], now: string): string =>
  reasons.map((one) => reasonText(t, one, now)).join(t('story.listComma'))
