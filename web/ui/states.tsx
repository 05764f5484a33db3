import { CloudOff, RotateCw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Card } from './card.tsx'
import { Icon } from './icon.tsx'
import './states.css'

/**
 * The bones of a page while it loads, the same size as the real thing. After three seconds one sentence says that it
 * takes longer; before that a sentence would only flicker.
 */
export function Loading({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('ui')
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 3000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy="true" className="bones">
      <p aria-live="polite" className={slow ? 'note second' : 'vh'}>
        {slow ? t('loading.slow') : t('loading.now')}
      </p>
      {children ?? <CardBones />}
    </div>
  )
}

/** One bone. */
export function Skeleton({
  shape,
}: {
  shape: 'line' | 'line w40' | 'line w70' | 'line w90' | 'block' | 'square' | 'door'
}) {
  return <span className={`sk ${shape}`} aria-hidden="true" />
}

/** The bones of a card with a face, two lines and a button. */
export function CardBones() {
  return (
    <Card pad className="bones" aria-hidden="true">
      <div className="side">
        <Skeleton shape="square" />
        <div>
          <Skeleton shape="line w40" />
          <Skeleton shape="line w70" />
        </div>
      </div>
      <Skeleton shape="line w90" />
      <Skeleton shape="block" />
    </Card>
  )
}

/** The bones of a list. */
export function RowBones({ rows = 3 }: { rows?: number | undefined }) {
  return (
    <Card pad className="bones" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} shape={index % 2 === 0 ? 'line w90' : 'line w70'} />
      ))}
    </Card>
  )
}

/** Nothing here: one sentence why, one thing that can be done. */
export function Empty({
  title,
  why,
  children,
}: {
  title: string
  why?: string | undefined
  children?: ReactNode
}) {
  return (
    <div className="empty">
      <svg viewBox="0 0 108 132" aria-hidden="true">
        <path
          d="M14 126V34C14 18 30 8 54 8s40 10 40 26v92"
          fill="var(--card)"
          stroke="var(--line-ctl)"
          strokeWidth="1.5"
        />
        <path
          d="M24 126V40c0-12 12-20 30-20s30 8 30 20v86"
          fill="var(--paper-sunk)"
          stroke="var(--line-2)"
          strokeWidth="1.5"
        />
        <path
          d="M24 126V40c0-6 3-11 8.5-14.5L66 44v88z"
          fill="var(--card)"
          stroke="var(--line-ctl)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
        <circle cx="58.5" cy="86" r="3" fill="var(--zhu)" />
        <path d="M2 126.5h22M84 126.5h22" stroke="var(--line-ctl)" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <h2>{title}</h2>
      {why && <p>{why}</p>}
      {children}
    </div>
  )
}

/** What failed, what is safe, what to do now. It stands in the page, never in a toast that goes away. */
export function Failed({
  what,
  safe,
  onRetry,
  busy,
  children,
}: {
  what: string
  safe: string
  onRetry?: (() => void) | undefined
  busy?: boolean | undefined
  children?: ReactNode
}) {
  const { t } = useTranslation('ui')
  return (
    <Card className="fail" role="alert">
      <h2>
        <Icon of={CloudOff} />
        {what}
      </h2>
      <p>{safe}</p>
      {onRetry && (
        <Button wide icon={RotateCw} onClick={onRetry} busy={busy}>
          {t('retry')}
        </Button>
      )}
      {children}
    </Card>
  )
}
