import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { type Profile as ProfileView, profileOf } from '../../data/profile.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Away } from './away.tsx'
import { ProfileForm } from './profile-form.tsx'

/** What the plan knows of a person (PE8), and the days on which somebody stands in (PE9). */
export function Profile({ person, now, mayChange }: { person: string; now: string; mayChange: boolean }) {
  const { t } = useTranslation()
  const profile = useQuery(profileOf(person))
  // One form at a time: a page has one primary button.
  const [form, setForm] = useState<'away' | 'profile'>()
  const close = () => setForm(undefined)
  if (profile.isPending) return <Skeleton shape="line w70" />
  if (!profile.data) return <ProblemNote error={profile.error} />
  return (
    <>
      <Away
        profile={profile.data}
        now={now}
        adding={form === 'away'}
        onAdd={() => setForm('away')}
        onDone={close}
      />
      <section>
        <h3>
          {t('profile.title')}
          {mayChange && form !== 'profile' && (
            <Button small onClick={() => setForm('profile')}>
              {t('profile.change')}
            </Button>
          )}
        </h3>
        {form === 'profile' ? (
          <ProfileForm profile={profile.data} onDone={close} />
        ) : (
          <Told profile={profile.data} />
        )}
      </section>
    </>
  )
}

/** What is known, line by line; what is not is said so. */
function Told({ profile }: { profile: ProfileView }) {
  const { t } = useTranslation()
  const { employer, pairs, anchors, skills, availability, mostHouseholds } = profile
  const homes = anchors.filter(({ kind }) => kind === 'home').length
  const said = (words: readonly string[]) =>
    words.length > 0 ? words.join(t('comma')) : t('profile.notTold')
  const lines = [
    ['employer', employer?.name ?? t('profile.notTold')],
    ['pairs', said(pairs.map(({ place }) => place))],
    ['home', homes > 0 ? t('profile.homeTold') : t('profile.notTold')],
    [
      'most',
      mostHouseholds === null ? t('profile.asPlanned') : t('profile.households', { count: mostHouseholds }),
    ],
    ['times', said(availability.map((one) => t(`profile.time.${one}`)))],
    ['skills', said(skills.map((one) => t(`profile.skill.${one}`, { defaultValue: one })))],
  ] as const
  return (
    <dl className="profile">
      {lines.map(([name, says]) => (
        <div key={name}>
          <dt>{t(`profile.${name}`)}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}
