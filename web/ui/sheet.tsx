import { X } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import './sheet.css'

/**
 * A sheet from the bottom edge (a dialog in the middle on wide screens), on the native `<dialog>`: focus stays inside,
 * Escape and the ground behind close it, focus returns to where it was.
 */
export function Sheet({
  title,
  open,
  onClose,
  footer,
  wide,
  children,
}: {
  title: string
  open: boolean
  onClose: () => void
  footer?: ReactNode
  /** Two things side by side need more than a column. */
  wide?: boolean | undefined
  children: ReactNode
}) {
  const { t } = useTranslation('ui')
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (open && !dialog?.open) dialog?.showModal()
    if (!open && dialog?.open) dialog.close()
  }, [open])
  const close = useEffectEvent(onClose)
  useEffect(() => {
    const dialog = ref.current
    // A press on the ground behind lands on the dialog itself.
    const onPress = (event: MouseEvent) => {
      if (event.target === dialog) close()
    }
    dialog?.addEventListener('click', onPress)
    return () => dialog?.removeEventListener('click', onPress)
  }, [])
  // A dialog reports its closing a moment later: when the page itself closed it, another sheet may be open by then.
  return (
    <dialog
      ref={ref}
      className={wide ? 'sheet wide' : 'sheet'}
      aria-labelledby={id}
      onClose={() => open && onClose()}
    >
      {open && (
        <>
          <div className="sheet-head">
            <h2 id={id}>{title}</h2>
            <IconButton label={t('close')} icon={X} onClick={onClose} />
          </div>
          <div className="inside">{children}</div>
          {footer && <div className="sheet-foot">{footer}</div>}
        </>
      )}
    </dialog>
  )
}
