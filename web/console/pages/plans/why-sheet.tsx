import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import type { Why } from '#liaison/lists-contract.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { Failed, RowBones } from '#web/ui/states.tsx'
import { whyPerson } from '../../data/plans.ts'
import { problemText } from '../../data/problem.ts'

type Props = { plan: Scenario; person: string | undefined; onClose: () => void }

/** Why one person has these households, in words (LP8). */
export function WhySheet({ plan, person, onClose }: Props) {
  const { t } = useTranslation()
  const why = useQuery({ ...whyPerson(plan.id, plan.version, person ?? ''), enabled: person !== undefined })
  const name = why.data?.person.name ?? ''
  return (
    <Sheet
      title={
        why.data
          ? t(why.data.person.leaving ? 'plans.whyLeaves' : 'plans.whyTitle', {
              name,
              count: why.data.person.households,
            })
          : t('plans.whyLoading')
      }
      open={person !== undefined}
      onClose={onClose}
      wide
    >
      {why.isPending && <RowBones rows={4} />}
      {why.isError && (
        <Failed
          what={t('plans.listFailed')}
          safe={problemText(t, why.error)}
          onRetry={() => void why.refetch()}
        />
      )}
      {why.data && <Said why={why.data} plan={plan} />}
    </Sheet>
  )
}

function Said({ why, plan }: { why: Why; plan: Scenario }) {
  const { t } = useTranslation()
  const { person, units, elsewhere, lost, full, saves, anchors } = why
  const from = [...new Set(anchors)].map((kind) => t(`plans.anchor.${kind}`)).join(t('plans.listComma'))
  return (
    <div className="plan-why">
      <p>
        {t('plans.whyFrom', { from })}
        {person.metres !== null && t('plans.whyMean', { metres: person.metres })}
        {t('plans.whyBounds', { least: person.least, most: person.most })}
        {full && t(saves > 0 ? 'plans.whyFullSaves' : 'plans.whyFull', { saves })}
      </p>
      {units.length > 0 && (
        <table className="ledger">
          <caption>{t('plans.whyHas')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('plans.unit')}</th>
              <th scope="col" className="n">
                {t('plans.col.count')}
              </th>
              <th scope="col" className="n">
                {t('plans.col.far')}
              </th>
              <th scope="col">{t('plans.col.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.path}>
                <td>{unit.place}</td>
                <td className="n">
                  {t('plans.households', { count: unit.households })}
                  {unit.kept > 0 && <small>{t('plans.kept', { count: unit.kept })}</small>}
                </td>
                <td className="n">{t('plans.metres', { count: unit.metres })}</td>
                <td>
                  {unit.byHand > 0 && t('plans.byHand', { count: unit.byHand })}
                  {unit.next &&
                    t(unit.next.more === 0 ? 'plans.nextEqual' : 'plans.next', {
                      name: unit.next.person.name,
                      metres: unit.next.metres,
                      more: unit.next.more,
                    })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {elsewhere.length > 0 && (
        <>
          <h3>{t('plans.nearer')}</h3>
          <ul>
            {elsewhere.map((one, at) => (
              <li key={at}>
                {t(one.more === 0 ? 'plans.nearerEqual' : 'plans.nearerOne', {
                  place: one.place,
                  metres: one.metres,
                  names: one.with.map(({ name }) => name).join(t('plans.listComma')) || t('plans.nobody'),
                  more: one.more,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {lost.length > 0 && (
        <>
          <h3>{t('plans.lost')}</h3>
          <ul>
            {lost.map((one, at) => (
              <li key={at}>
                {t(one.to ? 'plans.lostTo' : 'plans.lostNobody', {
                  place: one.place,
                  count: one.households,
                  name: one.to?.name ?? '',
                  metres: one.metres ?? 0,
                  toMetres: one.toMetres ?? 0,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.proven && <p className="note second">{t('plans.whyNote')}</p>}
    </div>
  )
}
