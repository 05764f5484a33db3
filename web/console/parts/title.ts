import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Names the page for the tab, the history and the ear. */
export function useTitle(name: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t('title', { name })
  }, [t, name])
}
