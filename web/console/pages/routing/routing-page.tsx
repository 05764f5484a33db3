import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { routingRules } from '../../data/dispatch.ts'
import type { RuleView } from '../../data/dispatch.ts'
import { useMay } from '../../data/me.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { shortDate } from '../../time.ts'
import { NewRulePane, RulePane } from './rule-pane.tsx'
import { targetText } from './said.ts'
import { TryText } from './try-text.tsx'
import './routing.css'

/** The routing table as rows, what would happen to a text, and a row opened beside it. */
export function RoutingPage() {
  const { t } = useTranslation()
  const may = useMay()
  const known = useQuery(routingRules)
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<string>()
  const [fresh, setFresh] = useState<string>()
  useTitle(t('nav.routing'))
  const wanted = q.trim().toLowerCase()
  const all = known.data?.items ?? []
  const fits = (row: RuleView) =>
    [row.kind?.code, row.kind?.name, row.area.name, row.basis, targetText(t, row)].some((text) =>
      text?.toLowerCase().includes(wanted),
    )
  const rows = all.filter(fits)
  const chosen =
    all.find((row) => row.id === open && row.state === 'holds') ?? all.find((row) => row.id === open)
  /** Itself only: a row that was saved may find another one open by the time the answer is here. */
  const close = (id: string) => setOpen((now) => (now === id ? undefined : now))
  const show = (id: string | undefined) => {
    setFresh(undefined)
    setOpen(id)
  }
  return (
    <div className={chosen || fresh ? 'beside' : 'beside alone'}>
      <div className="page routing">
        <header className="page-head">
          <div>
            <h1>{t('nav.routing')}</h1>
            <p>{t('routing.what')}</p>
          </div>
          {may('routing.change') && (
            <div className="actions">
              <Button
                onClick={() => {
                  setOpen(undefined)
                  setFresh(newId())
                }}
              >
                {t('routing.add')}
              </Button>
            </div>
          )}
        </header>
        <TryText onRow={show} />
        <search className="page-filters">
          <TextInput
            label={t('routing.find')}
            hint={
              known.data && t('routing.sum', { count: all.filter(({ state }) => state === 'holds').length })
            }
            value={q}
            maxLength={40}
            onChange={(event) => setQ(event.target.value)}
          />
        </search>
        <ListStates
          list={known}
          count={rows.length}
          failed={t('routing.failed')}
          empty={{ title: t('routing.none'), why: t('routing.noneWhy') }}
        >
          <table className="ledger routing-table">
            <thead>
              <tr>
                <th scope="col">{t('routing.kind')}</th>
                <th scope="col">{t('routing.area')}</th>
                <th scope="col">{t('routing.to')}</th>
                <th scope="col">{t('routing.basis')}</th>
                <th scope="col">{t('routing.since')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row
                  key={`${row.id}${row.version}`}
                  row={row}
                  open={row.id === open}
                  onOpen={() => show(row.id)}
                />
              ))}
            </tbody>
          </table>
        </ListStates>
      </div>
      {chosen && (
        <RulePane key={`${chosen.id}${chosen.version}`} rule={chosen} onClose={() => close(chosen.id)} />
      )}
      {fresh && <NewRulePane key={fresh} id={fresh} onClose={() => setFresh(undefined)} onMade={show} />}
    </div>
  )
}

function Row({ row, open, onOpen }: { row: RuleView; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const { kind, area, basis, validFrom, validUntil, state, ended } = row
  return (
    <tr className={open ? 'marked' : undefined}>
      <td>
        <button type="button" className="row-title" aria-expanded={open} onClick={onOpen}>
          {kind?.name ?? t('routing.everything')}
        </button>
        <small>{kind?.code}</small>
      </td>
      <td>{area.name}</td>
      <td>{ended ? t('routing.ended') : targetText(t, row)}</td>
      <td>{basis}</td>
      <td>
        {state === 'ahead' ? (
          <Tag tone="care">{t('routing.ahead', { from: shortDate(t, validFrom, now) })}</Tag>
        ) : (
          shortDate(t, validFrom, now)
        )}
        {validUntil && <small>{t('routing.untilDay', { day: shortDate(t, validUntil, now) })}</small>}
      </td>
    </tr>
  )
}
