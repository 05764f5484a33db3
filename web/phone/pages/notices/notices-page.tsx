import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { learnUnread } from '#web/api/live.ts'
import { markAllNoticesRead, markNoticeRead, type Notice, readNotices } from '#web/api/notices.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { Coded } from '#web/ui/words.tsx'
import { useRemote } from '../../kept/remote.ts'
import { useNews } from '../../news.ts'
import { readMyNotices } from '../../mine.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import './notices.css'

function Row({ item, onOpen }: { item: Notice; onOpen: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <button type="button" className={item.readAt ? undefined : 'fresh'} onClick={onOpen}>
      <span className="grow">
        {!item.readAt && <span className="vh">{t('notices.fresh')}</span>}
        <Coded>{item.text}</Coded>
        <small>{sayMoment(t, item.at, now)}</small>
      </span>
      {item.request && <Icon of={ChevronRight} size="s" />}
    </button>
  )
}

/** What I was told, newest first; it grows by itself while one looks. */
export function NoticesPage() {
  const { t } = useTranslation()
  useTitle(t('notices.title'))
  const [, go] = useLocation()
  const [more, setMore] = useState<Notice[]>([])
  const [next, setNext] = useState<string | null>()
  const [busy, setBusy] = useState(false)
  const list = useRemote('notices', readMyNotices)
  useNews(list.value !== undefined && list.value !== null, () => void list.again())
  const page = list.value
  const items = page && [...page.items, ...more.filter((one) => page.items.every(({ id }) => id !== one.id))]
  const cursor = next === undefined ? page?.next : next

  const open = (item: Notice) => {
    if (!item.readAt) void markNoticeRead(item.id).catch(() => undefined)
    if (item.request) go(paths.request(item.request))
    else void list.again()
  }
  const readAll = async () => {
    setBusy(true)
    try {
      learnUnread((await markAllNoticesRead()).unread)
      setMore([])
      setNext(undefined)
      await list.again()
    } finally {
      setBusy(false)
    }
  }
  const loadMore = async () => {
    if (!cursor) return
    const older = await readNotices(cursor)
    setMore((before) => [...before, ...older.items])
    setNext(older.next)
  }
  const fresh = items?.some(({ readAt }) => readAt === null)

  return (
    <Screen top={<Top title={t('notices.title')} onBack={() => go(paths.home())} />}>
      {Boolean(list.error) && (
        <Failed
          what={t('notices.failed')}
          safe={t('safe')}
          onRetry={() => void list.again()}
          busy={list.busy}
        />
      )}
      {page === undefined && list.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {page !== undefined && (items?.length ?? 0) === 0 && (
        <Empty title={t('notices.none')} why={t('notices.none_why')}>
          <Button kind="primary" wide onClick={() => go(paths.say())}>
            {t('say.title')}
          </Button>
        </Empty>
      )}
      {items && items.length > 0 && (
        <>
          {fresh && (
            <Button wide busy={busy} onClick={() => void readAll()}>
              {t('notices.read_all')}
            </Button>
          )}
          <Card className="rows notices">
            {items.map((item) => (
              <Row key={item.id} item={item} onOpen={() => open(item)} />
            ))}
          </Card>
          {cursor && (
            <Button kind="quiet" wide onClick={() => void loadMore()}>
              {t('notices.more')}
            </Button>
          )}
          <Button kind="quiet" wide onClick={() => go(paths.contact())}>
            {t('contact.title')}
          </Button>
        </>
      )}
    </Screen>
  )
}
