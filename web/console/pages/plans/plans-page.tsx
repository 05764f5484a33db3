import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScenarioSummary } from '#liaison/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty, Failed } from '#web/ui/states.tsx'
import { useMay } from '../../data/me.ts'
import { onePlan, planList } from '../../data/plans.ts'
import { problemText } from '../../data/problem.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { DraftSheet } from './draft-sheet.tsx'
import { OnePlan } from './one-plan.tsx'
import './plans.css'

const here = getRouteApi('/inside/console/plans/{-$plan}')

/** What waits to be decided, else what holds. */
function chosenOf(plans: readonly ScenarioSummary[]): ScenarioSummary | undefined {
  return plans.find(({ state }) => state !== 'published') ?? plans[0]
}

/** Liaison plans: who looks after whom, now and with the plan, and what changes for whom (L1). */
export function PlansPage() {
  const { t } = useTranslation()
  const may = useMay()
  const { plan: id } = here.useParams()
  const list = useInfiniteQuery(planList)
  const plans = list.data?.pages.flatMap((page) => page.items) ?? []
  // Once opened it stays, also when it has been decided meanwhile and another one is first.
  const [opened, setOpened] = useState<string>()
  const wanted = id ?? opened ?? chosenOf(plans)?.id
  if (id === undefined && opened !== wanted) setOpened(wanted)
  const plan = useQuery(onePlan(wanted))
  const [drafting, setDrafting] = useState(false)
  useTitle(plan.data?.name ?? t('plans.title'))
  const error = plan.error ?? (id === undefined ? list.error : null)
  const none = list.isSuccess && wanted === undefined
  return (
    <>
      {error && (
        <div className="page">
          <Failed
            what={t('plans.failed')}
            safe={problemText(t, error)}
            onRetry={() => void (plan.error ? plan.refetch() : list.refetch())}
          />
        </div>
      )}
      {none && (
        <div className="page">
          <Empty title={t('plans.noneYet')} why={t('plans.noneYetWhy')}>
            {may('liaison.plan') && (
              <Button kind="primary" icon={Plus} onClick={() => setDrafting(true)}>
                {t('plans.new')}
              </Button>
            )}
          </Empty>
        </div>
      )}
      {!error && !none && !plan.data && (
        <div className="page">
          <TableBones rows={8} wide />
        </div>
      )}
      {!error && plan.data && <OnePlan key={plan.data.id} plan={plan.data} onNew={() => setDrafting(true)} />}
      <DraftSheet open={drafting} onClose={() => setDrafting(false)} />
    </>
  )
}
