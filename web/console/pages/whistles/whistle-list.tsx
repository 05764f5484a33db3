import { Link } from '@tanstack/react-router'
import type { useInfiniteQuery, InfiniteData } from '@tanstack/react-query'
import { Megaphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WhistleList as Listed, WhistleSummary } from '#whistle/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { paths } from '../../paths.ts'
import { when } from '../../time.ts'
import { dueTag, standsLine } from './said.ts'
import type { WhistlePageSearch } from './search.ts'
import { Tabs } from '../../parts/tabs.tsx'

const tabs = ['mine', 'open', 'over'] as const

type Listing = ReturnType<typeof useInfiniteQuery<Listed, Error, InfiniteData<Listed>>>

/** Whose turn it is, and what is late: the list of whistles, its tabs, and the way to the figures. */
export function WhistleList(props: {
  list: Listing
  items: WhistleSummary[]
  search: WhistlePageSearch
  onSearch: (search: WhistlePageSearch) => void
  chosen: string | undefined
  now: string
}) {
  const { list, items, search, onSearch, chosen, now } = props
  const { t } = useTranslation()
  const may = useMay()
  const { queue = 'mine' } = search
  const counts = list.data?.pages[0]?.counts
  return (
    <section className="list-pane" aria-label={t('nav.whistles')}>
      <Tabs
        label={t('inbox.queues')}
        tabs={tabs.map((one) => ({
          value: one,
          label: (
            <>
              {t(`whistle.queue.${one}`)}
              {one === 'mine' && counts && <span> {counts.mine}</span>}
            </>
          ),
        }))}
        value={queue}
        onChange={(to) => onSearch({ queue: to })}
        controls="rows"
      >
        {may('whistle.figures') && (
          <Link className="btn quiet small whistle-figures-link" to={paths.whistleFigures}>
            {t('whistle.figures')}
          </Link>
        )}
      </Tabs>
      {queue === 'called' && (
        <div className="search-bar">
          <p>
            <b>{items[0] ? departmentName(items, search.department) : t('whistle.figures')}</b>
            {t('whistle.called', {
              what: search.part ? t(`whistle.figure.${search.part}`) : t('whistle.figure.called'),
            })}
          </p>
          <Button small kind="quiet" onClick={() => onSearch({ queue: 'open' })}>
            {t('filter.clear')}
          </Button>
        </div>
      )}
      <div
        className="list-scroll"
        id="rows"
        role="tabpanel"
        tabIndex={-1}
        aria-label={t(`whistle.queue.${queue ?? 'mine'}`)}
      >
        <div className="whistle-states">
          <ListStates
            list={list}
            count={items.length}
            failed={t('whistle.failed')}
            empty={{
              title: t(`whistle.none.${queue ?? 'mine'}`),
              why: t(`whistle.noneWhy.${queue ?? 'mine'}`),
            }}
          >
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <Row item={item} search={search} chosen={item.id === chosen} now={now} />
                </li>
              ))}
            </ul>
          </ListStates>
        </div>
        <MorePages list={list} label={t('whistle.more')} />
      </div>
      {may('whistle.form') && (
        <div className="list-foot whistle-foot">
          <Button small icon={Megaphone} onClick={() => onSearch({ ...search, blow: 'new' })}>
            {t('whistle.new')}
          </Button>
        </div>
      )}
    </section>
  )
}

const departmentName = (items: readonly WhistleSummary[], id: string | undefined) =>
  items.flatMap(({ parts }) => parts).find(({ organisation }) => organisation.id === id)?.organisation.name ??
  ''

function Row(props: { item: WhistleSummary; search: WhistlePageSearch; chosen: boolean; now: string }) {
  const { item, search, chosen, now } = props
  const { t } = useTranslation()
  const tag = dueTag(t, item, now)
  const { blow: _, ...kept } = search
  return (
    <Link
      to={paths.whistles}
      params={{ whistle: item.id }}
      search={kept}
      className={['item', item.mine && 'new', chosen && 'on'].filter(Boolean).join(' ')}
      data-id={item.id}
    >
      <span className="item-top">
        <b title={item.title}>{item.title}</b>
        {item.mine && <span className="vh">{t('whistle.mine')}</span>}
        {tag && <Tag tone={tag.tone}>{tag.said}</Tag>}
      </span>
      <p className="where">
        {t('whistle.whence', {
          place: item.place,
          name: item.blower.name,
          when: when(t, item.formedAt, now),
        })}
      </p>
      <p className="whistle-line">
        <Bars step={item.step} late={item.late} />
        <span>
          {item.late && <Late />}
          {standsLine(t, item)}
        </span>
      </p>
    </Link>
  )
}

function Late() {
  const { t } = useTranslation()
  return <b className="whistle-late">{t('whistle.supervised')}</b>
}

/** Five bars, as many filled as steps are reached; the words beside it say the same. */
function Bars({ step, late }: { step: number; late: boolean }) {
  return (
    <span className={late ? 'bars late' : 'bars'} aria-hidden="true">
      {[1, 2, 3, 4, 5].map((one) => (
        <i key={one} className={one <= step ? 'on' : undefined} />
      ))}
    </span>
  )
}

/** The button of the empty middle, where nothing is chosen. */
export function NothingChosen() {
  const { t } = useTranslation()
  return (
    <p className="whistle-nothing">
      <Icon of={Megaphone} />
      {t('whistle.nothingChosen')}
    </p>
  )
}
