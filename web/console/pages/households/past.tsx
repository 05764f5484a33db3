import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { HouseholdPage } from '#handbook/contract.ts'
import { Tag } from '#web/ui/tag.tsx'
import { Words } from '#web/ui/words.tsx'
import { useMay } from '../../data/me.ts'
import { paths } from '../../paths.ts'
import { noon, shortDate, shortLeft } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'

type Props = { page: HouseholdPage; now: string }
/** The latest visits: whether somebody was met, and what was heard in the household's own words. */
export function Visits({ page, now }: Props) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>
        {t('handbook.visits')}
        {page.moreVisits && <span>{t('handbook.andEarlier')}</span>}
      </h3>
      {page.visits.length === 0 && <p className="muted">{t('handbook.noVisits')}</p>}
      <ul className="visits-past">
        {page.visits.map((one) => (
          <li key={one.id}>
            <time dateTime={one.onDay}>{shortDate(t, noon(one.onDay), now)}</time>
            <span>
              {t(`handbook.outcome.${one.outcome}`, { name: one.person })}
              {one.how && one.how !== 'fine' && t('handbook.and', { what: t(`handbook.how.${one.how}`) })}
              {one.words && (
                <>
                  {t('handbook.comma')}
                  <Words>{one.words}</Words>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the household said, by name and state; nothing that was said in confidence. */
export function Requests({ page, now }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const { items, total } = page.requests
  if (total === 0) return null
  return (
    <section>
      <h3>
        {t('handbook.requests')}
        {total > items.length && <span>{t('handbook.inAll', { count: total })}</span>}
      </h3>
      <ul className="said-here">
        {items.map((one) => {
          const left = one.dueAt ? shortLeft(t, one.dueAt, now) : undefined
          const over = ['closed', 'declined', 'merged', 'withdrawn', 'answered'].includes(one.state)
          return (
            <li key={one.id}>
              {may('request.read') ? (
                <Link to={paths.inbox} params={{ id: one.id }} search={{ queue: 'all' }}>
                  {one.title}
                </Link>
              ) : (
                <span>{one.title}</span>
              )}
              {!over && left ? (
                <Tag tone={left.tone}>{left.said}</Tag>
              ) : (
                <Tag>{lifecycleWord(t, `state.${one.state}`)}</Tag>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Who lived behind this door before. */
export function Lived({ page, now }: Props) {
  const { t } = useTranslation()
  const day = (value: string) => shortDate(t, noon(value), now)
  return (
    <section>
      <h3>{t('handbook.lived')}</h3>
      <ul className="lived">
        {page.lived.map((one) => (
          <li key={one.id}>
            {t('handbook.family', { family: one.family })}
            <small>
              {one.movedOut
                ? t('handbook.livedUntil', {
                    from: one.movedIn ? day(one.movedIn) : t('handbook.sinceLong'),
                    until: day(one.movedOut),
                  })
                : one.movedIn
                  ? t('handbook.livesSince', { day: day(one.movedIn) })
                  : t('handbook.livesLong')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
