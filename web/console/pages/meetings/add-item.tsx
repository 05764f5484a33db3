import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingView } from '#meetings/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextArea, TextInput } from '#web/ui/field.tsx'
import { useAddItem } from '../../data/meetings.ts'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'

type Kind = 'code' | 'own'

/** Something the rule did not propose: a request by its code, or a matter that nobody has said. */
export function AddItem({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>()
  return (
    <section className="meet-add" aria-label={t('meetings.addOther')}>
      <h2>{t('meetings.addOther')}</h2>
      <SegmentedChoice
        legend={t('meetings.addOther')}
        options={(['code', 'own'] as const).map((value) => ({ value, label: t(`meetings.addBy.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      {kind && <Fields key={kind} kind={kind} meeting={meeting} onDone={() => setKind(undefined)} />}
    </section>
  )
}

function Fields(props: { kind: Kind; meeting: MeetingView; onDone: () => void }) {
  const { kind, meeting, onDone } = props
  const { t } = useTranslation()
  const [id] = useState(() => newId())
  const [code, setCode] = useState('')
  const [title, setTitle] = useState('')
  const [words, setWords] = useState('')
  const [path, setPath] = useState(meeting.path)
  const add = useAddItem(meeting.id)
  const isHigh = meeting.level === 'district' || meeting.level === 'subdistrict'
  const ready = kind === 'code' ? code.trim() : title.trim() && words.trim()
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!ready || add.isPending) return
    add.mutate(
      kind === 'code'
        ? { id, code: code.trim().toUpperCase() }
        : { id, title: title.trim(), words: words.trim(), path },
      { onSuccess: onDone },
    )
  }
  return (
    <form className="meet-form" onSubmit={submit} noValidate>
      {kind === 'code' ? (
        <TextInput
          label={t('meetings.code')}
          value={code}
          maxLength={20}
          placeholder={t('meetings.codeExample')}
          onChange={(event) => setCode(event.target.value)}
        />
      ) : (
        <>
          <TextInput
            label={t('meetings.ownTitle')}
            value={title}
            maxLength={60}
            onChange={(event) => setTitle(event.target.value)}
          />
          <TextArea
            label={t('meetings.ownWords')}
            hint={t('meetings.ownHint')}
            value={words}
            maxLength={2000}
            onChange={(event) => setWords(event.target.value)}
          />
          {isHigh && <PlacePicker home={meeting.path} value={path} onChange={setPath} />}
        </>
      )}
      <Button type="submit" small busy={add.isPending} disabled={!ready}>
        {t('meetings.add')}
      </Button>
      <ProblemNote error={add.error} />
    </form>
  )
}
