import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingView } from '#meetings/contract.ts'
import { attendances } from '#meetings/lists.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextInput } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAttend, useMeetingChange } from '../../data/meetings.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SeatsField } from './seats-field.tsx'

type Member = MeetingView['members'][number]

/** Who sits in it; who came, once it has begun. */
export function Members({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation()
  const [inviting, setInviting] = useState(false)
  const mayAttend = meeting.abilities.includes('attend')
  return (
    <section className="meet-members" aria-label={t('meetings.membersTitle')}>
      <header>
        <h2>{t('meetings.membersTitle')}</h2>
        {meeting.abilities.includes('change') && (
          <Button small kind="quiet" onClick={() => setInviting(true)}>
            {t('meetings.invite')}
          </Button>
        )}
      </header>
      <ul>
        {meeting.members.map((member) => (
          <li key={member.organisation.id}>
            <Who member={member} />
            {mayAttend && <Came meeting={meeting.id} member={member} />}
          </li>
        ))}
      </ul>
      <Sheet title={t('meetings.invite')} open={inviting} onClose={() => setInviting(false)}>
        <Invite key={meeting.version} meeting={meeting} onDone={() => setInviting(false)} />
      </Sheet>
    </section>
  )
}

function Who({ member }: { member: Member }) {
  const { t } = useTranslation()
  const { organisation, post, kind, attendance, person } = member
  return (
    <p>
      <b>{organisation.name}</b>
      <small>
        {[
          person ?? post,
          kind === 'invited' && t('meetings.invited'),
          attendance && t(`meetings.attendance.${attendance}`),
        ]
          .filter(Boolean)
          .join(t('meetings.dot'))}
      </small>
    </p>
  )
}

/** Pressed while people come in: one press each, and a name where the minutes should have one. */
function Came({ meeting, member }: { meeting: string; member: Member }) {
  const { t } = useTranslation()
  const attend = useAttend(meeting)
  const [person, setPerson] = useState(member.person ?? '')
  const organisation = member.organisation.id
  const name = person.trim()
  return (
    <>
      <SegmentedChoice
        legend={t('meetings.cameOf', { name: member.organisation.name })}
        options={attendances.map((value) => ({ value, label: t(`meetings.attendance.${value}`) }))}
        value={member.attendance ?? undefined}
        onChange={(attendance) => attend.mutate({ organisation, attendance, ...(name && { person: name }) })}
      />
      {member.attendance === 'here' && (
        <TextInput
          quiet
          label={t('meetings.personOf', { name: member.organisation.name })}
          placeholder={t('meetings.person')}
          value={person}
          maxLength={40}
          onChange={(event) => setPerson(event.target.value)}
          onBlur={() => {
            if (name !== (member.person ?? ''))
              attend.mutate({ organisation, attendance: 'here', ...(name && { person: name }) })
          }}
        />
      )}
      <ProblemNote error={attend.error} />
    </>
  )
}

function Invite({ meeting, onDone }: { meeting: MeetingView; onDone: () => void }) {
  const { t } = useTranslation()
  const change = useMeetingChange(meeting)
  const [seats, setSeats] = useState(
    meeting.members
      .filter(({ kind }) => kind === 'invited')
      .map(({ organisation, post }) => ({ organisation: organisation.id, name: organisation.name, post })),
  )
  const standing = meeting.members
    .filter(({ kind }) => kind === 'standing')
    .map(({ organisation }) => organisation.id)
  return (
    <form
      className="meet-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate({ invited: seats.map(({ name: _, ...seat }) => seat) }, { onSuccess: onDone })
      }}
    >
      <SeatsField label={t('meetings.invitedOnes')} seats={seats} onChange={setSeats} except={standing} />
      <div className="deed-do">
        <Button type="submit" busy={change.isPending} disabled={seats.some(({ post }) => !post.trim())}>
          {t('meetings.save')}
        </Button>
        <p>{t('meetings.inviteCause')}</p>
      </div>
      <ProblemNote error={change.error} />
    </form>
  )
}
