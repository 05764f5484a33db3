import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Switch, TextArea, TextInput } from '#web/ui/field.tsx'
import { Key } from '#web/ui/words.tsx'
import { useMe } from '../../data/me.ts'
import { useRecord } from '../../data/submit.ts'
import { CategoryPicker } from '../../parts/category-picker.tsx'
import { useFormKeys } from '../../parts/form-keys.ts'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { lifecycleWord } from '../../words.ts'
import { ReadBack } from './read-back.tsx'
import './record.css'

const ways = ['phone_call', 'reception_room', 'visit', 'chat_group'] as const

const blank = () => ({
  id: newId(),
  entry: newId(),
  reporter: newId(),
  channel: 'phone_call' as (typeof ways)[number],
  phone: '',
  name: '',
  path: '',
  place: '',
  words: '',
  category: undefined as string | undefined,
  accept: false,
})

/** Record for someone who says it on the phone, at the counter or at the door: one page, hands on the keyboard. */
export function RecordPage() {
  const { t } = useTranslation()
  const { home } = useMe()
  const [form, setForm] = useState(blank)
  const [tried, setTried] = useState(false)
  const record = useRecord()
  const keys = useFormKeys()
  useTitle(t('nav.record'))
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const path = form.path || home

  const missing = {
    words: !form.words.trim() && t('record.wordsMissing'),
    phone: form.phone !== '' && !/^1\d{10}$/.test(form.phone) && t('record.phoneWrong'),
    path: path.split('/').length < 4 && t('record.placeMissing'),
    category: form.accept && !form.category && t('record.categoryMissing'),
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
        ...(form.category && { category: form.category }),
        ...(reporter && { reporter }),
      },
      accept:
        form.accept && form.category
          ? { id: form.entry, kind: 'accept', category: form.category, urgency: 'by_date' }
          : undefined,
    })
  }

  function again() {
    setForm(blank())
    setTried(false)
    record.reset()
  }

  if (record.data) return <ReadBack recorded={record.data} onAgain={again} />
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
                hint={t('record.phoneHint')}
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
          <section aria-label={t('record.what')}>
            <h2>{t('record.what')}</h2>
            <TextArea
              label={t('record.words')}
              hint={t('record.wordsHint')}
              maxLength={2000}
              value={form.words}
              error={tried && missing.words}
              onChange={(event) => set({ words: event.target.value })}
            />
            <CategoryPicker
              value={form.category}
              onChange={(category) => set({ category })}
              hint={t('record.categoryHint')}
            />
            <Switch label={t('record.accept')} on={form.accept} onChange={(accept) => set({ accept })} />
            {tried && missing.category && (
              <p className="deed-missing" role="alert">
                {missing.category}
              </p>
            )}
          </section>
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
