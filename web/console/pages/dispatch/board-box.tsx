import { Link } from '@tanstack/react-router'
import { CornerDownRight, MapPin } from 'lucide-react'
import type { DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Seal } from '#web/ui/seal.tsx'
import type { Board, BoardItem } from '../../data/dispatch.ts'
import { paths } from '../../paths.ts'
import { shortLeft, when } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'
import { DueTag } from '../inbox/due-tag.tsx'
import type { Giving } from './dispatch-page.tsx'
import type { DispatchSearch } from './search.ts'

type Box = Board['columns'][number]['boxes'][number]
const dragged = 'application/x-chuanmen-request'

/** What one organisation has: the first few, and how many more. Something that waits can be dragged onto it. */
export function BoardBox(props: {
  box: Box
  by: 'holder' | 'step'
  at: string | undefined
  onMark: (id: string) => void
  onGive: (giving: Giving) => void
  more: DispatchSearch
}) {
  const { box, by, at, onMark, onGive, more } = props
  const { t } = useTranslation()
  const { organisation, person, own, count, items } = box
  const onDrop = (event: DragEvent) => {
    const [id, title] = event.dataTransfer.getData(dragged).split('\n')
    if (!id) return
    event.preventDefault()
    onGive({ id, title: title ?? '', to: { value: organisation.id, label: organisation.name } })
  }
  const name = by === 'holder' ? organisation.name : (person?.name ?? t('dispatch.nobodyNamed'))
  return (
    <article
      className={own && by === 'holder' ? 'box own' : 'box'}
      aria-label={name}
      onDragOver={(event) => event.dataTransfer.types.includes(dragged) && event.preventDefault()}
      onDrop={onDrop}
    >
      <header>
        <Seal
          name={by === 'step' ? (person?.name ?? organisation.name) : name}
          hollow={!own || (by === 'step' && !person)}
        />
        <b>{own && by === 'holder' ? t('dispatch.yours', { name }) : name}</b>
        <small>
          {by === 'step' && organisation.name !== name
            ? t('dispatch.withIn', { name: organisation.name, count })
            : t('dispatch.pieces', { count })}
        </small>
      </header>
      <ul>
        {items.map((item) => (
          <Card
            key={item.id}
            item={item}
            marked={item.id === at}
            own={own}
            onMark={() => onMark(item.id)}
            onGive={() => onGive({ id: item.id, title: item.title })}
          />
        ))}
      </ul>
      {count > items.length && (
        <Link className="box-more" to={paths.dispatch} search={more}>
          {t('dispatch.andMore', { count: count - items.length })}
        </Link>
      )}
    </article>
  )
}

function Card(props: {
  item: BoardItem
  marked: boolean
  own: boolean
  onMark: () => void
  onGive: () => void
}) {
  const { item, marked, own, onMark, onGive } = props
  const { t } = useTranslation()
  const now = useNow()
  const { waiting } = item
  const classes = ['slip', item.overdue && 'late', marked && 'marked'].filter(Boolean).join(' ')
  return (
    <li
      id={`card-${item.id}`}
      className={classes}
      aria-current={marked || undefined}
      draggable={waiting?.step === 'dispatch'}
      onDragStart={(event) => event.dataTransfer.setData(dragged, `${item.id}\n${item.title}`)}
    >
      <div>
        <Link
          to={paths.inbox}
          params={{ id: item.id }}
          search={{ queue: 'all' }}
          onFocus={onMark}
          className="slip-title"
        >
          {item.title}
        </Link>
        <DueTag request={item} now={now} />
      </div>
      <p>
        <Icon of={waiting ? CornerDownRight : MapPin} size="s" />
        <span>
          {waiting ? <Waits waiting={waiting} now={now} /> : lifecycleWord(t, `state.${item.state}`)}
          {t('comma')}
          {item.place}
        </span>
      </p>
      {own && waiting && (
        <Button small onClick={onGive}>
          {t(waiting.step === 'dispatch' ? 'dispatch.give' : 'dispatch.take')}
        </Button>
      )}
    </li>
  )
}

/** At which step it waits, since when, and by how much that is late. */
export function Waits({ waiting, now }: { waiting: NonNullable<BoardItem['waiting']>; now: string }) {
  const { t } = useTranslation()
  const { step, since, dueAt, late } = waiting
  return late ? (
    <b className="late-word">{t(`dispatch.waits.${step}Late`, { over: shortLeft(t, dueAt, now).said })}</b>
  ) : (
    <>{t(`dispatch.waits.${step}`, { since: when(t, since, now) })}</>
  )
}
