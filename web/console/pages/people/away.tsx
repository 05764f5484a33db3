import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { peopleList } from '../../data/people.ts'
import { type Absence, type Profile, useAbsenceEnd, useNewAbsence } from '../../data/profile.ts'
import { Combobox, type Option } from '../../parts/combobox.tsx'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf, shortDate } from '../../time.ts'

const noon = (day: string) => `${day}T12:00:00+08:00`

/** Days away, and who stands in: that person sees and does what is the absent one's (VR4). No reason is asked. */
export function Away(props: {
  profile: Profile
  now: string
  adding: boolean
  onAdd: () => void
  onDone: () => void
}) {
  const { profile, now, adding, onAdd, onDone } = props
  const { t } = useTranslation()
  return (
    <section>
      <h3>
        {t('away.title')}
        {!adding && (
          <Button small onClick={onAdd}>
            {t('away.add')}
          </Button>
        )}
      </h3>
      {profile.absences.length === 0 && !adding && (
        <p className="note second">
          {profile.usualBackup ? t('away.none', { name: profile.usualBackup.name }) : t('away.noneNobody')}
        </p>
      )}
      {profile.absences.map((one) => (
        <One key={one.id} one={one} now={now} />
      ))}
      {adding && <NewAway profile={profile} now={now} onDone={onDone} />}
    </section>
  )
}

function One({ one, now }: { one: Absence; now: string }) {
  const { t } = useTranslation()
  const tell = useToast()
  const end = useAbsenceEnd()
  const from = shortDate(t, noon(one.from), now)
  const today = dayOf(now)
  return (
    <div className="post">
      <div>
        <p>
          {one.until === null
            ? t('away.from', { from })
            : t('away.fromUntil', { from, until: shortDate(t, noon(one.until), now) })}
        </p>
        {one.now && <Tag tone="line">{t('away.now')}</Tag>}
        <small>{t('away.standsIn', { name: one.backup.name })}</small>
        <ProblemNote error={end.error} />
      </div>
      <Button
        small
        busy={end.isPending}
        onClick={() =>
          end.mutate(
            { id: one.id, on: one.now ? today : one.from, version: one.version },
            { afterwards: () => tell(t(one.now ? 'away.back' : 'away.takenBack')) },
          )
        }
      >
        {t(one.now ? 'away.end' : 'away.takeBack')}
      </Button>
    </div>
  )
}

function NewAway({ profile, now, onDone }: { profile: Profile; now: string; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id] = useState(newId)
  const [from, setFrom] = useState<string | undefined>(dayOf(now))
  const [until, setUntil] = useState<string>()
  const usual = profile.usualBackup
  const [backup, setBackup] = useState<Option | undefined>(
    usual ? { value: usual.id, label: usual.name } : undefined,
  )
  const [tried, setTried] = useState(false)
  const add = useNewAbsence()
  const backwards = from !== undefined && until !== undefined && until <= from

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (from === undefined || backwards || !backup || add.isPending) return
    add.mutate(
      { id, person: profile.id, backup: backup.value, from, until: until ?? null },
      {
        afterwards: () => tell(t('away.added', { name: backup.label })),
        onSuccess: onDone,
      },
    )
  }

  return (
    <form className="pane-form" onSubmit={submit} noValidate>
      <DateField label={t('away.first')} min={dayOf(now)} value={from} onChange={setFrom} />
      <DateField label={t('away.firstBack')} hint={t('away.openEnd')} value={until} onChange={setUntil} />
      {backwards && <p className="deed-missing">{t('away.backwards')}</p>}
      <StandIn value={backup} onChange={setBackup} without={profile.id} />
      {tried && !backup && <p className="deed-missing">{t('away.nobody')}</p>}
      <ProblemNote error={add.error} />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={add.isPending}>
          {t('away.addDo')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('deed.cancel')}
        </Button>
        <p>{t('away.cause')}</p>
      </div>
    </form>
  )
}

/** Somebody who serves, by part of the name. */
function StandIn(props: {
  value: Option | undefined
  onChange: (person: Option | undefined) => void
  without: string
}) {
  const { value, onChange, without } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useInfiniteQuery({ ...peopleList({ q: wanted }), enabled: wanted !== '' })
  const options = (found.data?.pages.flatMap((page) => page.items) ?? []).flatMap((one) => {
    const [post] = one.posts
    const note = post ? t('people.postAt', { organisation: post.organisation.name, place: post.place }) : ''
    return one.id === without || !one.active ? [] : [{ value: one.id, label: one.name, note }]
  })
  return (
    <Combobox
      label={t('away.who')}
      hint={t('away.whoHint')}
      options={options}
      value={value}
      onChange={onChange}
      query={query}
      onQuery={setQuery}
      loading={found.isFetching}
    />
  )
}
