import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '#web/ui/sheet.tsx'
import { useMay, useMe } from '../../data/me.ts'
import type { Option } from '../../parts/combobox.tsx'
import { useTitle } from '../../parts/title.ts'
import { BoardTab } from './board-tab.tsx'
import { FiguresTab } from './figures-tab.tsx'
import { GiveForm } from './give-form.tsx'
import { ListTab } from './list-tab.tsx'
import type { DispatchSearch, DispatchTab } from './search.ts'
import { dispatchTabs } from './search.ts'
import { Tabs } from '../../parts/tabs.tsx'
import '../../styles/inbox.css'
import '../../styles/next.css'
import '../../styles/deeds.css'
import './dispatch.css'

const route = getRouteApi('/inside/console/dispatch')

/** What is being given out, and to whom it was dragged. */
export type Giving = { id: string; title: string; to?: Option | undefined }

/** Whose turn it is: by level and organisation, within one's own, by due time; and how good the dispatching was. */
export function DispatchPage() {
  const { t } = useTranslation()
  const may = useMay()
  const { posts } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [giving, setGiving] = useState<Giving>()
  useTitle(t('nav.dispatch'))
  // Whoever serves no desk sees the same board of their own organisation.
  const isDesk = posts.some(({ role }) => role.endsWith('_desk') || role === 'grid_worker')
  const tabs = dispatchTabs.filter(
    (tab) => (tab !== 'board' || isDesk) && (tab !== 'figures' || may('dispatch.figures')),
  )
  const tab: DispatchTab = tabs.find((one) => one === search.tab) ?? tabs[0]!
  const show = (next: DispatchSearch) => void navigate({ search: next })
  const parts = { search, onSearch: show, onGive: setGiving }
  return (
    <div className="page dispatch-page">
      <header className="page-head">
        <div>
          <h1>{t(tab === 'figures' ? 'dispatch.figuresTitle' : 'dispatch.whoseTurn')}</h1>
          <p>{t(`dispatch.tabWhat.${tab}`)}</p>
        </div>
      </header>
      <Tabs
        label={t('nav.dispatch')}
        tabs={tabs.map((one) => ({ value: one, label: t(`dispatch.tab.${one}`) }))}
        value={tab}
        onChange={(to) => show({ tab: to, path: search.path })}
      />
      {tab === 'board' && <BoardTab {...parts} by="holder" />}
      {tab === 'own' && <BoardTab {...parts} by="step" />}
      {tab === 'list' && <ListTab {...parts} />}
      {tab === 'figures' && <FiguresTab search={search} onSearch={show} />}
      <Sheet
        title={giving?.title ?? ''}
        open={giving !== undefined}
        onClose={() => setGiving(undefined)}
        wide
      >
        {giving && (
          <GiveForm key={giving.id} id={giving.id} to={giving.to} onClose={() => setGiving(undefined)} />
        )}
      </Sheet>
    </div>
  )
}
