import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { erasures, type ErasureView } from '../../data/erasures.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { exactly, when } from '../../time.ts'
import { DecideForm } from './decide-form.tsx'
import { Holds } from './holds.tsx'
import './erasures.css'

/** What residents want erased: what waits for a decision, what came of the rest, and what stands against erasing. */
export function ErasuresPage() {
  const { t } = useTranslation()
  useTitle(t('nav.erasures'))
  const list = useQuery(erasures)
  const items = list.data?.items ?? []
  const waiting = items.filter(({ state }) => state === 'waiting')
  return (
    <div className="page erasures">
      <header className="page-head">
        <div>
          <h1>{t('nav.erasures')}</h1>
          <p>{t('erasures.what')}</p>
        </div>
      </header>
      <ListStates
        list={list}
        count={waiting.length}
        failed={t('erasures.failed')}
        empty={{ title: t('erasures.none'), why: t('erasures.noneWhy') }}
        bones={3}
      >
        <ul className="erasure-queue" aria-label={t('erasures.waiting')}>
          {waiting.map((one) => (
            <Waiting key={one.id} one={one} />
          ))}
        </ul>
      </ListStates>
      <Holds />
      <Rest items={items.filter(({ state }) => state !== 'waiting')} />
    </div>
  )
}

function Waiting({ one }: { one: ErasureView }) {
  const { t } = useTranslation()
  const now = useNow()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <div className="erasure-row">
        <b>{one.code ?? t('erasures.scope.account')}</b>
        <span>{t(`erasures.scope.${one.scope}`)}</span>
        <span>{one.ground && t(`erasures.ground.${one.ground}`)}</span>
        <span title={exactly(t, one.dueAt)}>{t('erasures.due', { due: when(t, one.dueAt, now, true) })}</span>
        {one.scope !== 'account' && !open && (
          <Button small onClick={() => setOpen(true)}>
            {t('erasures.decide')}
          </Button>
        )}
      </div>
      {open && <DecideForm one={one} onClose={() => setOpen(false)} />}
    </li>
  )
}

/** What was answered: when it was asked, when it was done, how much it was. */
function Rest({ items }: { items: readonly ErasureView[] }) {
  const { t } = useTranslation()
  const now = useNow()
  if (items.length === 0) return null
  return (
    <table className="ledger">
      <caption>{t('erasures.rest')}</caption>
      <thead>
        <tr>
          {(['code', 'whatCol', 'asked', 'state', 'how'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`erasures.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td>{one.code ?? '—'}</td>
            <td>{t(`erasures.scope.${one.scope}`)}</td>
            <td title={exactly(t, one.askedAt)}>{when(t, one.askedAt, now)}</td>
            <td>{t(`erasures.state_${one.state}`)}</td>
            <td>
              {one.state === 'refused'
                ? one.words
                : t('erasures.counts', {
                    entries: one.counts.entries,
                    attachments: one.counts.attachments,
                    messages: one.counts.messages,
                  })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
