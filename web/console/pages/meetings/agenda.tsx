import { ArrowDown, ArrowUp, Lock, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ItemView, MeetingView } from '#meetings/contract.ts'
import { IconButton } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { Key } from '#web/ui/words.tsx'
import { useMeetingChange, useRemoveItem } from '../../data/meetings.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { AddItem } from './add-item.tsx'
import { fateTone, meetingNumber, reasonsText } from './said.ts'

/** What became of the last decisions, then the agenda: every meeting begins with what it promised. */
export function Agenda(props: {
  meeting: MeetingView
  chosen: string | undefined
  onChoose: (item: string) => void
}) {
  const { meeting, chosen, onChoose } = props
  const { t } = useTranslation()
  const { before, items, abilities } = meeting
  const change = useMeetingChange(meeting)
  const remove = useRemoveItem(meeting.id)
  const mayOrder = abilities.includes('change')
  const swap = (at: number, by: 1 | -1) => {
    const order = items.map(({ id }) => id)
    const [one, other] = [order[at], order[at + by]]
    if (one === undefined || other === undefined) return
    order[at] = other
    order[at + by] = one
    change.mutate({ order })
  }
  return (
    <nav className="meet-agenda" aria-label={t('meetings.agenda')}>
      <div className="meet-scroll">
        {before && (
          <section>
            <h2>{t('meetings.beforeTitle', { number: meetingNumber(t, before) })}</h2>
            {before.items.length === 0 && <p className="meet-none">{t('meetings.beforeNone')}</p>}
            <ol>
              {before.items.map((item) => (
                <li key={item.id}>
                  <Entry item={item} chosen={chosen === item.id} onChoose={onChoose} isBefore />
                </li>
              ))}
            </ol>
          </section>
        )}
        <section>
          <h2>{t('meetings.agendaTitle', { count: items.length })}</h2>
          <ol>
            {items.map((item, at) => (
              <li key={item.id}>
                <Entry item={item} number={at + 1} chosen={chosen === item.id} onChoose={onChoose} />
                {mayOrder && meeting.state !== 'open' && chosen === item.id && (
                  <span className="meet-order">
                    <IconButton
                      label={t('meetings.up')}
                      icon={ArrowUp}
                      disabled={at === 0}
                      onClick={() => swap(at, -1)}
                    />
                    <IconButton
                      label={t('meetings.down')}
                      icon={ArrowDown}
                      disabled={at === items.length - 1}
                      onClick={() => swap(at, 1)}
                    />
                    {meeting.state === 'preparing' && (
                      <IconButton
                        label={t('meetings.remove')}
                        icon={X}
                        onClick={() => remove.mutate(item.id)}
                      />
                    )}
                  </span>
                )}
              </li>
            ))}
          </ol>
          <ProblemNote error={change.error ?? remove.error} />
        </section>
        {mayOrder && <AddItem meeting={meeting} />}
      </div>
      <p className="meet-keys">
        <Key>j</Key>
        <Key>k</Key>
        {t('keys.move')}
        <Key>p</Key>
        {t('meetings.room_')}
      </p>
    </nav>
  )
}

function Entry(props: {
  item: ItemView
  number?: number
  chosen: boolean
  isBefore?: boolean
  onChoose: (item: string) => void
}) {
  const { item, number, chosen, isBefore, onChoose } = props
  const { t } = useTranslation()
  const now = useNow()
  const { decision, fate } = item
  const tag =
    fate === 'open'
      ? decision && { tone: 'care' as const, said: t(`meetings.outcome.${decision.outcome}`) }
      : { tone: fateTone[fate], said: t(`meetings.fate.${fate}`) }
  return (
    <button
      type="button"
      className="meet-item"
      data-item={item.id}
      aria-current={chosen || undefined}
      onClick={() => onChoose(item.id)}
    >
      {number !== undefined && <b aria-hidden="true">{number}</b>}
      <span>
        <span className="meet-title">
          {item.withheld && <Icon of={Lock} size="s" />}
          {item.withheld ? t('meetings.withheld') : item.title}
        </span>
        <small>
          {isBefore
            ? (decision?.lead?.name ?? '')
            : item.reasons.length > 0
              ? reasonsText(t, item.reasons, now)
              : (item.paper?.code ?? t('meetings.ownMatter'))}
        </small>
        {tag && <Tag tone={tag.tone}>{tag.said}</Tag>}
      </span>
    </button>
  )
}
