import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './button.css'

type Look = {
  /** `primary` is filled vermilion and stands once on a page. */
  kind?: 'primary' | 'plain' | 'quiet' | 'link' | undefined
  small?: boolean | undefined
  wide?: boolean | undefined
  icon?: LucideIcon | undefined
  children?: ReactNode
}

function classes({ kind = 'plain', small, wide }: Look, more?: string): string {
  return ['btn', kind !== 'plain' && kind, small && 'small', wide && 'wide', more].filter(Boolean).join(' ')
}

/**
 * A button. `busy` keeps its place and focus while something is under way: it says so to the ear, ignores further
 * presses and keeps the words (a button that changes its words while one looks at it is a moving target).
 */
export function Button({
  kind,
  small,
  wide,
  icon,
  busy,
  children,
  className,
  onClick,
  ...rest
}: Look & { busy?: boolean | undefined } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className={classes({ kind, small, wide }, className)}
      aria-disabled={busy || rest['aria-disabled'] ? true : undefined}
      aria-busy={busy || undefined}
      onClick={(event: MouseEvent<HTMLButtonElement>) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {icon && <Icon of={icon} size={small ? 's' : undefined} />}
      {children}
    </button>
  )
}

/** A link that looks like a button: a phone number, another page. */
export function ButtonLink({
  kind,
  small,
  wide,
  icon,
  children,
  className,
  ...rest
}: Look & ComponentProps<'a'>) {
  return (
    <a {...rest} className={classes({ kind, small, wide }, className)}>
      {icon && <Icon of={icon} size={small ? 's' : undefined} />}
      {children}
    </a>
  )
}

/** A button that shows only an icon; `label` is its name. `ring` draws the round border of the call button. */
export function IconButton({
  label,
  icon,
  ring,
  ...rest
}: { label: string; icon: LucideIcon; ring?: boolean | undefined } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={ring ? 'iconbtn ring' : 'iconbtn'}
    >
      <Icon of={icon} />
    </button>
  )
}

/** The same as a link, for `tel:` and pages. */
export function IconLink({
  label,
  icon,
  ring,
  ...rest
}: { label: string; icon: LucideIcon; ring?: boolean | undefined } & ComponentProps<'a'>) {
  return (
    <a {...rest} aria-label={label} title={label} className={ring ? 'iconbtn ring' : 'iconbtn'}>
      <Icon of={icon} />
    </a>
  )
}
