import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failed } from '#web/ui/states.tsx'
import { oneMeeting } from '../../data/meetings.ts'
import { problemText } from '../../data/problem.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { MeetingList } from './meeting-list.tsx'
import { OneMeeting } from './one-meeting.tsx'
import '../../styles/inbox.css'
import '../../styles/case.css'
import '../../styles/story.css'
import '../../styles/deeds.css'
import './meetings.css'
import './one-meeting.css'
import './room.css'

const here = getRouteApi('/inside/console/meetings/$meeting')

/** Joint meetings: those ahead and those held (R6). */
export function MeetingsPage() {
  const { t } = useTranslation()
  useTitle(t('nav.meetings'))
  return <MeetingList />
}

/** One of them, from its agenda to its minutes. */
export function MeetingPage() {
  const { t } = useTranslation()
  const { meeting: id } = here.useParams()
  const meeting = useQuery(oneMeeting(id))
  useTitle(meeting.data?.joint.name ?? t('nav.meetings'))
  if (meeting.data) return <OneMeeting key={meeting.data.id} meeting={meeting.data} />
  return (
    <div className="page">
      <h1 className="vh">{t('nav.meetings')}</h1>
      {meeting.error ? (
        <Failed
          what={t('meetings.failedOne')}
          safe={problemText(t, meeting.error)}
          onRetry={() => void meeting.refetch()}
          busy={meeting.isFetching}
        />
      ) : (
        <TableBones rows={8} wide />
      )}
    </div>
  )
}
