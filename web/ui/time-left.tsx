import { AlarmClock, Calendar, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import { timeLeft } from './local-time.ts'
import { useNow } from './now.ts'
import { sayTimeLeft } from './say-time.ts'
import { Tag } from './tag.tsx'
import './time-left.css'

const icons = { calm: Calendar, soon: Clock, late: AlarmClock }

/** How long is left, then the date, with the icon and colour of its state. `due` is an ISO time. */
export function TimeLeft({ due }: { due: string }) {
  const { t } = useTranslation('ui')
  const left = timeLeft(due, useNow())
  return (
    <span className={`left ${left.tone}`}>
      <Icon of={icons[left.tone]} />
      <time dateTime={due}>{sayTimeLeft(t, left)}</time>
    </span>
  )
}

/** The same, short, as a tag for lists. */
export function TimeLeftTag({ due }: { due: string }) {
  const { t } = useTranslation('ui')
  const left = timeLeft(due, useNow())
  return (
    <Tag tone={left.tone === 'calm' ? 'none' : left.tone}>
      <time dateTime={due}>{sayTimeLeft(t, left, true)}</time>
    </Tag>
  )
}
