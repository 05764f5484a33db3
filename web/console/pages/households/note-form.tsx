import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdView } from '#households/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useEntry } from './use-entry.ts'

/** What whoever knocks should know: the bell is broken, a dog, speak loudly. */
export function NoteForm({ household, onClose }: { household: HouseholdView; onClose: () => void }) {
  const { t } = useTranslation()
  // What stood there when it was opened: what others enter meanwhile is not overwritten unseen (HH6).
  const [seen] = useState(household)
  const [note, setNote] = useState(household.note ?? '')
  const { enter, busy, error } = useEntry(seen, onClose)
  const keys = useFormKeys(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    enter({ note: note.trim() || null })
  }
  return (
    <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
      <TextArea
        label={t('handbook.note')}
        hint={t('handbook.noteHint')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
      />
      <ProblemNote error={error} />
      <div className="deed-do">
        <Button type="submit" busy={busy}>
          {t('handbook.save')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('handbook.cancel')}
        </Button>
      </div>
    </form>
  )
}
