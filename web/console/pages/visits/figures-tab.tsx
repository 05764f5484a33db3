import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FigureRow } from '#visits/figure-contract.ts'
import { Select } from '#web/ui/field.tsx'
import { localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { useMe } from '../../data/me.ts'
import { visitFigures } from '../../data/visits.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { monthOf, noon } from './said.ts'
import type { VisitSearch } from './search.ts'

const monthsBack = 12

/**
 * Figures by area, each of which opens the records it counts (boundary 19). In the order of the areas' codes, never of
 * their figures, and never by person: nobody is ranked.
 */
export function FiguresTab(props: { search: VisitSearch; onSearch: (search: VisitSearch) => void }) {
  const { search, onSearch } = props
  const { t } = useTranslation()
  const now = useNow()
  const { home } = useMe()
  const path = search.path ?? home
  const months = Array.from({ length: monthsBack }, (_, back) => monthOf(now, back))
  const month = months.find(({ from }) => from === search.from) ?? months[0] ?? monthOf(now)
  const figures = useQuery(visitFigures(path, month.from, month.until))
  const data = figures.data
  const name = (from: string) => {
    const { year, month: number } = localTime(noon(from))
    return t('visits.month', { year, month: number, monthName: t(`month.${number}`, { ns: 'ui' }) })
  }
  const span = { from: month.from, until: month.until }
  const tasks = (row: FigureRow, of: Partial<VisitSearch>): VisitSearch => ({
    tab: 'tasks',
    path: row.path,
    ...span,
    ...of,
  })
  const visits = (row: FigureRow, of: Partial<VisitSearch>): VisitSearch => ({
    tab: 'visits',
    path: row.path,
    ...span,
    ...of,
  })
  const figure = (count: number, to: VisitSearch, words: string) =>
    count === 0 ? (
      <span className="muted">0</span>
    ) : (
      <button type="button" className="row-title" aria-label={words} onClick={() => onSearch(to)}>
        {count}
      </button>
    )
  const cells = (row: FigureRow) => {
    const said = (what: string, count: number) => t(`visits.figure.${what}`, { area: row.name, count })
    return (
      <>
        <td data-label={t('visits.households')}>
          {t('visits.ofHouseholds', { visited: row.visited, households: row.households })}
        </td>
        <td data-label={t('visits.col.done')}>
          {figure(row.done, tasks(row, { state: 'done', endedAs: 'in_time' }), said('done', row.done))}
        </td>
        <td data-label={t('visits.col.late')}>
          {figure(
            row.doneLate,
            tasks(row, { state: 'done', endedAs: 'met_late' }),
            said('late', row.doneLate),
          )}
        </td>
        <td data-label={t('visits.col.overdue')}>
          {figure(row.overdue, tasks(row, { due: 'overdue' }), said('overdue', row.overdue))}
        </td>
        <td data-label={t('visits.col.missed')}>
          {figure(row.missed, tasks(row, { state: 'missed' }), said('missed', row.missed))}
        </td>
        <td data-label={t('visits.col.notReached')}>
          {figure(
            row.notReached,
            tasks(row, { state: 'excused', endedAs: 'not_reached' }),
            said('notReached', row.notReached),
          )}
        </td>
        <td data-label={t('visits.col.denied')}>
          {figure(row.denied, visits(row, { answer: 'no' }), said('denied', row.denied))}
        </td>
      </>
    )
  }
  return (
    <>
      <search className="page-filters">
        <Select
          label={t('visits.period')}
          value={month.from}
          onChange={(event) => onSearch({ ...search, from: event.target.value })}
        >
          {months.map(({ from }) => (
            <option key={from} value={from}>
              {name(from)}
            </option>
          ))}
        </Select>
      </search>
      <ListStates list={figures} count={data ? 1 : 0} failed={t('visits.failedFigures')}>
        {data && (
          <>
            <Summary whole={data.whole} />
            <table className="ledger figures">
              <thead>
                <tr>
                  <th scope="col">{t('visits.area')}</th>
                  <th scope="col">{t('visits.households')}</th>
                  <th scope="col">{t('visits.col.done')}</th>
                  <th scope="col">{t('visits.col.late')}</th>
                  <th scope="col">{t('visits.col.overdue')}</th>
                  <th scope="col">{t('visits.col.missed')}</th>
                  <th scope="col">{t('visits.col.notReached')}</th>
                  <th scope="col">{t('visits.col.denied')}</th>
                </tr>
              </thead>
              <tbody>
                {data.parts.map((row) => (
                  <tr key={row.path}>
                    <th scope="row">
                      <button
                        type="button"
                        className="row-title"
                        onClick={() => onSearch({ tab: 'figures', path: row.path, from: month.from })}
                      >
                        {row.name}
                      </button>
                    </th>
                    {cells(row)}
                  </tr>
                ))}
              </tbody>
            </table>
            {path !== home && (
              <button
                type="button"
                className="btn quiet page-more"
                onClick={() => onSearch({ tab: 'figures', path: above(path, home), from: month.from })}
              >
                {t('visits.up')}
              </button>
            )}
          </>
        )}
      </ListStates>
    </>
  )
}

const above = (path: string, home: string) => {
  const up = `${path.split('/').slice(0, -2).join('/')}/`
  return up.startsWith(home) ? up : home
}

/** The month in a few sentences, before the table. */
function Summary({ whole }: { whole: FigureRow }) {
  const { t } = useTranslation()
  return (
    <div className="visit-sum">
      <p>
        {t('visits.sum', {
          area: whole.name,
          households: whole.households,
          visited: whole.visited,
          visits: whole.visits,
          needs: whole.needs,
        })}
      </p>
      <p>{t('visits.sumSaid', { yes: whole.confirmed, no: whole.denied })}</p>
      <p>
        {t('visits.sumSpot', {
          visited: whole.spotVisited,
          not: whole.spotNot,
          reached: whole.spotNotReached,
        })}
      </p>
    </div>
  )
}
