import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CalendarPlus, Plus, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JointView, MeetingRow } from '#meetings/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { jointList, meetingList } from '../../data/meetings.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { paths } from '../../paths.ts'
import { ConveneSheet } from './convene-sheet.tsx'
import { JointSheet } from './joint-sheet.tsx'
import { meetingNumber, meetingTime, stateTone } from './said.ts'
import { Tabs } from '../../parts/tabs.tsx'

type When = 'coming' | 'past'

/** Meetings ahead and meetings held; who sits in them stands below. */
export function MeetingList() {
  const { t } = useTranslation()
  const may = useMay()
  const [when, setWhen] = useState<When>('coming')
  const [convening, setConvening] = useState(false)
  const [changing, setChanging] = useState<JointView | 'new'>()
  const joint = useQuery(jointList)
  const joints = joint.data?.items ?? []
  const own = joints.filter(({ keeps }) => keeps)
  return (
    <div className="page meetings">
      <header className="page-head">
        <div>
          <h1>{t('nav.meetings')}</h1>
          <p>{t('meetings.what')}</p>
        </div>
        {own.length > 0 && (
          <div className="actions">
            <Button
              // A sheet that is open brings the one primary button of the page.
              kind={convening || changing ? 'plain' : 'primary'}
              icon={CalendarPlus}
              onClick={() => setConvening(true)}
            >
              {t('meetings.convene')}
            </Button>
          </div>
        )}
      </header>
      <Tabs
        label={t('nav.meetings')}
        tabs={(['coming', 'past'] as const).map((one) => ({ value: one, label: t(`meetings.tab.${one}`) }))}
        value={when}
        onChange={setWhen}
      />
      <Rows when={when} />
      <section className="meet-joints" aria-label={t('meetings.joints')}>
        <header>
          <h2>{t('meetings.joints')}</h2>
          {may('meeting.keep') && (
            <Button small icon={Plus} onClick={() => setChanging('new')}>
              {t('meetings.newJoint')}
            </Button>
          )}
        </header>
        <ListStates
          list={joint}
          count={joints.length}
          failed={t('meetings.failed')}
          empty={{ title: t('meetings.noJoint'), why: t('meetings.noJointWhy') }}
          bones={2}
        >
          <ul>
            {joints.map((one) => (
              <Joint key={one.id} joint={one} onChange={() => setChanging(one)} />
            ))}
          </ul>
        </ListStates>
      </section>
      <ConveneSheet joints={own} open={convening} onClose={() => setConvening(false)} />
      <JointSheet joint={changing} onClose={() => setChanging(undefined)} />
    </div>
  )
}

function Rows({ when }: { when: When }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(meetingList(when))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <ListStates
        list={list}
        count={items.length}
        failed={t('meetings.failed')}
        empty={{ title: t(`meetings.none.${when}`), why: t(`meetings.noneWhy.${when}`) }}
        bones={4}
        wide
      >
        <ul className="meet-rows">
          {items.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      </ListStates>
      <MorePages list={list} label={t('meetings.more')} />
    </>
  )
}

function Row({ row }: { row: MeetingRow }) {
  const { t } = useTranslation()
  const now = useNow()
  const { month, day } = localTime(row.at)
  return (
    <li>
      <Link className="meet-row" to={paths.meeting} params={{ meeting: row.id }}>
        <span className="meet-day" aria-hidden="true">
          <b>{day}</b>
          {t('meetings.month', { month, monthName: t(`month_short.${month}`, { ns: 'ui' }) })}
        </span>
        <span className="meet-name">
          <b>{row.joint.name}</b>
          <small>
            {[meetingNumber(t, row), meetingTime(t, row.at, now), row.place]
              .filter(Boolean)
              .join(t('meetings.dot'))}
          </small>
        </span>
        <span className="meet-figures">
          <Tag tone={stateTone[row.state]}>{t(`meetings.state.${row.state}`)}</Tag>
          <small>{t('meetings.items', { count: row.items })}</small>
          {row.done > 0 && <Tag tone="done">{t('meetings.done', { count: row.done })}</Tag>}
          {row.running > 0 && <Tag>{t('meetings.running', { count: row.running })}</Tag>}
          {row.late > 0 && <Tag tone="late">{t('meetings.late', { count: row.late })}</Tag>}
        </span>
      </Link>
    </li>
  )
}

function Joint({ joint, onChange }: { joint: JointView; onChange: () => void }) {
  const { t } = useTranslation()
  return (
    <li>
      <div>
        <b>{joint.name}</b>
        <small>
          {t('meetings.jointLine', {
            level: t(`meetings.level.${joint.level}`),
            place: joint.place,
            chair: joint.chair,
            by: joint.organisation.name,
          })}
        </small>
        <p>
          {t('meetings.members', {
            count: joint.seats.length,
            names: joint.seats.map(({ organisation }) => organisation.name).join(t('story.listComma')),
          })}
        </p>
      </div>
      {joint.keeps && (
        <Button small kind="quiet" icon={Settings2} onClick={onChange}>
          {t('meetings.changeJoint')}
        </Button>
      )}
    </li>
  )
}
