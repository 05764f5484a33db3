import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'

/** Why no plan keeps every bound: the whole first, then where, each with figures that anybody can add up (LP9). */
export function Lacks({ plan }: { plan: Scenario }) {
  const { t } = useTranslation()
  const [whole, ...areas] = plan.lacks
  if (!whole) return null
  return (
    <div className="plan-lack" role="note">
      <h3>{t(`plans.lack.${whole.kind}.title`, { count: whole.by })}</h3>
      <p>
        {t(`plans.lack.${whole.kind}.says`, {
          households: whole.households,
          people: whole.people,
          places: whole.places,
          count: whole.by,
        })}
      </p>
      {areas.length > 0 && (
        <ul>
          {areas.slice(0, 6).map((area, at) => (
            <li key={at}>
              {t(`plans.lack.${area.kind}.says`, {
                where: area.where.slice(0, 3).join(t('plans.listComma')),
                households: area.households,
                people: area.people,
                places: area.places,
                count: area.by,
              })}
            </li>
          ))}
        </ul>
      )}
      <p>{t('plans.lack.what')}</p>
    </div>
  )
}
