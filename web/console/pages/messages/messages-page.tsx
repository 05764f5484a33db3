import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import type { FailedList } from '#web/api/notices.ts'
import { failed, useRepeat, useRepeatAll, type Which } from '../../data/notices.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { exactly, when } from '../../time.ts'
import { templateName } from '../../words.ts'
import './messages.css'

type Count = FailedList['counts'][number]
type Item = FailedList['items'][number]

const sameAs = (one: Which, other: Which) => one.reason === other.reason && one.channel === other.channel

/** RQ17: messages that could not be sent, why, and sending them again; neither to whom nor what they say. */
export function MessagesPage() {
  const { t } = useTranslation()
  useTitle(t('nav.messages'))
  const [which, setWhich] = useState<Which>({})
  // The counts come with the first page of all of them, whatever is chosen below.
  const everything = useInfiniteQuery(failed({}))
  const list = useInfiniteQuery(failed(which))
  const counts = everything.data?.pages[0]?.counts ?? []
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = counts.reduce((sum, { count }) => sum + count, 0)

  return (
    <div className="page messages">
      <header className="page-head">
        <div>
          <h1>{t('nav.messages')}</h1>
          <p>{total > 0 ? t('messages.sum', { count: total }) : t('messages.what')}</p>
        </div>
      </header>
      {counts.length > 0 && (
        <ul className="failures" aria-label={t('messages.byReason')}>
          {counts.map((one) => (
            <Reason
              key={`${one.channel}${one.reason}`}
              count={one}
              chosen={sameAs(one, which)}
              onChoose={() =>
                setWhich(sameAs(one, which) ? {} : { reason: one.reason, channel: one.channel })
              }
            />
          ))}
        </ul>
      )}
      <ListStates
        list={list}
        count={items.length}
        failed={t('messages.failed')}
        empty={{ title: t('messages.none'), why: t('messages.noneWhy') }}
        bones={5}
      >
        <Rows items={items} />
      </ListStates>
      <MorePages list={list} label={t('messages.more')} />
    </div>
  )
}

/** One reason: how many, since when, what can be done about it, and all of them again. */
function Reason({ count, chosen, onChoose }: { count: Count; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const repeat = useRepeatAll()
  const { channel, reason } = count
  return (
    <li className={chosen ? 'chosen' : undefined}>
      <button type="button" className="failure-head" aria-pressed={chosen} onClick={onChoose}>
        <b>{t('messages.count', { count: count.count })}</b>
        <span>
          {t('messages.line', { channel: t(`channel.${channel}`), reason: t(`failure.${reason}`) })}
        </span>
        <small>{t('messages.since', { since: when(t, count.oldest, now, true) })}</small>
      </button>
      <p className="note second">{t(`failureHelp.${reason}`)}</p>
      <Button
        small
        icon={RotateCw}
        busy={repeat.isPending}
        onClick={() =>
          repeat.mutate(
            { channel, reason },
            { afterwards: ({ repeated }) => tell(t('messages.repeatedAll', { count: repeated })) },
          )
        }
      >
        {t('messages.repeatAll')}
      </Button>
      <ProblemNote error={repeat.error} />
    </li>
  )
}

function Rows({ items }: { items: Item[] }) {
  const { t } = useTranslation()
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">{t('messages.when')}</th>
          <th scope="col">{t('messages.news')}</th>
          <th scope="col">{t('messages.way')}</th>
          <th scope="col">{t('messages.why')}</th>
          <th scope="col">{t('messages.tries')}</th>
          <th scope="col">
            <span className="vh">{t('messages.repeat')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ item }: { item: Item }) {
  const { t } = useTranslation()
  const tell = useToast()
  const repeat = useRepeat()
  return (
    <tr>
      <td className="nb">{exactly(t, item.at)}</td>
      <td>{templateName(t, item.template)}</td>
      <td>
        {t(`channel.${item.channel}`)}
        <small>{t(`addressee.${item.addressee}`)}</small>
      </td>
      <td>
        {t(`failure.${item.reason}`)}
        {item.detail && (
          <small className="said" lang="en">
            {item.detail}
          </small>
        )}
        <ProblemNote error={repeat.error} />
      </td>
      <td>{t('messages.times', { count: item.tries })}</td>
      <td className="do">
        <Button
          small
          busy={repeat.isPending}
          onClick={() => repeat.mutate(item.id, { afterwards: () => tell(t('messages.repeated')) })}
        >
          {t('messages.repeat')}
        </Button>
      </td>
    </tr>
  )
}
