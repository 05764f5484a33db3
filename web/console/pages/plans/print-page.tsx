import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { Failed } from '#web/ui/states.tsx'
import { onePlan, planPeople } from '../../data/plans.ts'
import { problemText } from '../../data/problem.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { exactly, noon, shortDate } from '../../time.ts'
import { placesSaid } from './places-said.ts'
import './plans.css'

const here = getRouteApi('/inside/console/plans/$plan/print')

/** A plan as a sheet of paper: who looks after which stairwells from when on. */
export function PlanPrintPage() {
  const { t } = useTranslation()
  const now = useNow()
  const { plan: id } = here.useParams()
  const plan = useQuery(onePlan(id))
  const version = plan.data?.version ?? 0
  const people = useInfiniteQuery({
    ...planPeople(id, version, { of: 'all', side: 'planned', limit: 200 }),
    enabled: plan.data?.comparison != null,
  })
  const { hasNextPage, isFetching, fetchNextPage } = people
  useTitle(t('plans.printTitle'))
  // A sheet is whole or it is none: all pages, one after the other.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const failed = plan.error ?? people.error
  if (failed)
    return (
      <div className="page">
        <Failed
          what={t('plans.failed')}
          safe={problemText(t, failed)}
          onRetry={() => void people.refetch()}
        />
      </div>
    )
  if (!plan.data || people.isPending || hasNextPage)
    return (
      <div className="page">
        <TableBones rows={12} wide />
      </div>
    )
  const rows = people.data?.pages.flatMap((page) => page.items) ?? []
  const staying = rows.filter(({ leaving, households }) => !leaving && households > 0)
  const { comparison } = plan.data
  return (
    <div className="page plan-paper">
      <div className="plan-paper-do">
        <Link className="btn" to={paths.plans} params={{ plan: id }}>
          {t('plans.back')}
        </Link>
        <Button kind="primary" icon={Printer} onClick={() => print()}>
          {t('plans.print')}
        </Button>
      </div>
      <article>
        <h1>{t('plans.paperTitle', { place: plan.data.place })}</h1>
        <p>
          {t('plans.paperSays', {
            day: shortDate(t, noon(plan.data.startsOn), now),
            people: staying.length,
            households: comparison?.planned?.households ?? 0,
            metres: comparison?.planned?.meanMetres ?? 0,
          })}
        </p>
        <p>
          {t('plans.draftedBy', { name: plan.data.draftedBy.name })}
          {t('comma')}
          {plan.data.approvedBy
            ? t('plans.approvedBy', { name: plan.data.approvedBy.name })
            : t('plans.notApproved')}
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('plans.liaison')}</th>
              <th scope="col">{t('plans.col.count')}</th>
              <th scope="col">{t('plans.col.paperWhere')}</th>
            </tr>
          </thead>
          <tbody>
            {staying
              .toSorted((a, b) => ((a.places[0]?.path ?? '') < (b.places[0]?.path ?? '') ? -1 : 1))
              .map((person) => (
                <tr key={person.id}>
                  <td>{person.name}</td>
                  <td>{person.households}</td>
                  <td>{placesSaid(t, person.places)}</td>
                </tr>
              ))}
          </tbody>
        </table>
        <footer>{t('plans.paperFoot', { at: exactly(t, now) })}</footer>
      </article>
    </div>
  )
}
