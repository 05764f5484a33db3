import { useQuery } from '@tanstack/react-query'
import { HandHelping } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Button } from '#web/ui/button.tsx'
import { useMay } from '../../../data/me.ts'
import { offersOf } from '../../../data/offers.ts'
import { useNow } from '#web/ui/now.ts'
import { OfferState } from '../../offers/offer-state.tsx'

const OfferSheet = lazy(async () => ({ default: (await import('./offer-sheet.tsx')).OfferSheet }))

/** Small wants are put before people nearby (R3): who is asked now, and the way to ask. */
export function PeopleSection({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const may = useMay()
  const now = useNow()
  const [open, setOpen] = useState(false)
  const mine = may('offer.make') && !request.confidential
  const offers = useQuery({ ...offersOf(request.id), enabled: mine })
  const [last] = offers.data?.items ?? []
  const live = last?.state === 'open' || last?.state === 'taken'
  const able = request.state === 'accepted' && request.abilities.includes('assign') && !live
  if (!mine || (!last && !able)) return null
  return (
    <section>
      <h2>{t('offers.section')}</h2>
      {last && <OfferState offer={last} now={now} />}
      {able && (
        <>
          {!last && <p className="note">{t('offers.why')}</p>}
          <Button
            small
            icon={HandHelping}
            className="public-open"
            onClick={() => setOpen(true)}
            aria-haspopup="dialog"
          >
            {t(last ? 'offers.again' : 'offers.ask')}
          </Button>
        </>
      )}
      {open && (
        <Suspense>
          <OfferSheet request={request} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}
