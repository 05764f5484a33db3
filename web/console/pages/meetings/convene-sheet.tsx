import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JointView } from '#meetings/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useConvene } from '../../data/meetings.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { paths } from '../../paths.ts'
import { dayOf } from '../../time.ts'

/** Calls a meeting together: which, when, in which room. The agenda comes next. */
export function ConveneSheet(props: { joints: readonly JointView[]; open: boolean; onClose: () => void }) {
  const { joints, open, onClose } = props
  const { t } = useTranslation()
  return (
    <Sheet title={t('meetings.convene')} open={open} onClose={onClose}>
      <Fields joints={joints} />
    </Sheet>
  )
}

function Fields({ joints }: { joints: readonly JointView[] }) {
  const { t } = useTranslation()
  const today = dayOf(useNow())
  const navigate = useNavigate()
  const [id] = useState(() => newId())
  const [joint, setJoint] = useState(joints[0]?.id ?? '')
  const [day, setDay] = useState<string>()
  const [clock, setClock] = useState('09:00')
  const [place, setPlace] = useState('')
  const convene = useConvene()
  const ready = joint && day && clock && place.trim()
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!ready || convene.isPending) return
    const at = new Date(`${day}T${clock}:00+08:00`).toISOString()
    convene.mutate(
      { id, joint, at, place },
      { onSuccess: (made) => void navigate({ to: paths.meeting, params: { meeting: made.id } }) },
    )
  }
  return (
    <form className="meet-form" onSubmit={submit} noValidate>
      <Select label={t('meetings.which')} value={joint} onChange={(event) => setJoint(event.target.value)}>
        {joints.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Select>
      <div className="meet-two">
        <DateField label={t('meetings.day')} min={today} value={day} onChange={setDay} />
        <TextInput
          label={t('meetings.clock')}
          type="time"
          value={clock}
          onChange={(event) => setClock(event.target.value)}
        />
      </div>
      <TextInput
        label={t('meetings.room')}
        value={place}
        maxLength={60}
        onChange={(event) => setPlace(event.target.value)}
      />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={convene.isPending} disabled={!ready}>
          {t('meetings.convene')}
        </Button>
        <p>{t('meetings.conveneCause')}</p>
      </div>
      <ProblemNote error={convene.error} />
    </form>
  )
}
