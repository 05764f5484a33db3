import { type RefObject, useEffect, useRef } from 'react'

/** The first Escape closes the list of a combobox, the second leaves the form. */
function listOpen(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true'
}

/**
 * Focus on the first field when a form appears, Ctrl+Enter to send it from anywhere in it, Escape to leave it.
 * @returns the ref of the form
 */
export function useFormKeys(onEscape?: () => void): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  const escape = useRef(onEscape)
  useEffect(() => {
    escape.current = onEscape
  }, [onEscape])
  useEffect(() => {
    const place = form.current
    if (!place) return undefined
    place.querySelector<HTMLElement>('input:not([type=hidden]):not([type=radio]), select, textarea')?.focus()
    function listen(event: KeyboardEvent) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) place?.requestSubmit()
      else if (event.key === 'Escape' && escape.current && !listOpen(event.target)) escape.current()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    place.addEventListener('keydown', listen)
    return () => place.removeEventListener('keydown', listen)
  }, [])
  return form
}
