import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { FigureKind } from '#dispatch/lists.ts'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { dispatchFigures, figureRequests } from '../../data/dispatch.ts'
import type { Figures } from '../../data/dispatch.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { paths } from '../../paths.ts'
import { shortDate, when } from '../../time.ts'
import { Narrowing } from './narrowing.tsx'
import type { DispatchSearch } from './search.ts'

type Measures = Figures['total']
const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 1000) / 10}%`)

/** How often the table was right, and how many were sent back twice; every number opens its requests (boundary 19). */
export function FiguresTab({
  search,
  onSearch,
}: {
  search: DispatchSearch
  onSearch: (search: DispatchSearch) => void
}) {
  const { t } = useTranslation()
  const { path } = search
  const figures = useQuery(dispatchFigures(path ? { path } : {}))
  const to = (figure: FigureKind, more: DispatchSearch = {}): DispatchSearch => ({
    tab: 'figures',
    path,
    figure,
    ...more,
  })
  const data = figures.data
  return (
    <>
      <div className="board-head">
        <Narrowing search={search} onSearch={onSearch} areaOnly />
      </div>
      <ListStates
        list={figures}
        count={data?.total.dispatched ?? 0}
        failed={t('dispatch.figuresFailed')}
        empty={{ title: t('dispatch.figuresNone'), why: t('dispatch.figuresNoneWhy') }}
      >
        {data && (
          <div className="figures">
            <Said total={data.total} since={data.since} to={to} />
            {search.figure ? (
              <Behind search={search} onBack={() => onSearch({ tab: 'figures', path })} />
            ) : (
              <Tables data={data} to={to} />
            )}
          </div>
        )}
      </ListStates>
    </>
  )
}

type To = (figure: FigureKind, more?: DispatchSearch) => DispatchSearch

/** The whole year in two sentences. */
function Said({ total, since, to }: { total: Measures; since: string; to: To }) {
  const { t } = useTranslation()
  const number = (count: number, figure: FigureKind) => (
    <Link to={paths.dispatch} search={to(figure)}>
      {t('dispatch.pieces', { count })}
    </Link>
  )
  const now = useNow()
  return (
    <div className="figures-said">
      <p>
        {t('dispatch.said.since', { day: shortDate(t, `${since}T00:00:00+08:00`, now) })}
        {number(total.dispatched, 'dispatched')}
        {t('dispatch.said.right', { percent: percent(total.accuracy) })}
        {number(total.wrong, 'wrong')}
        {t('dispatch.said.end')}
      </p>
      <p>
        {t('dispatch.said.returned')}
        {number(total.returned, 'returned')}
        {t('dispatch.said.twice')}
        {number(total.returned_twice, 'returned_twice')}
        {t('dispatch.said.twiceShare', { percent: percent(total.secondReturns) })}
      </p>
    </div>
  )
}

function Tables({ data, to }: { data: Figures; to: To }) {
  const { t } = useTranslation()
  return (
    <>
      <Measured
        title={t('dispatch.byCategory')}
        head={t('field.category')}
        rows={data.categories.map((one) => ({
          key: one.code,
          ...one,
          more: { category: one.code },
        }))}
        to={to}
      />
      <Measured
        title={t('dispatch.byWhy')}
        head={t('dispatch.ground')}
        rows={data.whys.map((one) => ({
          key: one.why,
          name: t(`route.ground.${one.why}`),
          ...one,
          more: { why: one.why },
        }))}
        to={to}
      />
      <Measured
        title={t('dispatch.byMonth')}
        head={t('dispatch.month')}
        rows={data.months.map((one) => ({
          key: one.month,
          name: monthName(t, one.month),
          ...one,
          more: { month: one.month },
        }))}
        to={to}
      />
    </>
  )
}

function monthName(t: TFunction, month: string): string {
  const [year, number] = month.split('-').map(Number)
  return t('dispatch.monthName', { year, month: number, monthName: t(`month.${number}`, { ns: 'ui' }) })
}

function Measured(props: {
  title: string
  head: string
  rows: (Measures & { key: string; name: string; more: DispatchSearch })[]
  to: To
}) {
  const { title, head, rows, to } = props
  const { t } = useTranslation()
  const cell = (count: number, figure: FigureKind, more: DispatchSearch) =>
    count === 0 ? (
      <span className="muted">0</span>
    ) : (
      <Link className="row-title" to={paths.dispatch} search={to(figure, more)}>
        {count}
      </Link>
    )
  return (
    <table className="ledger figures">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{t('dispatch.column.dispatched')}</th>
          <th scope="col">{t('dispatch.column.right')}</th>
          <th scope="col">{t('dispatch.column.wrong')}</th>
          <th scope="col">{t('dispatch.column.unfollowed')}</th>
          <th scope="col">{t('dispatch.column.returned')}</th>
          <th scope="col">{t('dispatch.column.twice')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.name}</th>
            <td data-label={t('dispatch.column.dispatched')}>
              {cell(row.dispatched, 'dispatched', row.more)}
            </td>
            <td data-label={t('dispatch.column.right')}>{percent(row.accuracy)}</td>
            <td data-label={t('dispatch.column.wrong')}>{cell(row.wrong, 'wrong', row.more)}</td>
            <td data-label={t('dispatch.column.unfollowed')}>
              {cell(row.unfollowed, 'unfollowed', row.more)}
            </td>
            <td data-label={t('dispatch.column.returned')}>{cell(row.returned, 'returned', row.more)}</td>
            <td data-label={t('dispatch.column.twice')}>
              {cell(row.returned_twice, 'returned_twice', row.more)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The requests behind a number: who was proposed and why, who was chosen, who answered. */
function Behind({ search, onBack }: { search: DispatchSearch; onBack: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const { path, category, month, why, figure } = search
  const list = useInfiniteQuery(
    figureRequests({
      figure,
      ...(path && { path }),
      ...(category && { category }),
      ...(month && { month }),
      ...(why && { why }),
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <p className="figures-back">
        <Button small kind="quiet" onClick={onBack}>
          {t('dispatch.back')}
        </Button>
        {figure && t(`dispatch.figure.${figure}`)}
      </p>
      <ListStates
        list={list}
        count={rows.length}
        failed={t('inbox.failed')}
        empty={{ title: t('dispatch.none'), why: t('dispatch.listNoneWhy') }}
      >
        <table className="ledger figures-list">
          <thead>
            <tr>
              <th scope="col">{t('dispatch.what')}</th>
              <th scope="col">{t('dispatch.proposed')}</th>
              <th scope="col">{t('dispatch.chosen')}</th>
              <th scope="col">{t('dispatch.answeredBy')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.request}>
                <td>
                  <Link
                    to={paths.inbox}
                    params={{ id: row.request }}
                    search={{ queue: 'all' }}
                    className="row-title"
                  >
                    {row.title}
                  </Link>
                  <small>
                    {[row.code, row.kind, row.place, when(t, row.at, now)].filter(Boolean).join(t('comma'))}
                  </small>
                </td>
                <td>
                  {row.proposed?.name ?? t('dispatch.nobody')}
                  <small>{t(`route.ground.${row.why}`)}</small>
                </td>
                <td>{row.chosen.name}</td>
                <td>
                  {row.answeredBy?.name ?? t('dispatch.notYet')}
                  {row.returns > 0 && <small>{t('dispatch.sentBack', { count: row.returns })}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {list.hasNextPage && (
          <Button
            kind="quiet"
            className="page-more"
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('dispatch.more')}
          </Button>
        )}
      </ListStates>
    </>
  )
}
