import { Link } from '@tanstack/react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { planList } from '../../data/plans.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { paths } from '../../paths.ts'
import { noon, shortDate } from '../../time.ts'

/** Every plan of my area, the newest first; who drafted and who approved it. */
export function HistorySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const list = useInfiniteQuery({ ...planList, enabled: open })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Sheet title={t('plans.history')} open={open} onClose={onClose} wide>
      <ListStates
        list={list}
        count={items.length}
        failed={t('plans.failed')}
        empty={{ title: t('plans.noneYet'), why: t('plans.noneYetWhy') }}
        bones={4}
        wide
      >
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{t('plans.title')}</th>
              <th scope="col">{t('plans.col.state')}</th>
              <th scope="col">{t('plans.col.holds')}</th>
              <th scope="col">{t('plans.col.people')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((plan) => (
              <tr key={plan.id}>
                <td>
                  <Link className="row-title" to={paths.plans} params={{ plan: plan.id }} onClick={onClose}>
                    {plan.name}
                  </Link>
                  <small>{plan.place}</small>
                </td>
                <td>{t(`plans.state.${plan.state}`)}</td>
                <td>
                  {plan.until
                    ? t('plans.fromUntil', {
                        from: shortDate(t, noon(plan.startsOn), now),
                        until: shortDate(t, noon(plan.until), now),
                      })
                    : t('plans.fromDay', { day: shortDate(t, noon(plan.startsOn), now) })}
                </td>
                <td>
                  {t('plans.draftedBy', { name: plan.draftedBy.name })}
                  {plan.approvedBy && <small>{t('plans.approvedBy', { name: plan.approvedBy.name })}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <MorePages list={list} label={t('plans.more')} />
      </ListStates>
    </Sheet>
  )
}
