import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import './screen.css'

/** A phone page: `top`, the body, and the `bar` under the thumb. */
export function Screen({ top, bar, children }: { top: ReactNode; bar?: ReactNode; children: ReactNode }) {
  return (
    <div className="screen">
      {top}
      <main className="page" id="main">
        {children}
      </main>
      {bar}
    </div>
  )
}

/** The head of an inner page. `title` is the page's name; where the body has the heading itself, pass `plain`. */
export function Top({
  title,
  onBack,
  centred,
  plain,
  children,
}: {
  title: string
  onBack: () => void
  centred?: boolean | undefined
  plain?: boolean | undefined
  children?: ReactNode
}) {
  const { t } = useTranslation('ui')
  return (
    <header className={centred ? 'top centred' : 'top'}>
      <IconButton label={t('back')} icon={ChevronLeft} onClick={onBack} />
      {plain ? <p className="title">{title}</p> : <h1>{title}</h1>}
      {children}
    </header>
  )
}

/** The bar at the bottom. `bare` without ground, on a page whose body is short. */
export function Bar({ bare, children }: { bare?: boolean | undefined; children: ReactNode }) {
  return <footer className={bare ? 'bar bare' : 'bar'}>{children}</footer>
}
