import { useQuery } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#web/ui/button.tsx'
import { sayMoment } from '#web/ui/say-time.ts'
import { Seal } from '#web/ui/seal.tsx'
import { Failed } from '#web/ui/states.tsx'
import { useMe } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import { dutyAt } from '../../data/rota.ts'
import { PlacePicker } from '../../parts/place-picker.tsx'

/** X3: who answers for a place now, and whom to try above. */
export function PlaceNow({ now }: { now: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const [place, setPlace] = useState(me.home)
  return (
    <section className="rota-place" aria-labelledby="rota-place">
      <h2 id="rota-place">{t('rota.placeNow')}</h2>
      <PlacePicker home={me.home} value={place} onChange={setPlace} />
      <Answer place={place} now={now} />
    </section>
  )
}

function Answer({ place, now }: { place: string; now: string }) {
  const { t } = useTranslation()
  const known = useQuery(dutyAt(place))
  if (known.isError)
    return (
      <Failed
        what={t('rota.failed')}
        safe={problemText(t, known.error)}
        onRetry={() => void known.refetch()}
      />
    )
  if (!known.data) return null
  const { onDuty, above } = known.data
  const number = onDuty && (onDuty.dutyPhone ?? onDuty.phone)
  return (
    <div className="rota-answer" aria-live="polite">
      {onDuty ? (
        <div className="turn">
          <Seal name={onDuty.name} />
          <div className="turn-who">
            <b>{t('rota.answers', { name: onDuty.name, place: known.data.place })}</b>
            <small>
              {t(`rota.by.${onDuty.kind}`, {
                organisation: onDuty.organisation,
                until: sayMoment(t, onDuty.until, now),
              })}
              {onDuty.then && t('rota.then', { name: onDuty.then.name })}
            </small>
          </div>
          {number && (
            <ButtonLink small icon={Phone} href={`tel:${number}`}>
              {number}
            </ButtonLink>
          )}
        </div>
      ) : (
        <p>{t('rota.nobodyHere')}</p>
      )}
      {above.length > 0 && (
        <ul>
          {above.map((desk) => (
            <li key={desk.organisation}>
              {desk.name
                ? t('rota.aboveNamed', {
                    organisation: desk.organisation,
                    name: desk.name,
                    phone: desk.phone ?? t('rota.noPhone'),
                  })
                : t('rota.above', {
                    organisation: desk.organisation,
                    phone: desk.phone ?? t('rota.noPhone'),
                  })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
