import { AlarmClock, Check, CircleHelp, Clock, Heart, type LucideIcon, Pause } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './tag.css'

/**
 * The tones of a state: done (green), soon (amber: a request due today, a visit due within 3 days), late (red-brown:
 * overdue), care (blue-grey: needs care, for your information, stored on this phone), turn (your turn), line (paused),
 * none (not known, not yet).
 */
export type Tone = 'done' | 'soon' | 'late' | 'care' | 'turn' | 'line' | 'none'

const usual: Partial<Record<Tone, LucideIcon>> = {
  done: Check,
  soon: Clock,
  late: AlarmClock,
  care: Heart,
  line: Pause,
}

/** A state in a word with its icon and colour. `unknown` takes the question mark. */
export function Tag({
  tone = 'none',
  icon,
  unknown,
  children,
}: {
  tone?: Tone | undefined
  icon?: LucideIcon | undefined
  unknown?: boolean | undefined
  children: ReactNode
}) {
  const drawing = icon ?? (unknown ? CircleHelp : usual[tone])
  return (
    <span className={`tag ${tone}`}>
      {drawing && <Icon of={drawing} />}
      {children}
    </span>
  )
}
