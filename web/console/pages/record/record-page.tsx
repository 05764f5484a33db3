import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextInput } from '#web/ui/field.tsx'
import { Key } from '#web/ui/words.tsx'
import { useMe } from '../../data/me.ts'
import { useRecord } from '../../data/submit.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { lifecycleWord } from '../../words.ts'
import { RecordConfidence, confidenceOf, openly } from './record-confidence.tsx'
import { ReadBack } from './read-back.tsx'
import { RecordWhat, useChosen, type What } from './record-what.tsx'
import './record.css'

const ways = ['phone_call', 'reception_room', 'visit', 'chat_group'] as const

const nothing: What = { words: '', category: undefined, urgency: undefined, accept: false }

const blank = () => ({
  id: newId(),
  entry: newId(),
  reporter: newId(),
  channel: 'phone_call' as (typeof ways)[number],
  phone: '',
  name: '',
  path: '',
  place: '',
  ...nothing,
  ...openly,
})

/** Record for someone who says it on the phone, at the counter or at the door: one page, hands on the keyboard. */
export function RecordPage() {
  const { t } = useTranslation()
  const { home, posts } = useMe()
  const [form, setForm] = useState(blank)
  const [tried, setTried] = useState(false)
  const record = useRecord()
  const keys = useFormKeys()
  useTitle(t('nav.record'))
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const path = form.path || home
  const chosen = useChosen(form.id, path, form)
  const { category } = chosen
  // What is about one's own office goes to the desk above at once, and is accepted there.
  const isAboutUs = posts.some(({ organisation }) => organisation.id === form.about?.id)

  const missing = {
    words: !form.words.trim() && t('record.wordsMissing'),
    phone: form.phone !== '' && !/^1\d{10}$/.test(form.phone) && t('record.phoneWrong'),
    path: path.split('/').length < 4 && t('record.placeMissing'),
    category: form.accept && !category && t('record.categoryMissing'),
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.values(missing).some(Boolean) || record.isPending) return
    const reporter =
      form.phone || form.name
        ? {
            id: form.reporter,
            ...(form.name && { name: form.name }),
            ...(form.phone && { phone: form.phone }),
          }
        : undefined
    record.mutate({
      submission: {
        id: form.id,
        words: form.words,
        path,
        place: form.place,
        channel: form.channel,
        ...(category && { category }),
        ...confidenceOf(form),
        ...(reporter && { reporter }),
      },
      accept:
        form.accept && category && !isAboutUs
          ? { id: form.entry, kind: 'accept', category, urgency: chosen.urgency }
          : undefined,
    })
  }

  function again() {
    setForm(blank())
    setTried(false)
    record.reset()
  }

  if (record.data) return <ReadBack recorded={record.data} confidential={form.confidential} onAgain={again} />
  return (
    <div className="page record">
      <header className="page-head">
        <div>
          <h1>{t('nav.record')}</h1>
          <p>{t('record.how')}</p>
        </div>
      </header>
      <form className="record-form" onSubmit={submit} noValidate ref={keys}>
        <div>
          <section aria-label={t('record.who')}>
            <h2>{t('record.who')}</h2>
            <SegmentedChoice
              legend={t('record.way')}
              options={ways.map((way) => ({ value: way, label: lifecycleWord(t, `channel.${way}`) }))}
              value={form.channel}
              onChange={(channel) => set({ channel })}
            />
            <div className="pair">
              <TextInput
                label={t('record.phone')}
                inputMode="tel"
                autoComplete="off"
                maxLength={11}
                value={form.phone}
                error={tried && missing.phone}
                hint={t(form.confidential ? 'confidence.phoneHint' : 'record.phoneHint')}
                onChange={(event) => set({ phone: event.target.value.replace(/\D/g, '') })}
              />
              <TextInput
                label={t('record.name')}
                autoComplete="off"
                maxLength={40}
                value={form.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            </div>
          </section>
          <section aria-label={t('record.where')}>
            <h2>{t('record.where')}</h2>
            <PlacePicker home={home} value={path} onChange={(next) => set({ path: next })} />
            <TextInput
              label={t('record.place')}
              autoComplete="off"
              maxLength={120}
              value={form.place}
              error={tried && missing.path}
              onChange={(event) => set({ place: event.target.value })}
            />
          </section>
        </div>
        <div>
          <RecordWhat
            what={form}
            chosen={chosen}
            wordsMissing={tried && missing.words}
            categoryMissing={tried && missing.category}
            onChange={set}
          />
          <RecordConfidence value={form} onChange={set} />
        </div>
        <footer>
          <ProblemNote error={record.error} />
          <div className="deed-do">
            <Button type="submit" kind="primary" busy={record.isPending}>
              {t('record.submit')}
            </Button>
            <p>{form.accept ? t('record.causeAccept') : t('record.cause')}</p>
            <p className="keys-hint">
              <Key>Ctrl</Key>
              <Key>Enter</Key>
            </p>
          </div>
        </footer>
      </form>
    </div>
  )
}
