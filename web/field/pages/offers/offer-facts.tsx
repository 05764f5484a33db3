import { Clock3, Footprints, MapPin, Wrench } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import type { Offer } from './offers.ts'

/** Where, how far, what for, until when: what it takes to say yes. */
export function OfferFacts({ offer }: { offer: Offer }) {
  const { t } = useTranslation('offers')
  const now = useNow()
  const { place, metres, skills, slots, until, dueAt } = offer
  return (
    <ul className="offer-facts">
      <li>
        <Icon of={MapPin} size="s" />
        {place}
      </li>
      {metres !== null && (
        <li>
          <Icon of={Footprints} size="s" />
          {t('offer.walk', { metres: metres < 100 ? 100 : Math.round(metres / 100) * 100 })}
        </li>
      )}
      {skills.length > 0 && (
        <li>
          <Icon of={Wrench} size="s" />
          {skills.map((skill) => t(`skill.${skill}`, { defaultValue: skill })).join(t('comma'))}
        </li>
      )}
      {slots.length > 0 && (
        <li>
          <Icon of={Clock3} size="s" />
          {slots.map((slot) => t(`slot.${slot}`)).join(t('comma'))}
        </li>
      )}
      {until !== null && (
        <li>
          <Icon of={Clock3} size="s" />
          {t('offer.until', { moment: sayMoment(t, until, now) })}
        </li>
      )}
      {until === null && dueAt !== null && (
        <li>
          <Icon of={Clock3} size="s" />
          {t('offer.due', { moment: sayMoment(t, dueAt, now) })}
        </li>
      )}
    </ul>
  )
}
