import { Check, CircleSlash, HandHelping, Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { type OfferView, useTakeBack } from '../../data/offers.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { sayMoment } from '#web/ui/say-time.ts'
import { lifecycleWord } from '../../words.ts'
import '../inbox/people/offer.css'

const looks = {
  open: { tone: 'soon', icon: Hourglass },
  taken: { tone: 'line', icon: HandHelping },
  done: { tone: 'done', icon: Check },
  over: { tone: 'none', icon: CircleSlash },
} as const

/** How an offer stands: who was asked in which round, what they said, when it goes on. Nobody's answers are counted. */
export function OfferState({ offer, now }: { offer: OfferView; now: string }) {
  const { t } = useTranslation()
  const back = useTakeBack(offer.request.id)
  return (
    <div className="offer-state">
      <Tag {...looks[offer.state]}>
        {offer.state === 'over' && offer.overFor
          ? t(`offers.over.${offer.overFor}`)
          : t(`offers.state.${offer.state}`, { name: offer.takenBy?.name ?? '' })}
      </Tag>
      {offer.words && <p className="offer-quote">{offer.words}</p>}
      {offer.roundEndsAt && (
        <p className="note">
          {t('offers.round', { count: offer.round, when: sayMoment(t, offer.roundEndsAt, now) })}
        </p>
      )}
      <ul className="offer-asks">
        {offer.asks.map((ask) => (
          <li key={ask.person.id}>
            <b>{ask.person.name}</b>
            <span>
              {t(`offers.answer.${ask.answer ?? 'waiting'}`)}
              {ask.basis && t('offers.backFor', { basis: lifecycleWord(t, `basis.${ask.basis}`) })}
            </span>
          </li>
        ))}
      </ul>
      {offer.state === 'open' && (
        <Button small kind="quiet" busy={back.isPending} onClick={() => back.mutate(offer.id)}>
          {t('offers.takeBack')}
        </Button>
      )}
      <ProblemNote error={back.error} />
    </div>
  )
}
