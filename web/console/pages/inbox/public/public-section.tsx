import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Button } from '#web/ui/button.tsx'
import { useMay } from '../../../data/me.ts'

const ClearSheet = lazy(async () => ({ default: (await import('./clear-sheet.tsx')).ClearSheet }))

/** What everybody may read of the case (boundary 7), and the way to clear more of it. */
export function PublicSection({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('publication.clear')) return null
  return (
    <section>
      <h2>{t('public.title')}</h2>
      <p className="note">{t(request.confidential ? 'public.confidential' : 'public.note')}</p>
      {!request.confidential && (
        <Button small className="public-open" onClick={() => setOpen(true)} aria-haspopup="dialog">
          {t('public.open')}
        </Button>
      )}
      {open && (
        <Suspense>
          <ClearSheet request={request} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}
