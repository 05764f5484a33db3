import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { sayShortDay } from '#web/ui/say-time.ts'
import { Tag } from '#web/ui/tag.tsx'
import type { Tone } from '../kept/views.ts'

/** How many days are left, or past: in words, with icon and colour. */
export function DayTag({ day, days, tone }: { day: string; days: number; tone: Tone }) {
  const { t } = useTranslation()
  const now = useNow()
  const says =
    days < 0
      ? t('due.past', { count: -days })
      : days === 0
        ? t('due.today')
        : days <= 3
          ? t('due.left', { count: days })
          : sayShortDay(t, `${day}T04:00:00.000Z`, now)
  return <Tag tone={tone === 'calm' ? 'none' : tone}>{says}</Tag>
}
