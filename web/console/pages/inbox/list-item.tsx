import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Marked } from '#web/ui/marked.tsx'
import type { Filters, ListedRequest } from '../../data/requests.ts'
import { paths } from '../../paths.ts'
import { when } from '../../time.ts'
import { ConfidenceTag } from './confidence.tsx'
import { DueTag } from './due-tag.tsx'
import { lastLine } from './story.ts'
import { lifecycleWord } from '../../words.ts'

/** One row of the inbox: what, how long is left, where and how it came, what happened last. */
export const ListItem = memo(function ListItem(props: {
  request: ListedRequest
  filters: Filters
  chosen: boolean
  fresh: boolean
  /** Held by one of my organisations: the last line then says what is expected of me. */
  mine: boolean
  now: string
}) {
  const { request, filters, chosen, fresh, mine, now } = props
  const { t } = useTranslation()
  const whence = t('inbox.whence', {
    place: request.place,
    channel: lifecycleWord(t, `channel.${request.channel}`),
    when: when(t, request.submittedAt, now),
  })
  const placeAt = whence.indexOf(request.place)
  const inPlace = (request.hit?.place ?? []).map(([from, to]) => [from + placeAt, to + placeAt] as const)
  return (
    <Link
      to={paths.inbox}
      params={{ id: request.id }}
      search={filters}
      className={['item', fresh && 'new', chosen && 'on'].filter(Boolean).join(' ')}
      data-id={request.id}
    >
      <span className="item-top">
        <b title={request.title}>
          <Marked text={request.title} ranges={request.hit?.title ?? []} />
        </b>
        {request.confidential && <ConfidenceTag />}
        {fresh && <span className="vh">{t('inbox.fresh')}</span>}
        <DueTag request={request} now={now} />
      </span>
      <p className="where">
        <Marked text={whence} ranges={inPlace} />
      </p>
      <p>{request.hit ? <Found hit={request.hit} /> : lastLine(t, request, mine)}</p>
    </Link>
  )
})

/** Where else it says so, or by whom it was found. */
function Found({ hit }: { hit: NonNullable<ListedRequest['hit']> }) {
  const { t } = useTranslation()
  const who = hit.by.find((by) => by === 'person' || by === 'reporter')
  return (
    <>
      {who && <b className="found-by">{t(`search.by.${who}`)}</b>}
      {hit.excerpt.of === 'entry' && <b className="found-by">{t('search.inStory')}</b>}
      <Marked text={hit.excerpt.text} ranges={hit.excerpt.ranges} />
    </>
  )
}
