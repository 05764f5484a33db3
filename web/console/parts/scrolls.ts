import { useEffect, useRef } from 'react'

/**
 * A part of the page that can be scrolled by keyboard whenever there is something to scroll, and is no stop on the way when
 * there is not.
 */
export function useScrollStop<Part extends HTMLElement>() {
  const part = useRef<Part>(null)
  useEffect(() => {
    const element = part.current
    if (!element) return
    const look = () => {
      element.tabIndex = element.scrollHeight > element.clientHeight ? 0 : -1
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  })
  return part
}
