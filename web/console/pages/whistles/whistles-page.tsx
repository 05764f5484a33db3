import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronLeft, PanelRight } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Command } from '#whistle/commands.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Failed } from '#web/ui/states.tsx'
import { problemText } from '../../data/problem.ts'
import { oneWhistle, whistleList } from '../../data/whistles.ts'
import { useFirstOpen } from '../../parts/first-open.ts'
import { CaseBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { NewWhistle } from './new-whistle.tsx'
import { listOf, type WhistlePageSearch } from './search.ts'
import { WhistleCase } from './whistle-case.tsx'
import { WhistleFacts } from './whistle-facts.tsx'
import { NothingChosen, WhistleList } from './whistle-list.tsx'
import '../../styles/inbox.css'
import '../../styles/case.css'
import '../../styles/story.css'
import '../../styles/next.css'
import '../../styles/facts.css'
import '../../styles/deeds.css'
import './whistles.css'
import './loop.css'

const route = getRouteApi('/inside/console/whistles/{-$whistle}')

/** 吹哨报到: the list, one whistle as its loop, and what belongs to it, side by side. */
export function WhistlesPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const { whistle: id } = route.useParams()
  const navigate = route.useNavigate()
  const now = useNow()
  const list = useInfiniteQuery(whistleList(listOf(search)))
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const whistle = useQuery({ ...oneWhistle(id ?? ''), enabled: id !== undefined && !search.blow })
  // The form that is open belongs to one whistle; another one starts without it.
  const [opened, setOpened] = useState<{ id: string | undefined; step: Command['kind'] }>()
  const step = opened && opened.id === id ? opened.step : undefined
  const setStep = useCallback(
    (next: Command['kind'] | undefined) => setOpened(next && { id, step: next }),
    [id],
  )
  // A form that was sent closes itself only: by the time the answer is here, the next one may be open with words in it.
  const closeStep = useCallback(
    (done: Command['kind']) =>
      setOpened((open) => (open?.id === id && open?.step === done ? undefined : open)),
    [id],
  )
  const [facts, setFacts] = useState(false)
  useTitle(whistle.data ? `${whistle.data.code} ${whistle.data.title}` : t('nav.whistles'))
  const show = useCallback(
    (next: WhistlePageSearch, to?: string) =>
      void navigate({ params: { whistle: to }, search: next, replace: true }),
    [navigate],
  )
  useFirstOpen(
    id === undefined && !search.blow ? items[0]?.id : undefined,
    useCallback((first: string) => show(search, first), [show, search]),
  )
  const forms = search.blow !== undefined
  const hasCase = id !== undefined || forms
  const classes = ['three', hasCase && 'with-case', facts && !forms && 'with-facts']
  const { blow: _, ...kept } = search
  return (
    <div className={classes.filter(Boolean).join(' ')}>
      {hasCase && (
        <div className="three-bar">
          {facts ? (
            <Button kind="quiet" icon={ChevronLeft} onClick={() => setFacts(false)}>
              {t('case.backToCase')}
            </Button>
          ) : (
            <Link
              className="btn quiet"
              to={paths.whistles}
              params={{ whistle: undefined }}
              search={kept}
              replace
            >
              <Icon of={ChevronLeft} />
              {t('case.backToList')}
            </Link>
          )}
          {!forms && !facts && (
            <Button kind="quiet" icon={PanelRight} onClick={() => setFacts(true)}>
              {t('facts.label')}
            </Button>
          )}
        </div>
      )}
      <WhistleList list={list} items={items} search={search} onSearch={show} chosen={id} now={now} />
      {forms ? (
        <NewWhistle
          request={search.blow === 'new' ? undefined : search.blow}
          onDone={(made) => show({ queue: 'open' }, made)}
          onCancel={() => show(kept, id)}
        />
      ) : whistle.data ? (
        <>
          <WhistleCase whistle={whistle.data} now={now} step={step} onStep={setStep} onStepDone={closeStep} />
          <WhistleFacts whistle={whistle.data} now={now} />
        </>
      ) : (
        <>
          <div className="case case-wait">
            <h1 className="vh">{t('nav.whistles')}</h1>
            {whistle.isError && (
              <Failed
                what={t('whistle.failedOne')}
                safe={problemText(t, whistle.error)}
                onRetry={() => void whistle.refetch()}
                busy={whistle.isFetching}
              />
            )}
            {(whistle.isLoading || list.isPending) && <CaseBones />}
            {!hasCase && list.isSuccess && <NothingChosen />}
          </div>
          <aside className="facts" aria-label={t('facts.label')} />
        </>
      )}
    </div>
  )
}
