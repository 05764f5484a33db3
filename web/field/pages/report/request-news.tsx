import { useTranslation } from 'react-i18next'
import { Card } from '#web/ui/card.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayShortDay } from '#web/ui/say-time.ts'
import { Tag, type Tone } from '#web/ui/tag.tsx'
import type { OwnRequest } from '../../kept/views.ts'

/** So many of what was reported last are shown. */
const inSight = 5

const tones: Record<string, Tone> = {
  answered: 'done',
  closed: 'done',
  declined: 'line',
  withdrawn: 'line',
  merged: 'line',
  suspended: 'line',
}

/** What became of what was reported from here: whoever passed it on can tell the household how it stands. */
export function RequestNews({ requests }: { requests: readonly OwnRequest[] }) {
  const { t } = useTranslation(['field', 'requests'])
  const now = useNow()
  if (requests.length === 0) return null
  return (
    <section aria-label={t('today.reported')}>
      <div className="sec">
        <h2>{t('today.reported')}</h2>
      </div>
      <Card className="rows news">
        {requests.slice(0, inSight).map((one) => (
          <div key={one.id}>
            <p className="grow">
              {one.title}
              <small>
                <span className="nb">{one.code}</span>
                {t('comma')}
                {sayShortDay(t, one.changedAt, now)}
              </small>
            </p>
            <Tag tone={tones[one.state] ?? 'none'} icon={undefined}>
              {t(`state.${one.state}`, { ns: 'requests' })}
            </Tag>
          </div>
        ))}
      </Card>
    </section>
  )
}
