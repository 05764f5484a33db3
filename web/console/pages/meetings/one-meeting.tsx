import { Link } from '@tanstack/react-router'
import { ArrowLeft, CircleStop, FileDown, MonitorUp, Presentation, Send } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingView } from '#meetings/contract.ts'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { minutesAddress, type MeetingStep, useMeetingStep } from '../../data/meetings.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useKeys } from '../inbox/keys.tsx'
import { paths } from '../../paths.ts'
import { Agenda } from './agenda.tsx'
import { DecidePane } from './decide-pane.tsx'
import { Members } from './members.tsx'
import { PaperPane } from './paper-pane.tsx'
import { Proposals } from './proposals.tsx'
import { meetingNumber, meetingTime, stateTone } from './said.ts'

/** Agenda, case and decision side by side; in the room large enough to be read from the back, and led by keys. */
export function OneMeeting({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation()
  const items = useMemo(() => [...(meeting.before?.items ?? []), ...meeting.items], [meeting])
  const [chosen, setChosen] = useState<string>()
  const item = items.find(({ id }) => id === chosen) ?? meeting.items[0] ?? items[0]
  const isOwn = meeting.items.some(({ id }) => id === item?.id)
  const page = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useRoom(page)
  const move = useCallback(
    (by: 1 | -1) => {
      const at = items.findIndex(({ id }) => id === item?.id)
      const next = items[Math.min(items.length - 1, Math.max(0, at + by))]
      if (!next) return
      setChosen(next.id)
      document.querySelector(`[data-item="${next.id}"]`)?.scrollIntoView({ block: 'nearest' })
    },
    [items, item?.id],
  )
  useKeys(
    useCallback(
      (key) => {
        if (key === 'j' || key === 'ArrowDown') move(1)
        else if (key === 'k' || key === 'ArrowUp') move(-1)
        else if (key === 'p') setRoom(!room)
        else return false
        return true
      },
      [move, room, setRoom],
    ),
  )
  return (
    <div className={room ? 'meet room' : 'meet'} ref={page}>
      <Head meeting={meeting} room={room} onRoom={setRoom} />
      <div className="meet-three">
        <Agenda meeting={meeting} chosen={item?.id} onChoose={setChosen} />
        <section className="meet-case" aria-label={t('meetings.case')}>
          {item ? <PaperPane key={item.id} item={item} isBefore={!isOwn} /> : <Nothing meeting={meeting} />}
          {meeting.abilities.includes('call') && <Proposals meeting={meeting} />}
        </section>
        <aside className="meet-side" aria-label={t('meetings.side')}>
          {item && (
            <DecidePane
              key={`${item.id} ${isOwn}`}
              meeting={meeting}
              item={item}
              isOwn={isOwn}
              onNext={() => move(1)}
            />
          )}
          <Members meeting={meeting} />
        </aside>
      </div>
    </div>
  )
}

function Nothing({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation()
  return (
    <p className="meet-nothing">
      {t(meeting.abilities.includes('change') ? 'meetings.noItemsYet' : 'meetings.noItems')}
    </p>
  )
}

const next: Partial<Record<MeetingView['state'], { step: MeetingStep; icon: typeof Send }>> = {
  preparing: { step: 'call', icon: Send },
  called: { step: 'open', icon: Presentation },
  open: { step: 'close', icon: CircleStop },
}

function Head(props: { meeting: MeetingView; room: boolean; onRoom: (on: boolean) => void }) {
  const { meeting, room, onRoom } = props
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const step = useMeetingStep(meeting.id)
  const following = meeting.abilities.length > 0 ? next[meeting.state] : undefined
  const undecided = meeting.items.filter(({ decision }) => decision === null).length
  const line = [
    meetingNumber(t, meeting),
    meetingTime(t, meeting.at, now),
    meeting.place,
    t('meetings.chairedBy', { chair: meeting.chair }),
  ]
  return (
    <header className="meet-head">
      <div>
        <Link className="meet-back" to={paths.meetings}>
          <Icon of={ArrowLeft} size="s" />
          {t('nav.meetings')}
        </Link>
        <h1>
          {meeting.joint.name}
          <Tag tone={stateTone[meeting.state]}>{t(`meetings.state.${meeting.state}`)}</Tag>
        </h1>
        <p>{line.filter(Boolean).join(t('meetings.dot'))}</p>
      </div>
      <div className="actions">
        {meeting.state === 'held' && (
          <ButtonLink kind="primary" icon={FileDown} href={minutesAddress(meeting.id)} download>
            {t('meetings.minutes')}
          </ButtonLink>
        )}
        {(meeting.state === 'open' || meeting.state === 'called') && (
          <Button icon={MonitorUp} aria-pressed={room} onClick={() => onRoom(!room)}>
            {t(room ? 'meetings.leaveRoom' : 'meetings.room_')}
          </Button>
        )}
        {meeting.abilities.includes('cancel') && (
          <Button kind="quiet" busy={step.isPending} onClick={() => step.mutate('cancel')}>
            {t('meetings.step.cancel')}
          </Button>
        )}
        {following && (
          <Button
            // In the room the one primary button is that of the decision.
            kind={following.step === 'close' ? 'plain' : 'primary'}
            icon={following.icon}
            busy={step.isPending}
            disabled={following.step === 'call' && meeting.items.length === 0}
            onClick={() =>
              step.mutate(following.step, {
                afterwards: () => tell(t(`meetings.stepDone.${following.step}`)),
              })
            }
          >
            {t(`meetings.step.${following.step}`)}
          </Button>
        )}
      </div>
      {following && (
        <p className="meet-cause">
          {following.step === 'close' && undecided > 0
            ? t('meetings.undecided', { count: undecided })
            : t(`meetings.stepCause.${following.step}`)}
        </p>
      )}
      <ProblemNote error={step.error} />
    </header>
  )
}

/** Large letters on the whole screen, for the wall of the room; Escape leaves it as it leaves any full screen. */
function useRoom(page: React.RefObject<HTMLDivElement | null>): [boolean, (on: boolean) => void] {
  const [room, setRoom] = useState(false)
  useEffect(() => {
    const leave = () => {
      if (!document.fullscreenElement) setRoom(false)
    }
    document.addEventListener('fullscreenchange', leave)
    return () => document.removeEventListener('fullscreenchange', leave)
  }, [])
  const turn = useCallback(
    (on: boolean) => {
      setRoom(on)
      // Where the browser has no full screen, the letters are large all the same.
      if (on) void page.current?.requestFullscreen?.().catch(() => undefined)
      else if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
    },
    [page],
  )
  return [room, turn]
}
