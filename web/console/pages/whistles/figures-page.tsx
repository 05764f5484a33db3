import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureRow } from '#whistle/figure-contract.ts'
import { Select } from '#web/ui/field.tsx'
import { localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { type WhistleSearch, whistleFigures } from '../../data/whistles.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { monthOf, noon } from '../visits/said.ts'
import './whistles.css'
import '../../styles/ledger.css'

const monthsBack = 12

type Of = Pick<WhistleSearch, 'part' | 'role'>

/** How departments came when they were called: by name, not by rank, and every figure opens its records (boundary 19). */
export function WhistleFiguresPage() {
  const { t } = useTranslation()
  const now = useNow()
  const months = Array.from({ length: monthsBack }, (_, back) => monthOf(now, back))
  const [from, setFrom] = useState<string>()
  const month = months.find((one) => one.from === from) ?? months[0] ?? monthOf(now)
  const figures = useQuery(whistleFigures(month.from, month.until))
  const rows = figures.data?.items ?? []
  useTitle(t('whistle.figures'))
  const name = (first: string) => {
    const { year, month: number } = localTime(noon(first))
    return t('visits.month', { year, month: number, monthName: t(`month.${number}`, { ns: 'ui' }) })
  }
  const figure = (row: FigureRow, count: number, of: Of, what: string) =>
    count === 0 ? (
      <span className="muted">0</span>
    ) : (
      <Link
        className="row-title"
        to={paths.whistles}
        params={{ whistle: undefined }}
        search={{ queue: 'called', department: row.id, ...month, ...of }}
        aria-label={t('whistle.figureOf', { name: row.name, what, count })}
      >
        {count}
      </Link>
    )
  const cell = (row: FigureRow, count: number, of: Of, key: string) =>
    figure(row, count, of, t(`whistle.figure.${key}`))
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('whistle.figures')}</h1>
          <p>{t('whistle.figuresWhat')}</p>
        </div>
        <div className="actions">
          <Link className="btn" to={paths.whistles} params={{ whistle: undefined }} search={{}}>
            {t('nav.whistles')}
          </Link>
        </div>
      </header>
      <search className="page-filters">
        <Select
          label={t('visits.period')}
          value={month.from}
          onChange={(event) => setFrom(event.target.value)}
        >
          {months.map((one) => (
            <option key={one.from} value={one.from}>
              {name(one.from)}
            </option>
          ))}
        </Select>
      </search>
      <ListStates
        list={figures}
        count={rows.length}
        failed={t('whistle.failedFigures')}
        empty={{ title: t('whistle.noFigures'), why: t('whistle.noFiguresWhy') }}
      >
        <table className="ledger figures">
          <thead>
            <tr>
              {(
                [
                  'department',
                  'called',
                  'in_time',
                  'late',
                  'waiting',
                  'released',
                  'done',
                  'days',
                  'rating',
                ] as const
              ).map((one) => (
                <th key={one} scope="col">
                  {t(`whistle.figure.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.name}</th>
                <td data-label={t('whistle.figure.called')}>
                  {cell(row, row.called, {}, 'called')}
                  {row.lead > 0 && (
                    <small>
                      {t('whistle.figure.lead')} {cell(row, row.lead, { role: 'lead' }, 'lead')}
                    </small>
                  )}
                </td>
                <td data-label={t('whistle.figure.in_time')}>
                  {cell(row, row.inTime, { part: 'in_time' }, 'in_time')}
                </td>
                <td data-label={t('whistle.figure.late')}>{cell(row, row.late, { part: 'late' }, 'late')}</td>
                <td data-label={t('whistle.figure.waiting')}>
                  {cell(row, row.waiting, { part: 'waiting' }, 'waiting')}
                </td>
                <td data-label={t('whistle.figure.released')}>
                  {cell(row, row.released, { part: 'released' }, 'released')}
                </td>
                <td data-label={t('whistle.figure.done')}>{cell(row, row.done, { part: 'done' }, 'done')}</td>
                <td data-label={t('whistle.figure.days')}>
                  {row.days === null ? (
                    <span className="muted">{t('whistle.noDays')}</span>
                  ) : (
                    t('whistle.days', { count: row.days })
                  )}
                </td>
                <td className="whistle-rated" data-label={t('whistle.figure.rating')}>
                  {(['satisfied', 'fair', 'dissatisfied'] as const).map((one) =>
                    row[one] > 0 ? (
                      <span key={one}>
                        {t(`whistle.rating.${one}`)} {cell(row, row[one], { part: one }, one)}
                      </span>
                    ) : null,
                  )}
                  {row.satisfied + row.fair + row.dissatisfied === 0 && (
                    <span className="muted">{t('whistle.notRated')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ListStates>
    </div>
  )
}
