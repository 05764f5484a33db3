import type { LucideIcon } from 'lucide-react'

/** A line icon. It never carries meaning alone: the words stand beside it, so it is hidden from the ear. */
export function Icon({
  of: Drawing,
  size,
  className,
}: {
  of: LucideIcon
  size?: 's' | 'l' | 'xl' | undefined
  className?: string | undefined
}) {
  return <Drawing aria-hidden="true" className={['i', size, className].filter(Boolean).join(' ')} />
}
