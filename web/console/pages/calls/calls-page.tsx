import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Phone } from 'lucide-react'
import type { CallList } from '#requests/calls/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { Empty, Failed, Skeleton } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { Words } from '#web/ui/words.tsx'
import { callsToday } from '../../data/calls.ts'
import { useMay } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import { oneRequest } from '../../data/requests.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { when } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'
import { FollowUp } from '../inbox/deeds/follow-up.tsx'
import { Reveal } from '../inbox/reveal.tsx'
import { Share } from './share.tsx'
import '../../styles/next.css'
import '../../styles/facts.css'
import '../../styles/deeds.css'
import './calls.css'

type Item = CallList['items'][number]

/** Whom to call today: a sample drawn by lot, each with what was answered, the number, and what to say. */
export function CallsPage() {
  const { t } = useTranslation()
  const now = useNow()
  const may = useMay()
  const list = useQuery(callsToday)
  const [open, setOpen] = useState<string>()
  useTitle(t('nav.calls'))
  const items = list.data?.items ?? []
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('nav.calls')}</h1>
          {list.data && <p>{t('calls.what', { percent: list.data.percent })}</p>}
        </div>
        {list.data && may('call.change') && (
          <Share key={list.data.version} percent={list.data.percent} version={list.data.version} />
        )}
      </header>
      {list.isError && (
        <Failed
          what={t('calls.failed')}
          safe={problemText(t, list.error)}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <TableBones rows={3} wide />}
      {list.isSuccess && items.length === 0 && <Empty title={t('calls.none')} why={t('calls.noneWhy')} />}
      <ol className="calls">
        {items.map((item) => (
          <li key={item.request.id}>
            <Row item={item} now={now} open={open === item.request.id} onOpen={setOpen} />
            {open === item.request.id && (
              <Call id={item.request.id} now={now} onClose={() => setOpen(undefined)} />
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

function Row(props: { item: Item; now: string; open: boolean; onOpen: (id: string | undefined) => void }) {
  const { item, now, open, onOpen } = props
  const { t } = useTranslation()
  const { request, tries } = item
  const stands = request.satisfaction
    ? lifecycleWord(t, `satisfaction.${request.satisfaction}`)
    : lifecycleWord(t, `state.${request.state}`)
  return (
    <div className="call-row">
      <div>
        <h2>{request.title}</h2>
        <p>
          {t('calls.line', {
            code: request.code,
            place: request.place,
            when: when(t, request.lastEntry.at, now),
          })}
        </p>
      </div>
      <Tag>{stands}</Tag>
      <span className="call-tries">{tries > 0 && t('calls.tries', { count: tries })}</span>
      <Button small icon={Phone} aria-expanded={open} onClick={() => onOpen(open ? undefined : request.id)}>
        {t('calls.call')}
      </Button>
    </div>
  )
}

/** The call itself: what was answered, the number for whoever has a reason, the script and the outcome. */
function Call({ id, now, onClose }: { id: string; now: string; onClose: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(oneRequest(id))
  const request = query.data
  if (query.isError)
    return (
      <Failed
        what={t('case.failed')}
        safe={problemText(t, query.error)}
        onRetry={() => void query.refetch()}
      />
    )
  if (!request) return <Skeleton shape="block" />
  const answer = request.entries.find(({ kind }) => kind === 'answer')
  const { reporter } = request
  return (
    <div className="call">
      {answer?.words && (
        <div className="call-answer">
          <p className="label">{t('calls.answered')}</p>
          <Words>{answer.words}</Words>
        </div>
      )}
      {reporter?.phone ? (
        <Reveal request={request.id} masked={reporter.phone} name={reporter.name ?? t('facts.nameless')} />
      ) : (
        <p className="note">{t('facts.whoHidden')}</p>
      )}
      {request.abilities.includes('follow_up') ? (
        <FollowUp request={request} now={now} onDone={onClose} onCancel={onClose} />
      ) : (
        <p className="note">{t('next.none')}</p>
      )}
    </div>
  )
}
