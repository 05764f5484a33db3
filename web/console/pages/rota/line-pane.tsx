import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { SegmentedChoice, Select, Switch, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type Rota, useNewLine } from '../../data/rota.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf, daysLater } from '../../time.ts'

const allDays = [1, 2, 3, 4, 5, 6, 7] as const
const kinds = ['every', 'working', 'off'] as const

/** A new line: what it is called, on which days, from when until when, A and B, from which day on. */
export function LinePane({ rota, now, onClose }: { rota: Rota; now: string; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const add = useNewLine()
  const [id] = useState(newId)
  const [name, setName] = useState(t('rota.nightName'))
  const [weekdays, setWeekdays] = useState<ReadonlySet<number>>(new Set(allDays))
  const [days, setDays] = useState<(typeof kinds)[number]>('every')
  const [from, setFrom] = useState('17:30')
  const [until, setUntil] = useState('08:30')
  const [person, setPerson] = useState('')
  const [backup, setBackup] = useState('')
  const [first, setFirst] = useState<string | undefined>(dayOf(now))
  const [last, setLast] = useState<string>()
  const [instead, setInstead] = useState(false)
  const [tried, setTried] = useState(false)
  const backwards = first !== undefined && last !== undefined && last < first
  const ready = name.trim() && weekdays.size > 0 && from && until && person && first && !backwards

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!ready || add.isPending) return
    add.mutate(
      {
        id,
        organisation: rota.organisation.id,
        name: name.trim(),
        weekdays: [...weekdays],
        days,
        from,
        until,
        person,
        backup: backup || null,
        validFrom: first,
        validUntil: last ? daysLater(last, 1) : null,
        instead,
      },
      {
        afterwards: () => tell(t('rota.added')),
        onSuccess: onClose,
      },
    )
  }

  return (
    <aside className="pane" aria-label={t('rota.new')}>
      <header>
        <h2>{t('rota.new')}</h2>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <form className="pane-form" onSubmit={submit} noValidate>
        <TextInput
          label={t('rota.turn')}
          value={name}
          maxLength={20}
          error={tried && !name.trim() && t('rota.nameMissing')}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className="rota-weekdays">
          <legend>{t('rota.onDays')}</legend>
          {allDays.map((day) => (
            <button
              key={day}
              type="button"
              aria-pressed={weekdays.has(day)}
              onClick={() => setWeekdays(weekdays.symmetricDifference(new Set([day])))}
            >
              {t(`rota.weekday.${day}`)}
              <span className="vh">{t(`weekday.${day}`, { ns: 'ui' })}</span>
            </button>
          ))}
        </fieldset>
        <SegmentedChoice
          legend={t('rota.calendar')}
          value={days}
          stack
          onChange={setDays}
          options={kinds.map((kind) => ({ value: kind, label: t(`rota.kind.${kind}`) }))}
        />
        <div className="span">
          <TextInput
            label={t('rota.from')}
            type="time"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <TextInput
            label={t('rota.until')}
            type="time"
            value={until}
            hint={from >= until ? t('rota.nextDay') : undefined}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <div className="span">
          <Person
            label={t('rota.a')}
            people={rota.people.filter((one) => one.id !== backup)}
            value={person}
            error={tried && !person && t('rota.aMissing')}
            onChange={setPerson}
          />
          <Person
            label={t('rota.b')}
            people={rota.people.filter((one) => one.id !== person)}
            value={backup}
            onChange={setBackup}
          />
        </div>
        <div className="span">
          <DateField label={t('rota.first')} min={dayOf(now)} value={first} onChange={setFirst} />
          <DateField label={t('rota.last')} hint={t('rota.openEnd')} value={last} onChange={setLast} />
        </div>
        {backwards && <p className="deed-missing">{t('rota.backwards')}</p>}
        <Switch label={t('rota.insteadSwitch')} on={instead} onChange={setInstead} />
        <ProblemNote error={add.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t('rota.add')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('deed.cancel')}
          </Button>
          <p>{t(instead ? 'rota.causeInstead' : 'rota.cause')}</p>
        </div>
      </form>
    </aside>
  )
}

function Person(props: {
  label: string
  people: Rota['people']
  value: string
  error?: string | false | undefined
  onChange: (person: string) => void
}) {
  const { label, people, value, error, onChange } = props
  const { t } = useTranslation()
  return (
    <Select label={label} value={value} error={error} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('field.choose')}</option>
      {people.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </Select>
  )
}
