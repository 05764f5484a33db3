import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#web/ui/button.tsx'
import { Empty, Failed } from '#web/ui/states.tsx'
import { problemText } from '../data/problem.ts'
import { paths } from '../paths.ts'

/** An address that leads nowhere. */
export function PageMissing() {
  const { t } = useTranslation()
  return (
    <main className="page-state">
      <h1 className="vh">{t('product')}</h1>
      <Empty title={t('page.missing')} why={t('page.missingWhy')}>
        <ButtonLink href={paths.base}>{t('page.home')}</ButtonLink>
      </Empty>
    </main>
  )
}

/** A page that could not be shown at all. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  return (
    <main className="page-state">
      <h1 className="vh">{t('product')}</h1>
      <Failed what={t('page.failed')} safe={problemText(t, error as Error)} onRetry={reset} />
    </main>
  )
}
