import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The name of the page in the tab and in the history. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  const product = t('product')
  useEffect(() => {
    document.title = t('title', { title, product })
  }, [title, product, t])
}
