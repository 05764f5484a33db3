import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Failed } from '#web/ui/states.tsx'
import { planPeople } from '../../data/plans.ts'
import { problemText } from '../../data/problem.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { placesSaid } from './places-said.ts'

const first = 8

/** Whose households change most; everybody on demand, a page at a time. A name opens why they have what they have. */
export function PeopleTable({ plan, onPerson }: { plan: Scenario; onPerson: (person: string) => void }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const list = useInfiniteQuery(planPeople(plan.id, plan.version, { of: 'all', side: 'planned' }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const shown = all ? items : items.slice(0, first)
  if (list.isError)
    return (
      <Failed
        what={t('plans.listFailed')}
        safe={problemText(t, list.error)}
        onRetry={() => void list.refetch()}
      />
    )
  if (list.isPending) return <TableBones rows={5} wide />
  const pair = (was: string, becomes: string) => (
    <>
      <em>{was}</em> {t('plans.becomes')} {becomes}
    </>
  )
  const metres = (value: number | null) =>
    value === null ? t('plans.none') : t('plans.metres', { count: value })
  return (
    <div className="plan-people">
      <div className="plan-people-head">
        <h2 id="plan-people">{t('plans.whoChanges')}</h2>
        {total > first && (
          <Button kind="quiet" small onClick={() => setAll(!all)}>
            {all ? t('plans.fewer') : t('plans.everybody', { count: total })}
          </Button>
        )}
      </div>
      <table className="ledger" aria-labelledby="plan-people">
        <thead>
          <tr>
            <th scope="col">{t('plans.liaison')}</th>
            <th scope="col" className="n">
              {t('plans.col.households')}
            </th>
            <th scope="col" className="n">
              {t('plans.col.metres')}
            </th>
            <th scope="col" className="n">
              {t('plans.col.given')}
            </th>
            <th scope="col" className="n">
              {t('plans.col.taken')}
            </th>
            <th scope="col">{t('plans.col.where')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((person) => (
            <tr key={person.id}>
              <td>
                <button type="button" className="row-title" onClick={() => onPerson(person.id)}>
                  {person.name}
                </button>
              </td>
              <td className="n" data-label={t('plans.col.households')}>
                {pair(String(person.householdsNow), t('plans.households', { count: person.households }))}
              </td>
              <td className="n" data-label={t('plans.col.metres')}>
                {pair(
                  person.metresNow === null ? t('plans.none') : String(person.metresNow),
                  metres(person.metres),
                )}
              </td>
              <td className="n" data-label={t('plans.col.given')}>
                {t('plans.households', { count: person.given })}
              </td>
              <td className="n" data-label={t('plans.col.taken')}>
                {t('plans.households', { count: person.taken })}
              </td>
              <td>{person.leaving ? t('plans.leaves') : placesSaid(t, person.places)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all && list.hasNextPage && (
        <Button kind="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('plans.more')}
        </Button>
      )}
    </div>
  )
}
