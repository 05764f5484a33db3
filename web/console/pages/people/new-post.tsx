import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import type { PersonView } from '#people/contract.ts'
import { type Role, roles } from '#access/permissions.ts'
import { deskLevelOf, mayHold } from '#people/rules.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { nowIso } from '#web/ui/now.ts'
import { areaWithAbove } from '../../data/areas.ts'
import { addPost, usePeopleChange } from '../../data/people.ts'
import { DateField } from '../../parts/date-field.tsx'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** A new post for a person. What it would clash with is said before it is sent, by the server's own rule (PE2). */
export function NewPost({
  person,
  onDone,
  onCancel,
}: {
  person: PersonView
  onDone: () => void
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const [id] = useState(newId)
  const [role, setRole] = useState<Role | ''>('')
  const [organisation, setOrganisation] = useState<Organisation>()
  const [path, setPath] = useState('')
  const [until, setUntil] = useState<string>()
  const [tried, setTried] = useState(false)
  const add = usePeopleChange(addPost)
  const tell = useToast()
  const served = useQuery(areaWithAbove(organisation?.path ?? ''))

  // Midnight after the last day, in the zone of the installation.
  const end = until ? new Date(Date.parse(`${until}T00:00:00+08:00`) + 86_400_000).toISOString() : null
  const clashes = role !== '' && !mayHold(person.posts, { role, from: nowIso(), until: end })
  const level = role === '' ? null : deskLevelOf(role)
  const notADesk = level !== null && organisation !== undefined && organisation.deskLevel !== level
  const area = path || organisation?.path || ''

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (role === '' || !organisation || clashes || notADesk || add.isPending) return
    add.mutate(
      { id, person: person.id, organisation: organisation.id, role, path: area, until: end },
      {
        afterwards: () => tell(t('people.given')),
        onSuccess: onDone,
      },
    )
  }

  return (
    <form className="pane-form" onSubmit={submit} noValidate>
      <Select
        label={t('people.role')}
        value={role}
        error={clashes ? t('people.excludes') : tried && role === '' && t('people.roleMissing')}
        onChange={(event) => setRole(event.target.value as Role | '')}
      >
        <option value="">{t('field.choose')}</option>
        {roles.map((one) => (
          <option key={one} value={one}>
            {t(`role.${one}`)}
          </option>
        ))}
      </Select>
      <OrganisationPicker
        label={t('people.organisation')}
        value={organisation}
        onChange={(next) => {
          setOrganisation(next)
          setPath('')
        }}
      />
      {tried && !organisation && <p className="deed-missing">{t('people.organisationMissing')}</p>}
      {notADesk && <p className="deed-missing">{t('people.notADesk', { role: t(`role.${role}`) })}</p>}
      {organisation && (
        <>
          <p className="note second">
            {t('people.reaches', { place: served.data?.items.at(-1)?.name ?? '' })}
          </p>
          <PlacePicker home={organisation.path} value={area} onChange={setPath} />
        </>
      )}
      <DateField label={t('people.until')} hint={t('people.untilHint')} value={until} onChange={setUntil} />
      <ProblemNote error={add.error} />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={add.isPending}>
          {t('people.addPostDo')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('deed.cancel')}
        </Button>
        <p>{t('people.addPostCause')}</p>
      </div>
    </form>
  )
}
