import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Select, TextArea, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { gridMatters, type Show, usePush } from '../../data/matters.ts'
import { useMe } from '../../data/me.ts'
import { DateField } from '../../parts/date-field.tsx'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf } from '../../time.ts'

/** Asking something of grids: on the list it holds at once, off the list it takes purpose, hours and an end, and waits. */
export function PushPane(props: { now: string; onClose: () => void; onMade: (show: Show) => void }) {
  const { now, onClose, onMade } = props
  const { t, i18n } = useTranslation()
  const tell = useToast()
  const me = useMe()
  const known = useQuery(gridMatters)
  const push = usePush()
  const [id] = useState(newId)
  const [place, setPlace] = useState(me.home)
  const [matter, setMatter] = useState('')
  const [title, setTitle] = useState('')
  const [words, setWords] = useState('')
  const [purpose, setPurpose] = useState('')
  const [hours, setHours] = useState('')
  const [from, setFrom] = useState<string | undefined>(dayOf(now))
  const [until, setUntil] = useState<string>()
  const [tried, setTried] = useState(false)
  const offList = matter === ''
  const many = Number(hours)
  const lacksHours = offList && !(Number.isInteger(many) && many > 0)
  const backwards = from !== undefined && until !== undefined && until <= from
  const ready =
    title.trim() &&
    words.trim() &&
    from &&
    !backwards &&
    (!offList || (purpose.trim() && until && !lacksHours))
  const missing = (lacks: boolean) => tried && lacks && t('matters.missing')
  const name = (one: { zh: string; en: string }) => (i18n.language === 'en' ? one.en : one.zh)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!ready || !from || push.isPending) return
    push.mutate(
      {
        id,
        path: place,
        matter: matter || null,
        title: title.trim(),
        words: words.trim(),
        purpose: purpose.trim() || null,
        hours: many > 0 ? many : null,
        startsOn: from,
        endsOn: until ?? null,
      },
      {
        afterwards: () => tell(t(offList ? 'matters.waits' : 'matters.holds')),
        onSuccess: () => {
          onMade(offList ? 'waiting' : 'now')
          onClose()
        },
      },
    )
  }

  return (
    <aside className="pane" aria-label={t('matters.new')}>
      <header>
        <h2>{t('matters.new')}</h2>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <form className="pane-form" onSubmit={submit} noValidate>
        <PlacePicker home={me.home} value={place} onChange={setPlace} />
        <Select label={t('matters.ground')} value={matter} onChange={({ target }) => setMatter(target.value)}>
          <option value="">{t('matters.offList')}</option>
          {(known.data?.groups ?? []).map((group) => (
            <optgroup key={group.code} label={name(group)}>
              {group.matters.map((one) => (
                <option key={one.code} value={one.code}>
                  {name(one)}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <TextInput
          label={t('matters.title')}
          value={title}
          maxLength={60}
          error={missing(!title.trim())}
          onChange={({ target }) => setTitle(target.value)}
        />
        <TextArea
          label={t('matters.words')}
          rows={3}
          maxLength={1000}
          value={words}
          error={missing(!words.trim())}
          onChange={({ target }) => setWords(target.value)}
        />
        <TextInput
          label={t('matters.purpose')}
          value={purpose}
          maxLength={300}
          error={missing(offList && !purpose.trim())}
          onChange={({ target }) => setPurpose(target.value)}
        />
        <TextInput
          label={t('matters.hours')}
          hint={t('matters.hoursHint')}
          inputMode="numeric"
          value={hours}
          maxLength={7}
          error={missing(lacksHours)}
          onChange={({ target }) => setHours(target.value)}
        />
        <div className="span">
          <DateField label={t('matters.first')} min={dayOf(now)} value={from} onChange={setFrom} />
          <DateField label={t('matters.ends')} min={dayOf(now)} value={until} onChange={setUntil} />
        </div>
        {(backwards || (tried && offList && !until)) && (
          <p className="deed-missing">{t('matters.endsMissing')}</p>
        )}
        <ProblemNote error={push.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={push.isPending}>
            {t(offList ? 'matters.ask' : 'matters.give')}
          </Button>
          <p>{t(offList ? 'matters.causeAsk' : 'matters.causeGive')}</p>
        </div>
      </form>
    </aside>
  )
}
