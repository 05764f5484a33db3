import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { Select } from '#web/ui/field.tsx'
import { Failed, Skeleton } from '#web/ui/states.tsx'
import { planMap } from '../../data/plans.ts'
import { problemText } from '../../data/problem.ts'
import { PlanMap } from './plan-map.tsx'
import type { Taken } from './plan-map.tsx'

type Props = {
  plan: Scenario
  /** The community that is drawn; the one that changes most when nobody chose. */
  part: string | undefined
  onPart: (part: string) => void
  taken: Taken | undefined
  onTake: ((taken: Taken) => void) | undefined
  onPerson: (person: string) => void
}

/** Before and after side by side; of a large area one community at a time, the one that changes most first. */
export function PlanMaps({ plan, part, onPart, taken, onTake, onPerson }: Props) {
  const { t } = useTranslation()
  const map = useQuery(planMap(plan.id, plan.version, part))
  if (map.isError)
    return (
      <Failed
        what={t('plans.mapFailed')}
        safe={problemText(t, map.error)}
        onRetry={() => void map.refetch()}
      />
    )
  if (!map.data)
    return (
      <div className="plan-maps" aria-busy="true">
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </div>
    )
  const { data } = map
  const past = plan.state === 'published' ? t('plans.mapBefore') : t('plans.mapNow')
  return (
    <div className="plan-drawn">
      {data.parts.length > 0 && (
        <div className="plan-part">
          <Select label={t('plans.part')} value={data.path} onChange={(event) => onPart(event.target.value)}>
            {data.parts.map(({ path, name, changed }) => (
              <option key={path} value={path}>
                {t('plans.partChanged', { name, count: changed })}
              </option>
            ))}
          </Select>
        </div>
      )}
      <div className="plan-maps">
        <figure>
          <figcaption>
            <b>{past}</b>
            {plan.comparison && (
              <span>
                {t('plans.mapNowSays', {
                  count: plan.comparison.now.unserved,
                  over: plan.comparison.now.over,
                })}
              </span>
            )}
          </figcaption>
          <PlanMap map={data} side="now" label={t('plans.mapLabel', { which: past })} onPerson={onPerson} />
        </figure>
        <figure>
          <figcaption>
            <b>{t('plans.mapNew')}</b>
            {onTake && <span>{t('plans.mapHint')}</span>}
          </figcaption>
          <PlanMap
            map={data}
            side="planned"
            label={t('plans.mapLabel', { which: t('plans.mapNew') })}
            taken={taken}
            onTake={onTake}
            onPerson={onPerson}
          />
        </figure>
      </div>
      <Key most={plan.most} />
    </div>
  )
}

/** What the marks mean. */
function Key({ most }: { most: number }) {
  const { t } = useTranslation()
  const ways = ['same', 'changed', 'far', 'hand'] as const
  return (
    <ul className="plan-key" aria-label={t('plans.key')}>
      {ways.map((kind) => (
        <li key={kind}>
          <svg className="plan-map" viewBox="0 0 26 14" aria-hidden="true">
            <path className={`way ${kind}`} d="M1 7h24" />
          </svg>
          {t(`plans.way.${kind}`)}
        </li>
      ))}
      <li>
        <svg className="plan-map" viewBox="0 0 26 14" aria-hidden="true">
          <rect className="unit nobody" x="3" y="2.5" width="20" height="9" />
        </svg>
        {t('plans.nobody')}
      </li>
      <li>
        <svg className="plan-map" viewBox="0 0 26 14" aria-hidden="true">
          <circle className="who over" cx="13" cy="7" r="5" />
        </svg>
        {t('plans.overMany', { count: most })}
      </li>
      <li>
        <svg className="plan-map" viewBox="0 0 26 14" aria-hidden="true">
          <circle className="who" cx="13" cy="7" r="4.2" />
        </svg>
        {t('plans.liaison')}
      </li>
    </ul>
  )
}
