import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '#requests/contract.ts'
import type { Filters } from '../../data/requests.ts'
import { paths } from '../../paths.ts'
import { when } from '../../time.ts'
import { DueTag } from './due-tag.tsx'
import { lastLine } from './story.ts'
import { lifecycleWord } from '../../words.ts'

/** One row of the inbox: what, how long is left, where and how it came, what happened last. */
export const ListItem = memo(function ListItem(props: {
  request: RequestSummary
  filters: Filters
  chosen: boolean
  fresh: boolean
  /** Held by one of my organisations: the last line then says what is expected of me. */
  mine: boolean
  now: string
}) {
  const { request, filters, chosen, fresh, mine, now } = props
  const { t } = useTranslation()
  return (
    <Link
      to={paths.inbox}
      params={{ id: request.id }}
      search={filters}
      className={['item', fresh && 'new', chosen && 'on'].filter(Boolean).join(' ')}
      data-id={request.id}
    >
      <span className="item-top">
        <b title={request.title}>{request.title}</b>
        {fresh && <span className="vh">{t('inbox.fresh')}</span>}
        <DueTag request={request} now={now} />
      </span>
      <p className="where">
        {t('inbox.whence', {
          place: request.place,
          channel: lifecycleWord(t, `channel.${request.channel}`),
          when: when(t, request.submittedAt, now),
        })}
      </p>
      <p>{lastLine(t, request, mine)}</p>
    </Link>
  )
})
