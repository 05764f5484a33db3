import { Bell, MessageSquareReply, IdCard } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Hit } from '#requests/search/contract.ts'
import { forgetNews } from '#web/api/live.ts'
import { logOut, readMe } from '#web/api/me.ts'
import { reportedRequests, type RequestSummary } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Marked } from '#web/ui/marked.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { TimeLeftTag } from '#web/ui/time-left.tsx'
import { forgetSeen, useRemote } from '../../kept/remote.ts'
import { readMine } from '../../mine.ts'
import { useNews } from '../../news.ts'
import { paths } from '../../paths.ts'
import { spoken } from '../../phone-number.ts'
import { standing } from '../../story.ts'
import { useTitle } from '../../title.ts'
import { Waiting } from '../home/waiting.tsx'
import { OwnSearch } from './own-search.tsx'
import '../home/home.css'
import '../request/request.css'
import './mine.css'

function State({ item }: { item: RequestSummary }) {
  const { t } = useTranslation()
  if (item.state === 'answered' || item.asked)
    return (
      <Tag tone="turn" icon={MessageSquareReply}>
        {t('mine.your_word')}
      </Tag>
    )
  if (item.state === 'closed')
    return <Tag tone={item.satisfaction === 'satisfied' ? 'done' : 'none'}>{t(`mine.closed`)}</Tag>
  if (item.state === 'suspended') return <Tag tone="line">{t('mine.suspended')}</Tag>
  if (item.state === 'declined' || item.state === 'withdrawn' || item.state === 'merged')
    return <Tag>{t(`mine.${item.state}`)}</Tag>
  return item.dueAt ? <TimeLeftTag due={item.dueAt} /> : null
}

function Row({ item, hit }: { item: RequestSummary; hit?: Hit | undefined }) {
  const { t } = useTranslation()
  // What the heading says already is not said again.
  const tells = hit && !hit.excerpt.text.startsWith(item.title)
  return (
    <Link href={paths.request(item.id)} className="mine-row">
      <h2>
        <Marked text={item.title} ranges={hit?.title ?? []} />
      </h2>
      <State item={item} />
      <p className="wide-line">
        {tells ? <Marked text={hit.excerpt.text} ranges={hit.excerpt.ranges} /> : standing(t, item)}
      </p>
    </Link>
  )
}

/** Up to here one finds it faster with the eyes. */
const few = 7

/** The other ways in: a phone number proves that it is mine, a code with the phone's tail opens one. */
function OtherWays({ known, tellable }: { known: string | null; tellable: boolean }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const leave = async () => {
    await import('#web/api/push.ts').then(({ leaveHere }) => leaveHere('phone')).catch(() => undefined)
    await logOut()
    forgetSeen()
    forgetNews()
    go(paths.home())
  }
  return (
    <div className="other-ways whole">
      {known ? (
        <Button kind="quiet" wide onClick={() => void leave()}>
          {t('mine.log_out', { phone: spoken(known) })}
        </Button>
      ) : (
        <Button wide onClick={() => go(paths.logIn())}>
          {t('login.title')}
        </Button>
      )}
      {tellable && (
        <Button wide icon={Bell} onClick={() => go(paths.contact())}>
          {t('contact.title')}
        </Button>
      )}
      {tellable && (
        <Button wide icon={IdCard} onClick={() => go(paths.rights())}>
          {t('rights.title')}
        </Button>
      )}
      <Button wide onClick={() => go(paths.find())}>
        {t('find.title')}
      </Button>
    </div>
  )
}

/** What I said: where it stands, what waits for my word. */
export function MinePage() {
  const { t } = useTranslation()
  useTitle(t('mine.title'))
  const now = useNow()
  const [, go] = useLocation()
  const [more, setMore] = useState<RequestSummary[]>([])
  const [next, setNext] = useState<string | null>()
  const me = useRemote('me', readMe)
  const list = useRemote('mine', readMine)
  useNews((list.value?.items.length ?? 0) > 0, () => void list.again())
  const items = list.value && [...list.value.items, ...more]
  const cursor = next === undefined ? list.value?.next : next
  const loadMore = async () => {
    if (!cursor) return
    const page = await reportedRequests(cursor)
    setMore((before) => [...before, ...page.items])
    setNext(page.next)
  }
  return (
    <Screen top={<Top title={t('mine.title')} onBack={() => go(paths.home())} />}>
      <Waiting />
      {Boolean(list.error) && (
        <>
          <Failed
            what={t('mine.failed')}
            safe={list.at ? t('mine.failed_since', { moment: sayMoment(t, list.at, now) }) : t('safe')}
            onRetry={() => void list.again()}
            busy={list.busy}
          />
          {list.at && (
            <p className="old">
              <span>{t('mine.old')}</span>
              <time dateTime={list.at}>{sayMoment(t, list.at, now)}</time>
            </p>
          )}
        </>
      )}
      {!items && list.busy && (
        <Loading>
          <RowBones rows={6} />
        </Loading>
      )}
      {items && items.length > 0 && (
        <OwnSearch
          offered={items.length > few}
          row={(item) => <Row key={item.id} item={item} hit={item.hit} />}
        >
          <Card>
            {items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </Card>
          {cursor && (
            <Button kind="quiet" wide onClick={() => void loadMore()}>
              {t('mine.more')}
            </Button>
          )}
        </OwnSearch>
      )}
      {items?.length === 0 && (
        <Empty title={t('mine.empty')} why={t('mine.empty_why')}>
          <Button kind="primary" wide onClick={() => go(paths.say())}>
            {t('say.title')}
          </Button>
        </Empty>
      )}
      {items && (
        <OtherWays
          known={(me.value?.reporter?.proven && me.value.reporter.phone) || null}
          tellable={me.value?.kind === 'reporter'}
        />
      )}
    </Screen>
  )
}
