import { Button } from '#web/ui/button.tsx'
import { Link } from '@tanstack/react-router'
import { History, Plus, Printer, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { useNow } from '#web/ui/now.ts'
import { useMay } from '../../data/me.ts'
import { usePlanStep } from '../../data/plans.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { noon, shortDate } from '../../time.ts'
import { paths } from '../../paths.ts'
import { ComparePane } from './compare-pane.tsx'
import type { Opened } from './compare-pane.tsx'
import { Decide } from './decide.tsx'
import { DraftSheet } from './draft-sheet.tsx'
import { Fairness } from './fairness.tsx'
import { HistorySheet } from './history-sheet.tsx'
import { MoveForm } from './move-form.tsx'
import { Moves } from './moves.tsx'
import { OpenedList } from './opened-list.tsx'
import { PeopleTable } from './people-table.tsx'
import type { Taken } from './plan-map.tsx'
import { PlanMaps } from './plan-maps.tsx'
import { Solving } from './solving.tsx'
import { WhySheet } from './why-sheet.tsx'

/** One plan: before and after, whose lot changes, the figures, and what hands do with it. */
export function OnePlan({ plan, onNew }: { plan: Scenario; onNew: () => void }) {
  const { t } = useTranslation()
  const step = usePlanStep()
  const [sheet, setSheet] = useState<'history' | 'settings'>()
  const [opened, setOpened] = useState<Opened>()
  const [person, setPerson] = useState<string>()
  const [taken, setTaken] = useState<Taken>()
  // Of a large area one community is drawn at a time.
  const [part, setPart] = useState<string>()
  const { comparison } = plan
  const mayAdjust = plan.abilities.includes('adjust')
  return (
    <div className={comparison ? 'beside plans' : 'beside alone plans'}>
      <div className="page">
        <Head
          plan={plan}
          onNew={onNew}
          onHistory={() => setSheet('history')}
          onSettings={() => setSheet('settings')}
          onSolve={() => step.mutate({ plan, step: 'solve' })}
        />
        <ProblemNote error={step.error} />
        <Stands plan={plan} />
        {plan.state === 'solving' && <Solving plan={plan} />}
        {comparison && (
          <>
            <PlanMaps
              plan={plan}
              part={part}
              onPart={setPart}
              taken={taken}
              onTake={mayAdjust ? setTaken : undefined}
              onPerson={setPerson}
            />
            <PeopleTable plan={plan} onPerson={setPerson} />
          </>
        )}
      </div>
      {comparison && (
        <aside className="pane" aria-label={t('plans.compare')}>
          <ComparePane plan={plan} onOpen={setOpened} />
          {mayAdjust && taken && <MoveForm plan={plan} part={part} taken={taken} onTake={setTaken} />}
          {mayAdjust && !taken && (
            <Button wide onClick={() => setTaken({ unit: '' })}>
              {t('plans.move')}
            </Button>
          )}
          <Moves plan={plan} />
          <Fairness plan={plan} />
        </aside>
      )}
      <HistorySheet open={sheet === 'history'} onClose={() => setSheet(undefined)} />
      <DraftSheet plan={plan} open={sheet === 'settings'} onClose={() => setSheet(undefined)} />
      <OpenedList plan={plan} opened={opened} onClose={() => setOpened(undefined)} onPerson={setPerson} />
      <WhySheet plan={plan} person={person} onClose={() => setPerson(undefined)} />
    </div>
  )
}

type HeadProps = {
  plan: Scenario
  onNew: () => void
  onHistory: () => void
  onSettings: () => void
  onSolve: () => void
}

function Head({ plan, onNew, onHistory, onSettings, onSolve }: HeadProps) {
  const { t } = useTranslation()
  const now = useNow()
  const may = useMay()
  const planned = plan.comparison?.planned
  return (
    <header className="page-head">
      <div>
        <h1>{t('plans.heading', { day: shortDate(t, noon(plan.startsOn), now) })}</h1>
        <p>
          {t('plans.named', { name: plan.name, place: plan.place })}
          {plan.comparison &&
            plan.leaving.length > 0 &&
            t('plans.summary', { leaving: plan.leaving.length, unserved: plan.comparison.now.unserved })}
          {planned && t('plans.summaryAll', { people: planned.people, households: planned.households })}
        </p>
      </div>
      <div className="actions">
        <Button icon={History} onClick={onHistory}>
          {t('plans.history')}
        </Button>
        {plan.comparison && (
          <Link className="btn" to={paths.plansPrint} params={{ plan: plan.id }}>
            <Printer className="i" aria-hidden="true" />
            {t('plans.print')}
          </Link>
        )}
        {plan.abilities.includes('change') && (
          <Button icon={Settings2} onClick={onSettings}>
            {t('plans.settings')}
          </Button>
        )}
        {plan.state === 'published' && may('liaison.plan') && (
          <Button kind="primary" icon={Plus} onClick={onNew}>
            {t('plans.new')}
          </Button>
        )}
        <Decide plan={plan} onSolve={onSolve} />
      </div>
    </header>
  )
}

/** How the plan stands, where that needs a word. */
function Stands({ plan }: { plan: Scenario }) {
  const { t } = useTranslation()
  const step = usePlanStep()
  const isMine = !plan.abilities.includes('approve') && plan.abilities.includes('adjust')
  const words = {
    draft: plan.failed ? t(`plans.failedRun.${plan.failed}`) : t('plans.stands.draft'),
    solving: null,
    solved: isMine ? t('plans.stands.mine') : null,
    infeasible: isMine ? t('plans.stands.mine') : null,
    approved: t('plans.stands.approved', { name: plan.approvedBy?.name ?? '' }),
    published: plan.until ? t('plans.stands.over') : t('plans.stands.published'),
    cancelled: t('plans.stands.cancelled'),
  }[plan.state]
  if (!words) return null
  return (
    <div className="plan-stands">
      <p>
        {words}
        {plan.approvedWords && t('plans.approvedWords', { words: plan.approvedWords })}
      </p>
      {plan.abilities.includes('cancel') && plan.state !== 'approved' && (
        <Button kind="quiet" small onClick={() => step.mutate({ plan, step: 'cancellation' })}>
          {t('plans.cancel')}
        </Button>
      )}
    </div>
  )
}
