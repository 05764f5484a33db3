import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../data/me.ts'
import { useTitle } from '../../parts/title.ts'
import { type VisitSearch, visitTabs } from './search.ts'
import { FiguresTab } from './figures-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { SpotsTab } from './spots-tab.tsx'
import { TasksTab } from './tasks-tab.tsx'
import { VisitPane } from './visit-pane.tsx'
import { VisitsTab } from './visits-tab.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import '../../styles/inbox.css'
import './visits.css'

const route = getRouteApi('/inside/console/visits')

/** Rounds from door to door: what is to be done, what was done, what residents say of it, and the rules. No ranking of people. */
export function VisitsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [open, setOpen] = useState<string>()
  useTitle(t('nav.visits'))
  const tabs = visitTabs.filter(
    (tab) =>
      (tab !== 'figures' || may('visit.figures')) &&
      (tab !== 'rules' || may('visit_rule.read')) &&
      (tab !== 'spots' || may('spot.ask')),
  )
  const show = (next: VisitSearch) => {
    setOpen(undefined)
    void navigate({ search: next })
  }
  const { tab } = search
  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page visits">
        <header className="page-head">
          <div>
            <h1>{t('nav.visits')}</h1>
            <p>{t(`visits.what.${tab}`)}</p>
          </div>
        </header>
        <Tabs
          label={t('nav.visits')}
          tabs={tabs.map((one) => ({ value: one, label: t(`visits.tab.${one}`) }))}
          value={tab}
          onChange={(to) => show({ tab: to })}
        />
        {tab === 'tasks' && <TasksTab search={search} onSearch={show} onVisit={setOpen} />}
        {tab === 'visits' && <VisitsTab search={search} onSearch={show} open={open} onOpen={setOpen} />}
        {tab === 'figures' && <FiguresTab search={search} onSearch={show} />}
        {tab === 'rules' && <RulesTab />}
        {tab === 'spots' && <SpotsTab />}
      </div>
      {open && <VisitPane key={open} id={open} onClose={() => setOpen(undefined)} />}
    </div>
  )
}
