import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '#requests/contract.ts'
import type { Filters, ListedRequest } from '../../data/requests.ts'
import { type Nearness, nearness } from '../../time.ts'
import { ListItem } from './list-item.tsx'

type Group = { name: Nearness; items: ListedRequest[] }

/** Neighbouring rows of the same nearness stand under one heading; the server has ordered them by due time. */
function grouped(items: ListedRequest[], now: string): Group[] {
  const groups: Group[] = []
  for (const item of items) {
    const name = nearness(item.dueAt, now)
    const last = groups.at(-1)
    if (last?.name === name) last.items.push(item)
    else groups.push({ name, items: [item] })
  }
  return groups
}

/** Tells the page to fetch more shortly before the end of the list comes into sight. */
function useEndInSight(onEnd: () => void) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onEnd(),
      {
        rootMargin: '600px',
      },
    )
    if (end.current) seen.observe(end.current)
    return () => seen.disconnect()
  }, [onEnd])
  return end
}

/** The rows of a queue under their headings. Rows out of sight cost no layout, so ten thousand of them scroll. */
export function RequestRows(props: {
  items: ListedRequest[]
  filters: Filters
  /** Queues by due time have headings; the others are newest first and have none. */
  headed: boolean
  chosen: string | undefined
  isMine: (request: RequestSummary) => boolean
  isFresh: (request: RequestSummary) => boolean
  /** False while more rows are to come: the last group's number is then not known yet. */
  complete: boolean
  now: string
  onEnd: () => void
}) {
  const { items, filters, headed, chosen, isMine, isFresh, complete, now, onEnd } = props
  const { t } = useTranslation()
  const end = useEndInSight(onEnd)
  const groups = headed ? grouped(items, now) : [{ name: 'none' as const, items }]
  return (
    <>
      {groups.map((group, index) => (
        <section key={`${group.name}${index}`}>
          {headed && (
            <h2>
              {t(`near.${group.name}`)} {(complete || index < groups.length - 1) && group.items.length}
            </h2>
          )}
          {group.items.map((item) => (
            <ListItem
              key={item.id}
              request={item}
              filters={filters}
              chosen={item.id === chosen}
              mine={isMine(item)}
              fresh={isFresh(item)}
              now={now}
            />
          ))}
        </section>
      ))}
      <div ref={end} />
    </>
  )
}
