import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { TextArea, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useNewMediation } from '../../data/mediations.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Choose } from './choose.tsx'

type Person = { id: string; name: string }

/** A new file: what it is about, who fell out, who mediates. */
export function NewPane(props: {
  candidates: readonly Person[]
  onClose: () => void
  onOpened: (id: string) => void
}) {
  const { candidates, onClose, onOpened } = props
  const { t } = useTranslation()
  const tell = useToast()
  const add = useNewMediation()
  const [id] = useState(newId)
  const [title, setTitle] = useState('')
  const [words, setWords] = useState('')
  const [parties, setParties] = useState<Person[]>(() => [
    { id: newId(), name: '' },
    { id: newId(), name: '' },
  ])
  const [mediators, setMediators] = useState<Person[]>([])
  const [tried, setTried] = useState(false)
  const named = parties.filter(({ name }) => name.trim())
  const ready = title.trim() && words.trim() && named.length >= 2 && mediators.length > 0

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!ready || add.isPending) return
    add.mutate(
      {
        id,
        title: title.trim(),
        words: words.trim(),
        parties: named.map((party) => ({ id: party.id, name: party.name.trim() })),
        mediators: mediators.map((one) => one.id),
      },
      {
        afterwards: () => tell(t('mediation.opened')),
        onSuccess: () => onOpened(id),
      },
    )
  }

  return (
    <aside className="pane" aria-label={t('mediation.new')}>
      <header>
        <h2>{t('mediation.new')}</h2>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <form className="pane-form" onSubmit={submit} noValidate>
        <TextInput
          label={t('mediation.about')}
          hint={t('mediation.aboutHint')}
          value={title}
          maxLength={60}
          error={tried && !title.trim() && t('mediation.aboutMissing')}
          onChange={(event) => setTitle(event.target.value)}
        />
        {parties.map((party, index) => (
          <TextInput
            key={party.id}
            label={t('mediation.party', { number: index + 1 })}
            value={party.name}
            maxLength={40}
            error={tried && index < 2 && !party.name.trim() && t('mediation.partyMissing')}
            onChange={({ target }) =>
              setParties(parties.map((one) => (one.id === party.id ? { ...one, name: target.value } : one)))
            }
          />
        ))}
        {parties.length < 8 && (
          <Button small kind="quiet" onClick={() => setParties([...parties, { id: newId(), name: '' }])}>
            {t('mediation.oneMore')}
          </Button>
        )}
        <TextArea
          label={t('mediation.wordsOf.open')}
          rows={4}
          maxLength={2000}
          value={words}
          error={tried && !words.trim() && t('mediation.wordsMissing')}
          onChange={(event) => setWords(event.target.value)}
        />
        <Choose
          label={t('mediation.mediators')}
          candidates={candidates}
          chosen={mediators}
          error={tried && mediators.length === 0 && t('mediation.mediatorsMissing')}
          onChange={setMediators}
        />
        <ProblemNote error={add.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t('mediation.open')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('deed.cancel')}
          </Button>
          <p>{t('mediation.openCause')}</p>
        </div>
      </form>
    </aside>
  )
}
