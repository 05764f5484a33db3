import { ChevronRight, HandHelping } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { useToast } from '#web/ui/toast.tsx'
import { enqueue, useBook } from '../../kept/book.ts'
import { entryOf, queued } from '../../kept/entry.ts'
import { type Offer, offers } from './offers.ts'
import { useDoing } from '../../parts/doing.ts'
import { Problem } from '../../parts/problem.tsx'
import { paths } from '../../paths.ts'
import { OfferFacts } from './offer-facts.tsx'
import './words.ts'
import './offers.css'

/** One small want: yes or not now, and nothing is asked about why. */
function Asked({ offer }: { offer: Offer }) {
  const { t } = useTranslation('offers')
  const tell = useToast()
  const doing = useDoing()
  const say = (answer: 'take' | 'not_now') =>
    void doing.run(async () => {
      await enqueue(queued(entryOf('offer.answer', { offer: offer.id, answer })))
      tell(t(answer === 'take' ? 'offer.said_yes' : 'offer.said_not_now'))
    })
  return (
    <Card className="offer-asked" aria-label={offer.words}>
      <p className="offer-words">{offer.words}</p>
      <OfferFacts offer={offer} />
      <div className="offer-says">
        <Button kind="plain" icon={HandHelping} onClick={() => say('take')} busy={doing.busy}>
          {t('offer.take')}
        </Button>
        <Button kind="quiet" onClick={() => say('not_now')} busy={doing.busy}>
          {t('offer.not_now')}
        </Button>
      </div>
      <Problem error={doing.error} />
    </Card>
  )
}

/** What is asked of one and what one took, on today (R3). */
export function OffersPart() {
  const { t } = useTranslation('offers')
  const now = useNow()
  const all = offers(useBook())
  const asked = all.filter(({ mine }) => !mine)
  const mine = all.filter((one) => one.mine)
  return (
    <>
      {mine.length > 0 && (
        <section aria-label={t('offer.mine')}>
          <div className="sec">
            <h2>
              {t('offer.mine')} <b>{mine.length}</b>
            </h2>
          </div>
          <Card>
            {mine.map((one) => (
              <Link className="go" key={one.id} href={paths.offer(one.id)}>
                <span className="offer-mark">
                  <Icon of={HandHelping} />
                </span>
                <span className="grow">
                  <b>{one.words}</b>
                  <small>
                    {one.pending
                      ? t('offer.pending')
                      : [one.place, one.dueAt && t('offer.due', { moment: sayMoment(t, one.dueAt, now) })]
                          .filter(Boolean)
                          .join(t('comma'))}
                  </small>
                </span>
                <Icon of={ChevronRight} size="s" />
              </Link>
            ))}
          </Card>
        </section>
      )}
      {asked.length > 0 && (
        <section aria-label={t('offer.asked')}>
          <div className="sec">
            <h2>
              {t('offer.asked')} <b>{asked.length}</b>
            </h2>
          </div>
          {asked.map((one) => (
            <Asked key={one.id} offer={one} />
          ))}
        </section>
      )}
    </>
  )
}
