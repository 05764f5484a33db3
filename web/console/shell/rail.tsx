import { Menu } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { Nav } from './nav.tsx'

/**
 * The rail, and on less than 1024 px the button that opens it as a menu. A link, Escape, or going on by Tab puts it
 * away again; nobody is kept inside.
 */
export function Rail() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    setOpen(false)
    button.current?.focus()
  }
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false)
  }
  const onClick = ({ target }: MouseEvent) => {
    if ((target as Element).closest('a')) setOpen(false)
  }
  return (
    // The keys and presses belong to the links inside; the box only hears of them.
    <div className="rail-box" role="presentation" onKeyDown={onKeyDown} onBlur={onBlur} onClick={onClick}>
      <button
        ref={button}
        type="button"
        className="rail-btn"
        aria-expanded={open}
        aria-controls="rail"
        aria-label={t('nav.menu')}
        onClick={() => setOpen(!open)}
      >
        <Icon of={Menu} />
      </button>
      <Nav />
    </div>
  )
}
