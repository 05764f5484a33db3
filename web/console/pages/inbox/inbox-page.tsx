import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { Failed } from '#web/ui/states.tsx'
import { useHolds, useMe } from '../../data/me.ts'
import { useWatched } from '../../data/notices.ts'
import { problemText } from '../../data/problem.ts'
import { type Filters, oneRequest, requestList } from '../../data/requests.ts'
import { useFirstOpen } from '../../parts/first-open.ts'
import { CaseBones } from '../../parts/list-states.tsx'
import { useNarrow } from '../../parts/narrow.ts'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { CasePane } from './case-pane.tsx'
import { FactsPane } from './facts-pane.tsx'
import { KeysHelp, useKeys } from './keys.tsx'
import { ListPane } from './list-pane.tsx'
import { type Step, stepKeys, stepsOf, whistleKey } from './steps.ts'
import { WayBack } from './way-back.tsx'
import '../../styles/inbox.css'
import '../../styles/case.css'
import '../../styles/story.css'
import '../../styles/next.css'
import '../../styles/facts.css'
import '../../styles/deeds.css'

const route = getRouteApi('/inside/console/inbox/{-$id}')

/** The inbox: what waits for me, the case, and what belongs to it, side by side. */
export function InboxPage() {
  const { t } = useTranslation()
  const filters = route.useSearch()
  const { id } = route.useParams()
  const navigate = route.useNavigate()
  const router = useRouter()
  const me = useMe()
  const isMine = useHolds()
  const now = useNow()
  const narrow = useNarrow()
  const list = useInfiniteQuery(requestList(filters))
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const request = useQuery({ ...oneRequest(id ?? ''), enabled: id !== undefined })
  useWatched(request.isSuccess ? id : undefined)
  // The form that is open belongs to one request; another request starts without it.
  const [opened, setOpened] = useState<{ id: string | undefined; step: Step }>()
  const step = opened && opened.id === id ? opened.step : undefined
  const setStep = useCallback((next: Step | undefined) => setOpened(next && { id, step: next }), [id])
  // A form that was sent closes itself only: by the time the answer is here, the next one may be open with words in it.
  const closeStep = useCallback(
    (done: Step) => setOpened((open) => (open?.id === id && open?.step === done ? undefined : open)),
    [id],
  )
  const [help, setHelp] = useState(false)
  const [facts, setFacts] = useState(false)
  useTitle(request.data ? `${request.data.code} ${request.data.title}` : t('nav.inbox'))

  const open = useCallback(
    (next: string | undefined) =>
      void navigate({ params: { id: next }, search: (before) => before, replace: true }),
    [navigate],
  )

  const lastId = useRef<string>(undefined)
  useFirstOpen(id === undefined ? items[0]?.id : undefined, open)
  // Who came from the list or the facts goes on where the case begins, and back at the row they left.
  useEffect(() => {
    if (!narrow) return
    if (id === undefined) setFacts(false)
    const row = lastId.current && document.querySelector<HTMLElement>(`[data-id="${lastId.current}"]`)
    if (id !== undefined) document.querySelector<HTMLElement>(facts ? '.facts' : '#case')?.focus()
    else if (row) row.focus({ preventScroll: true })
    lastId.current = id
  }, [narrow, id, facts])

  const lastAt = useRef(0)
  const hereAt = items.findIndex((item) => item.id === id)
  useEffect(() => {
    if (hereAt >= 0) lastAt.current = hereAt
  }, [hereAt])

  const move = useCallback(
    (by: 1 | -1) => {
      const at = items.findIndex((item) => item.id === id)
      // What I have just sent on is no longer in the list: go on from where it stood.
      const from = at < 0 ? lastAt.current - (by > 0 ? 1 : 0) : at
      const next = items[Math.min(items.length - 1, Math.max(0, from + by))]
      if (!next) return
      open(next.id)
      document.querySelector(`[data-id="${next.id}"]`)?.scrollIntoView({ block: 'nearest' })
    },
    [items, id, open],
  )

  useKeys(
    useCallback(
      (key) => {
        if (key === 'j' || key === 'k') move(key === 'j' ? 1 : -1)
        else if (key === '?') setHelp(true)
        else if (key === 'Enter' && document.activeElement === document.body)
          document.getElementById('case')?.focus()
        else if (key === 'Escape') setStep(undefined)
        else if (key === whistleKey && request.data?.abilities.includes('whistle'))
          void router.navigate({
            to: paths.whistles,
            params: { whistle: undefined },
            search: { blow: request.data.id },
          })
        else {
          const wanted = request.data && stepsOf(request.data).find((one) => stepKeys[one] === key)
          if (!wanted) return false
          setStep(wanted)
        }
        return true
      },
      [move, request.data, setStep, router],
    ),
  )

  const setFilters = (next: Filters) =>
    void navigate({ params: { id: undefined }, search: next, replace: true })
  return (
    <div className={['three', id && 'with-case', facts && 'with-facts'].filter(Boolean).join(' ')}>
      {id && <WayBack filters={filters} facts={facts} onFacts={setFacts} />}
      <ListPane
        list={list}
        items={items}
        filters={filters}
        onFilters={setFilters}
        home={me.home}
        chosen={id}
        isMine={isMine}
        now={now}
        onHelp={() => setHelp(true)}
      />
      {request.data ? (
        <>
          <CasePane
            request={request.data}
            mine={isMine(request.data)}
            now={now}
            step={step}
            onStep={setStep}
            onStepDone={closeStep}
            onFacts={() => setFacts(!facts)}
          />
          <FactsPane request={request.data} />
        </>
      ) : (
        <>
          <div className="case case-wait">
            <h1 className="vh">{t('inbox.title')}</h1>
            {request.isError && (
              <Failed
                what={t('case.failed')}
                safe={problemText(t, request.error)}
                onRetry={() => void request.refetch()}
                busy={request.isFetching}
              />
            )}
            {(request.isLoading || list.isPending) && <CaseBones />}
          </div>
          <aside className="facts" aria-label={t('facts.label')} />
        </>
      )}
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </div>
  )
}
