import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '#requests/contract.ts'
import { useNow } from '#web/ui/now.ts'
import { Empty, Failed, Skeleton } from '#web/ui/states.tsx'
import { problemText } from '../../data/problem.ts'
import { oneRequest, requestList } from '../../data/requests.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { Assign } from '../inbox/deeds/assign.tsx'
import { Transfer } from '../inbox/deeds/give.tsx'
import { useKeys } from '../inbox/keys.tsx'
import { DispatchTable } from './dispatch-table.tsx'
import '../../styles/next.css'
import '../../styles/deeds.css'
import './dispatch.css'

/** The dispatch page: what is accepted and goes to nobody yet, and what was given out and nobody took. */
export function DispatchPage() {
  const { t } = useTranslation()
  const now = useNow()
  const waiting = useInfiniteQuery(requestList({ queue: 'mine', state: 'accepted' }))
  const given = useInfiniteQuery(requestList({ queue: 'watching', state: 'assigned' }))
  const toGive = useMemo(() => waiting.data?.pages.flatMap((page) => page.items) ?? [], [waiting.data])
  const notTaken = useMemo(() => given.data?.pages.flatMap((page) => page.items) ?? [], [given.data])
  const [open, setOpen] = useState<string>()
  const [at, setAt] = useState<string>()
  useTitle(t('nav.dispatch'))

  const rows = useMemo(() => [...toGive, ...notTaken], [toGive, notTaken])
  useKeys(
    useCallback(
      (key) => {
        const here = rows.findIndex((row) => row.id === at)
        if (key === 'j' || key === 'k') {
          const next =
            rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + (key === 'j' ? 1 : -1)))]
          setAt(next?.id)
          document.getElementById(`row-${next?.id}`)?.scrollIntoView({ block: 'nearest' })
        } else if (key === 'd' && at) setOpen(at)
        else if (key === 'Escape') setOpen(undefined)
        else return false
        return true
      },
      [rows, at],
    ),
  )

  const failed = waiting.error ?? given.error
  const form = (request: RequestSummary) => (
    <InlineDeed id={request.id} now={now} onClose={() => setOpen(undefined)} />
  )
  const table = { open, at, now, form, onOpen: setOpen, onMark: setAt }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('nav.dispatch')}</h1>
          {waiting.isSuccess && given.isSuccess && (
            <p>
              {t('dispatch.sum', {
                waiting: t('dispatch.some', { number: toGive.length, more: waiting.hasNextPage ? '+' : '' }),
                given: t('dispatch.some', { number: notTaken.length, more: given.hasNextPage ? '+' : '' }),
              })}
            </p>
          )}
        </div>
      </header>
      {failed && (
        <Failed
          what={t('inbox.failed')}
          safe={problemText(t, failed)}
          onRetry={() => {
            void waiting.refetch()
            void given.refetch()
          }}
        />
      )}
      {waiting.isPending || given.isPending ? (
        <TableBones rows={6} wide />
      ) : (
        rows.length === 0 && !failed && <Empty title={t('dispatch.none')} why={t('dispatch.noneWhy')} />
      )}
      <DispatchTable {...table} title={t('dispatch.waiting')} rows={toGive} who={t('dispatch.whoHas')} />
      <DispatchTable {...table} title={t('dispatch.given')} rows={notTaken} who={t('dispatch.whoShould')} />
      {(waiting.hasNextPage || given.hasNextPage) && (
        <button
          type="button"
          className="btn quiet"
          onClick={() => {
            if (waiting.hasNextPage) void waiting.fetchNextPage()
            if (given.hasNextPage) void given.fetchNextPage()
          }}
        >
          {t('dispatch.more')}
        </button>
      )}
    </div>
  )
}

/** The same form as in the inbox, in the row it is about. */
function InlineDeed({ id, now, onClose }: { id: string; now: string; onClose: () => void }) {
  const { t } = useTranslation()
  const request = useQuery(oneRequest(id))
  if (request.isError)
    return (
      <Failed
        what={t('case.failed')}
        safe={problemText(t, request.error)}
        onRetry={() => void request.refetch()}
      />
    )
  if (!request.data) return <Skeleton shape="block" />
  const { abilities } = request.data
  const props = { request: request.data, now, onDone: onClose, onCancel: onClose }
  if (abilities.includes('assign')) return <Assign {...props} />
  if (abilities.includes('transfer')) return <Transfer {...props} />
  return <p className="second">{t('next.none')}</p>
}
