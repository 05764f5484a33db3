import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JointView } from '#meetings/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useMe } from '../../data/me.ts'
import { useJointChange } from '../../data/meetings.ts'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SeatsField } from './seats-field.tsx'

/** Sets a joint meeting up, or changes its name, chair and standing members. */
export function JointSheet({
  joint,
  onClose,
}: {
  joint: JointView | 'new' | undefined
  onClose: () => void
}) {
  const { t } = useTranslation()
  const known = joint === 'new' ? undefined : joint
  return (
    <Sheet
      title={t(known ? 'meetings.changeJoint' : 'meetings.newJoint')}
      open={joint !== undefined}
      onClose={onClose}
    >
      <Fields key={known?.version} joint={known} onDone={onClose} />
    </Sheet>
  )
}

function Fields({ joint, onDone }: { joint: JointView | undefined; onDone: () => void }) {
  const { t } = useTranslation()
  const { home } = useMe()
  const [id] = useState(() => joint?.id ?? newId())
  const [path, setPath] = useState(joint?.path ?? home)
  const [name, setName] = useState(joint?.name ?? '')
  const [mark, setMark] = useState(joint?.mark ?? '')
  const [chair, setChair] = useState(joint?.chair ?? '')
  const [seats, setSeats] = useState(
    joint?.seats.map(({ organisation, post }) => ({
      organisation: organisation.id,
      name: organisation.name,
      post,
    })) ?? [],
  )
  const change = useJointChange()
  const ready =
    name.trim().length >= 2 && chair.trim() && seats.length > 0 && seats.every(({ post }) => post.trim())
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!ready || change.isPending) return
    const said = { path, name, mark, chair, seats: seats.map(({ name: _, ...seat }) => seat) }
    change.mutate({ id, version: joint?.version ?? 0, change: said }, { onSuccess: onDone })
  }
  return (
    <form className="meet-form" onSubmit={submit} noValidate>
      {!joint && <PlacePicker home={home} value={path} onChange={setPath} />}
      <TextInput
        label={t('meetings.name')}
        hint={t('meetings.nameHint')}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
      />
      <TextInput
        label={t('meetings.chair')}
        hint={t('meetings.chairHint')}
        value={chair}
        maxLength={40}
        onChange={(event) => setChair(event.target.value)}
      />
      <TextInput
        label={t('meetings.mark')}
        hint={t('meetings.markHint')}
        value={mark}
        maxLength={8}
        onChange={(event) => setMark(event.target.value)}
      />
      <SeatsField label={t('meetings.standing')} seats={seats} onChange={setSeats} />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={change.isPending} disabled={!ready}>
          {t('meetings.save')}
        </Button>
        <p>{t('meetings.jointCause')}</p>
      </div>
      <ProblemNote error={change.error} />
    </form>
  )
}
