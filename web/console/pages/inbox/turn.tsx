import { AlarmClock, Calendar, Check, Clock } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { entries } from '#requests/lifecycle.ts'
import { Icon } from '#web/ui/icon.tsx'
import { timeLeft } from '#web/ui/local-time.ts'
import { sayDate, sayTimeLeft } from '#web/ui/say-time.ts'
import { Tag } from '#web/ui/tag.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { categories } from '../../data/catalogue.ts'
import { limitText } from '../../limit.ts'
import { exactly, toneOf, when } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'
import { beside } from './beside.ts'

const icons = { none: Calendar, soon: Clock, late: AlarmClock }

/** Who has it now, since when and why, and how much of the time is gone (rules 2, 6 and 7). */
export function Turn({ request, mine, now }: { request: RequestView; mine: boolean; now: string }) {
  const { t } = useTranslation()
  const { holder } = request
  const since = request.entries.find((entry) => !beside.has(entry.kind))
  const what =
    since && t(`since.${since.kind}`, { when: when(t, since.at, now, true), by: since.by.organisation ?? '' })
  if (!holder) {
    return (
      <div className="turn">
        <p className="turn-who">
          <b>{lifecycleWord(t, `state.${request.state}`)}</b>
          <small>{what}</small>
        </p>
        <Marks request={request} />
      </div>
    )
  }
  const awaitsWord = request.state === 'answered'
  const name = [holder.organisation.name, holder.person?.name].filter(Boolean).join(' ')
  const until = request.suspended?.until
  const heading = until
    ? t('turn.suspended', { until: sayDate(t, until, now), name })
    : mine
      ? t(awaitsWord ? 'turn.awaitsWord' : 'turn.yours')
      : t('turn.theirs', { name })
  return (
    <div className="turn">
      <Seal name={holder.person?.name ?? holder.organisation.name} />
      <p className="turn-who">
        <b>{heading}</b>
        <small>{request.asked ? t('case.asked') : what}</small>
        <Marks request={request} />
      </p>
      {request.term && <TimeBar request={request} term={request.term} now={now} />}
    </div>
  )
}

/** The running clock as a bar with its two marks (RQ5), and in words: how long is left, then the date. */
function TimeBar({
  request,
  term,
  now,
}: {
  request: RequestView
  term: NonNullable<RequestView['term']>
  now: string
}) {
  const { t } = useTranslation()
  const left = timeLeft(term.dueAt, now)
  const tone = toneOf(left)
  const start = Date.parse(term.startsAt)
  const length = Date.parse(term.dueAt) - start
  const share = (at: string) => `${Math.min(100, Math.max(0, ((Date.parse(at) - start) / length) * 100))}%`
  const known = useQuery(categories)
  const limit = known.data?.items.find((one) => one.code === request.category?.code)?.steps
  const said =
    request.state === 'answered'
      ? t('due.awaitsWord')
      : request.state !== 'submitted' && limit
        ? t('due.limit', { limit: limitText(t, limit) })
        : ''
  return (
    <div className="due">
      <p className="due-top">
        {/* A limit of several steps is too long for here; its steps stand below. */}
        <span title={exactly(t, term.startsAt)}>{said.length <= 9 && said}</span>
        <b className={tone} title={exactly(t, term.dueAt)}>
          <Icon of={icons[tone as keyof typeof icons] ?? Check} size="s" />
          {sayTimeLeft(t, left)}
        </b>
      </p>
      <div className="meter" aria-hidden="true">
        <i className={tone} style={{ width: share(now) }} />
        <u style={{ left: share(term.halfAt) }} />
        <u style={{ left: share(term.mostAt) }} />
      </div>
      <Moved request={request} />
      {term.presumed && (
        <p className="due-presumed" title={t('due.presumedWhy')}>
          {t('due.presumed')}
        </p>
      )}
    </div>
  )
}

/** How it counts: the reporter's word, or that there was none, and why it counts in no figure (RQ7, RQ9). */
function Marks({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { satisfaction, excluded, entries: story } = request
  const why = story.find(({ kind }) => kind === 'exclude')?.data.reason
  if (!satisfaction && !excluded) return null
  return (
    <span className="turn-marks">
      {satisfaction && (
        <Tag tone={satisfaction === 'satisfied' ? 'done' : 'none'}>
          {lifecycleWord(t, `satisfaction.${satisfaction}`)}
        </Tag>
      )}
      {excluded && <Tag>{t('case.excluded', { why: lifecycleWord(t, `ground.${String(why)}`) })}</Tag>}
    </span>
  )
}

/** RQ4: a due time that was moved says who agreed to it. */
function Moved({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const set = request.entries.find(({ kind }) => !['runs on', 'goes on'].includes(entries[kind].clock))
  if (set?.kind !== 'suspend' && set?.kind !== 'extend') return null
  const { approved } = set.data as { approved?: { organisation?: string; person?: string } }
  const names = [approved?.organisation, approved?.person]
    .map((id) => (id ? set.names[id] : ''))
    .filter(Boolean)
  return <p className="due-presumed">{t(`due.moved.${set.kind}`, { name: names.join(' ') })}</p>
}
