import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell as BellIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '#web/api/live.ts'
import type { Notice } from '#web/api/notices.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Loading, Skeleton } from '#web/ui/states.tsx'
import { notices, useMarkAllRead, useMarkRead } from '../data/notices.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { paths } from '../paths.ts'
import { when } from '../time.ts'
import './bell.css'

/** More than these are not counted. */
const mostCounted = 100

/** How many notices I have not read, and the notices; both follow what happens without being asked. */
export function Bell() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const live = useLive()
  const list = useInfiniteQuery(notices)
  const unread = live.unread ?? list.data?.pages[0]?.unread ?? 0
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const all = useMarkAllRead()

  useEffect(() => {
    if (!open) return undefined
    const outside = (event: Event) => box.current?.contains(event.target as Node) || setOpen(false)
    /** Arrow keys walk down the list; Escape puts it away. */
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        setOpen(false)
        button.current?.focus()
      }
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (!by) return
      event.preventDefault()
      const rows = [...(box.current?.querySelectorAll<HTMLElement>('.bell-row') ?? [])]
      const at = rows.findIndex((row) => row === document.activeElement)
      rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])

  return (
    <div className="bell" ref={box}>
      <button
        ref={button}
        type="button"
        className="bell-btn"
        aria-expanded={open}
        aria-label={unread > 0 ? t('bell.unread', { count: unread }) : t('bell.label')}
        onClick={() => setOpen(!open)}
      >
        <Icon of={BellIcon} />
        {unread > 0 && <b aria-hidden="true">{unread >= mostCounted ? t('bell.most') : unread}</b>}
      </button>
      <p className="vh" aria-live="polite">
        {unread > 0 && t('bell.unread', { count: unread })}
      </p>
      {open && (
        <section className="bell-list" aria-label={t('bell.label')}>
          <header>
            <h2>{t('bell.label')}</h2>
            {unread > 0 && (
              <Button small kind="quiet" busy={all.isPending} onClick={() => all.mutate()}>
                {t('bell.readAll')}
              </Button>
            )}
          </header>
          {list.isPending && (
            <Loading>
              <Skeleton shape="line w90" />
              <Skeleton shape="line w70" />
              <Skeleton shape="line w90" />
            </Loading>
          )}
          <ProblemNote error={list.error ?? all.error} />
          {list.isSuccess && items.length === 0 && <p className="bell-none">{t('bell.none')}</p>}
          <ul>
            {items.map((item) => (
              <Row key={item.id} item={item} onOpen={() => setOpen(false)} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button
              small
              kind="quiet"
              wide
              busy={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('bell.more')}
            </Button>
          )}
        </section>
      )}
    </div>
  )
}

function Row({ item, onOpen }: { item: Notice; onOpen: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const read = useMarkRead()
  const fresh = item.readAt === null
  const take = () => {
    if (fresh) read.mutate(item.id)
  }
  const words = (
    <>
      <span>
        {fresh && <span className="vh">{t('bell.fresh')}</span>}
        {item.text}
      </span>
      <time dateTime={item.at}>{when(t, item.at, now)}</time>
    </>
  )
  return (
    <li className={fresh ? 'fresh' : undefined}>
      {item.request ? (
        <Link
          className="bell-row"
          to={paths.inbox}
          params={{ id: item.request }}
          search={{ queue: 'all' }}
          onClick={() => {
            take()
            onOpen()
          }}
        >
          {words}
        </Link>
      ) : (
        <button type="button" className="bell-row" onClick={take}>
          {words}
        </button>
      )}
    </li>
  )
}
