import { useTranslation } from 'react-i18next'
import { Screen } from '#web/ui/screen.tsx'
import { Empty } from '#web/ui/states.tsx'
import { useTitle } from './title.ts'

/** Said plainly, instead of losing work later: this browser has no place to keep anything sealed. */
export function CannotKeep() {
  const { t } = useTranslation()
  useTitle(t('cannot.title'))
  return (
    <Screen
      top={
        <header className="top">
          <h1>{t('product')}</h1>
        </header>
      }
    >
      <Empty title={t('cannot.title')} why={t('cannot.why')} />
    </Screen>
  )
}
