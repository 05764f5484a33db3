import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commonSkills, times } from '#people/rules.ts'
import type { Organisation } from '#org/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { areaWithAbove } from '../../data/areas.ts'
import { useMe } from '../../data/me.ts'
import { type Profile, useProfileChange } from '../../data/profile.ts'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** Changes what the plan knows. A home is told by its compound or stairwell, never by a point on a map. */
export function ProfileForm({ profile, onDone }: { profile: Profile; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const me = useMe()
  const change = useProfileChange(profile.id)
  const before = profile.anchors.find(({ kind }) => kind === 'home')
  const [employer, setEmployer] = useState<Pick<Organisation, 'id' | 'name'> | null>(profile.employer)
  const [home, setHome] = useState(before?.path ?? '')
  const [most, setMost] = useState(profile.mostHouseholds === null ? '' : String(profile.mostHouseholds))
  const [skills, setSkills] = useState<readonly string[]>(profile.skills)
  const [free, setFree] = useState<readonly (typeof times)[number][]>(profile.availability)
  const place = useQuery(areaWithAbove(home)).data?.items.at(-1)
  const root = me.posts[0]?.path.split('/')[0] ?? ''
  const wrong = most !== '' && !/^\d{1,3}$/.test(most) && t('profile.mostWrong')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (wrong || change.isPending) return
    const { anchors, version } = profile
    const located = place !== undefined && place.lon !== null && place.lat !== null ? place : undefined
    // The chosen place takes the place of the home before; without one everything stays.
    const rest = located ? anchors.filter(({ kind }) => kind !== 'home') : anchors
    const added = located
      ? [
          {
            id: newId(),
            kind: 'home' as const,
            lon: located.lon ?? 0,
            lat: located.lat ?? 0,
            path: located.path,
          },
        ]
      : []
    change.mutate(
      {
        anchors: [...rest, ...added],
        skills: [...skills],
        availability: [...free],
        mostHouseholds: most === '' ? null : Number(most),
        employer: employer?.id ?? null,
        version,
      },
      {
        afterwards: () => tell(t('profile.changed')),
        onSuccess: onDone,
      },
    )
  }

  return (
    <form className="pane-form" onSubmit={submit} noValidate>
      <OrganisationPicker
        label={t('profile.employer')}
        value={employer ? (employer as Organisation) : undefined}
        onChange={(next) => setEmployer(next ?? null)}
      />
      <fieldset className="ticks">
        <legend className="label">{t('profile.home')}</legend>
        <p className="note second">{t(before ? 'profile.homeTold' : 'profile.homeWhy')}</p>
        <PlacePicker home={`${root}/`} value={home || `${root}/`} onChange={setHome} />
      </fieldset>
      <TextInput
        label={t('profile.most')}
        hint={t('profile.mostHint')}
        inputMode="numeric"
        value={most}
        error={wrong}
        onChange={(event) => setMost(event.target.value.trim())}
      />
      <Ticks legend={t('profile.times')} of={times} words="profile.time" chosen={free} onChange={setFree} />
      <Ticks
        legend={t('profile.skills')}
        of={commonSkills}
        words="profile.skill"
        chosen={skills}
        onChange={setSkills}
      />
      <ProblemNote error={change.error} />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={change.isPending}>
          {t('profile.keep')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('deed.cancel')}
        </Button>
        <p>{t('profile.cause')}</p>
      </div>
    </form>
  )
}

/** Several of a few. */
function Ticks<Value extends string>(props: {
  legend: string
  of: readonly Value[]
  words: string
  chosen: readonly Value[] | readonly string[]
  onChange: (chosen: readonly Value[]) => void
}) {
  const { legend, of, words, chosen, onChange } = props
  const { t } = useTranslation()
  const has = (one: Value) => (chosen as readonly string[]).includes(one)
  const toggle = (one: Value) => onChange(of.filter((other) => (other === one ? !has(one) : has(other))))
  return (
    <fieldset className="ticks">
      <legend className="label">{legend}</legend>
      <div>
        {of.map((one) => (
          <label key={one}>
            <input type="checkbox" checked={has(one)} onChange={() => toggle(one)} />
            {t(`${words}.${one}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
