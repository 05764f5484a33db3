import './seal.css'

/** The first character of a Chinese name; the first letter of any other. */
function initial(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? ''
}

/**
 * The seal of whoever answers for it now (RQ1: exactly one holder). Hollow in an overview, full where it is the one
 * that matters. The name is always written beside it, so the seal itself is hidden from the ear.
 */
export function Seal({
  name,
  size,
  hollow,
}: {
  name: string
  size?: 's' | 'm' | 'l' | undefined
  hollow?: boolean | undefined
}) {
  return (
    <span
      className={['seal', size, hollow && 'hollow'].filter(Boolean).join(' ')}
      aria-hidden="true"
      lang="zh-CN"
    >
      {initial(name)}
    </span>
  )
}

/** Everybody who is not the holder. */
export function Face({ name, size }: { name: string; size?: 's' | undefined }) {
  return (
    <span className={size ? `face ${size}` : 'face'} aria-hidden="true" lang="zh-CN">
      {initial(name)}
    </span>
  )
}
