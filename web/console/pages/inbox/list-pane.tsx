import { ListFilter } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { useInfiniteQuery, InfiniteData } from '@tanstack/react-query'
import type { RequestSummary } from '#requests/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty, Failed, Loading, Skeleton } from '#web/ui/states.tsx'
import { useMay } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import type { Filters, Listed, ListedRequest } from '../../data/requests.ts'
import { ExportList } from './export-list.tsx'
import { FilterBox, filtersSet } from './filters.tsx'
import { KeysFoot } from './keys.tsx'
import { RequestRows } from './request-list.tsx'
import { SearchBar } from './search-bar.tsx'
import { Tabs } from '../../parts/tabs.tsx'

const queues = ['mine', 'review', 'watching', 'heard', 'all'] as const

type Listing = ReturnType<typeof useInfiniteQuery<Listed, Error, InfiniteData<Listed>>>

/** The list of the inbox: its tabs, its filters, its rows, its keys. */
export function ListPane(props: {
  list: Listing
  items: ListedRequest[]
  filters: Filters
  onFilters: (filters: Filters) => void
  home: string
  chosen: string | undefined
  isMine: (request: RequestSummary) => boolean
  now: string
  onHelp: () => void
}) {
  const { list, items, filters, onFilters, home, chosen, isMine, now, onHelp } = props
  const { t } = useTranslation()
  const [filtering, setFiltering] = useState(filtersSet(filters) > 0)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  // Only who serves at a desk reviews.
  const may = useMay()
  // What I heard first is reached from the page of duty, and takes a place only while it is open: five do not fit.
  const left = filters.queue === 'heard' ? 'watching' : 'heard'
  const shown = queues.filter((queue) => queue !== left && (queue !== 'review' || may('call.read')))
  const counts = list.data?.pages[0]?.counts
  return (
    <section className="list-pane" aria-label={t('inbox.title')}>
      <Tabs
        label={t('inbox.queues')}
        tabs={shown.map((queue) => ({
          value: queue,
          label: (
            <>
              {t(`queue.${queue}`)}
              {queue === 'mine' && counts && <span> {counts.mine}</span>}
            </>
          ),
        }))}
        value={filters.queue}
        onChange={(queue) => onFilters({ ...filters, queue })}
        controls="rows"
      >
        <Button
          small
          kind="quiet"
          icon={ListFilter}
          aria-expanded={filtering}
          aria-controls="filters"
          onClick={() => setFiltering(!filtering)}
        >
          {filtersSet(filters) > 0 ? t('filter.openSet', { count: filtersSet(filters) }) : t('filter.open')}
        </Button>
      </Tabs>
      <SearchBar filters={filters} onFilters={onFilters} found={list.data?.pages.at(-1)?.found} />
      <div id="filters">
        {filtering && (
          <>
            <FilterBox filters={filters} home={home} onChange={onFilters} />
            <ExportList filters={filters} />
          </>
        )}
      </div>
      <div
        className="list-scroll"
        id="rows"
        role="tabpanel"
        tabIndex={-1}
        aria-label={t(`queue.${filters.queue}`)}
      >
        {list.isPending && <RowsLoading />}
        {list.isError && (
          <div className="list-failed">
            <Failed
              what={t('inbox.failed')}
              safe={problemText(t, list.error)}
              onRetry={() => void list.refetch()}
              busy={list.isFetching}
            />
          </div>
        )}
        {list.isSuccess && items.length === 0 && (
          <NothingHere filters={filters} onFilters={onFilters} tooShort={list.data.pages[0]?.tooShort} />
        )}
        <RequestRows
          items={items}
          filters={filters}
          headed={filters.queue !== 'all' && !filters.q}
          chosen={chosen}
          isMine={isMine}
          isFresh={(item) =>
            isMine(item) &&
            ['submit', 'assign', 'return', 'transfer', 'escalate'].includes(item.lastEntry.kind)
          }
          complete={!hasNextPage}
          now={now}
          onEnd={more}
        />
        {isFetchingNextPage && <p className="list-more">{t('inbox.more')}</p>}
      </div>
      <KeysFoot onHelp={onHelp} />
    </section>
  )
}

/** Rows of the right height while the real ones are on their way. */
function RowsLoading() {
  return (
    <Loading>
      {[0, 1, 2, 3, 4, 5, 6].map((row) => (
        <div className="item bones-row" key={row} aria-hidden="true">
          <Skeleton shape="line w70" />
          <Skeleton shape="line w40" />
          <Skeleton shape="line w90" />
        </div>
      ))}
    </Loading>
  )
}

function NothingHere(props: {
  filters: Filters
  onFilters: (filters: Filters) => void
  tooShort: boolean | undefined
}) {
  const { filters, onFilters, tooShort } = props
  const { t } = useTranslation()
  if (tooShort) return <Empty title={t('search.tooShort')} why={t('search.tooShortWhy')} />
  if (filters.q) {
    const wider = filters.queue !== 'all' || filtersSet(filters) > 0
    return (
      <Empty
        title={t('search.none', { q: filters.q })}
        why={t(wider ? 'search.noneWhyHere' : 'search.noneWhy')}
      >
        {wider && (
          <Button onClick={() => onFilters({ queue: 'all', q: filters.q })}>{t('search.everywhere')}</Button>
        )}
      </Empty>
    )
  }
  if (filtersSet(filters) > 0) {
    return (
      <Empty title={t('inbox.noneFiltered')} why={t('inbox.noneFilteredWhy')}>
        <Button onClick={() => onFilters({ queue: filters.queue })}>{t('filter.clear')}</Button>
      </Empty>
    )
  }
  return (
    <Empty title={t(`inbox.none.${filters.queue}`)} why={t(`inbox.noneWhy.${filters.queue}`)}>
      {filters.queue !== 'all' && (
        <Button onClick={() => onFilters({ queue: 'all' })}>{t('inbox.seeAll')}</Button>
      )}
    </Empty>
  )
}
