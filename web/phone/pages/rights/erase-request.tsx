import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#web/api/requests.ts'
import { Icon } from '#web/ui/icon.tsx'
import { EraseSheet, type ToErase } from './erase-sheet.tsx'

/** "Delete what I said", on the page of what I said. */
export function EraseRequest({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<ToErase>()
  // What is followed was said by somebody else.
  if (request.follows || request.erased) return null
  return (
    <>
      <button
        type="button"
        className="seen"
        onClick={() => setAsked({ request: request.id, open: request.holder !== null })}
      >
        {t('erase.title')}
        <Icon of={ChevronRight} size="s" />
      </button>
      <EraseSheet what={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}
