import { HeartHandshake, Hourglass, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OwnWish } from '../api/wishes.ts'
import { Tag, type Tone } from './tag.tsx'

const looks: Record<OwnWish['state'], { tone: Tone; icon?: LucideIcon }> = {
  told: { tone: 'none' },
  published: { tone: 'line', icon: Hourglass },
  claimed: { tone: 'line', icon: HeartHandshake },
  fulfilled: { tone: 'done' },
  thanked: { tone: 'done' },
  declined: { tone: 'none' },
  withdrawn: { tone: 'none' },
  expired: { tone: 'none' },
}

/**
 * Where a wish stands, in the same colours and drawings at every door; each door has words of its own.
 *
 * @param props.turn whether it waits for who is looking.
 */
export function WishTag({
  state,
  turn,
  children,
}: {
  state: OwnWish['state']
  turn?: boolean
  children: ReactNode
}) {
  return <Tag {...(turn ? { tone: 'soon' } : looks[state])}>{children}</Tag>
}
