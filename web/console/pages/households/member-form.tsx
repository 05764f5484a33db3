import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdView, Member } from '#households/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { nowIso } from '#web/ui/now.ts'
import { DateField } from '../../parts/date-field.tsx'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf } from '../../time.ts'
import { relations } from './kinds.ts'
import { useEntry } from './use-entry.ts'

const stays = ['here', 'study', 'work', 'elsewhere', 'moved', 'died'] as const
const phoneLooks = /^(1\d{10}|0\d{2,3}-?\d{7,8})$/

/** A member who is new, or what changed of one: only what was touched is entered, so that it merges with what others enter. */
export function MemberForm(props: {
  household: HouseholdView
  member: Member | undefined
  onClose: () => void
}) {
  const { household, member, onClose } = props
  const { t } = useTranslation()
  // What stood there when it was opened: what others enter meanwhile is not overwritten unseen (HH6).
  const [seen] = useState(household)
  const [id] = useState(() => member?.id ?? newId())
  const [name, setName] = useState('')
  const [relation, setRelation] = useState(member?.relation ?? 'other')
  const [born, setBorn] = useState(member?.birthYear ? String(member.birthYear) : '')
  const [phone, setPhone] = useState('')
  const [stay, setStay] = useState<(typeof stays)[number]>(member?.away?.kind ?? 'here')
  const [day, setDay] = useState(member?.away?.until ?? '')
  const [tried, setTried] = useState(false)
  const { enter, busy, error } = useEntry(seen, onClose)
  const keys = useFormKeys(onClose)
  const year = born === '' ? null : Number(born)
  const wrong = {
    name: !member && !name.trim() && t('handbook.nameMissing'),
    born: year !== null && !(year >= 1900 && year <= 2100) && t('handbook.bornWrong'),
    phone: phone !== '' && !phoneLooks.test(phone) && t('handbook.phoneWrong'),
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.born || wrong.phone) return
    const today = dayOf(nowIso())
    const left = stay === 'moved' || stay === 'died' ? { on: day || today, kind: stay } : undefined
    const away =
      stay === 'here' || stay === 'moved' || stay === 'died' ? null : { kind: stay, until: day || null }
    const was = member?.away ?? null
    const changed: Record<string, unknown> = {
      ...(name.trim() && { name: name.trim() }),
      ...((!member || relation !== member.relation) && { relation }),
      ...(year !== (member?.birthYear ?? null) && { birthYear: year }),
      ...(phone && { phone }),
      ...(left && { left }),
      ...(!left && (away?.kind !== was?.kind || away?.until !== was?.until) && { away }),
    }
    const fields = Object.fromEntries(
      Object.entries(changed).map(([field, value]) => [`resident.${id}.${field}`, value]),
    )
    if (Object.keys(fields).length === 0) return onClose()
    enter(fields)
  }
  return (
    <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
      {!member && (
        <TextInput
          label={t('handbook.name')}
          value={name}
          maxLength={40}
          error={tried && wrong.name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <div className="pair">
        <Select
          label={t('handbook.relationLabel')}
          value={relation}
          onChange={(event) => setRelation(relations.find((one) => one === event.target.value) ?? 'other')}
        >
          {relations.map((one) => (
            <option key={one} value={one}>
              {t(`handbook.relation.${one}`)}
            </option>
          ))}
        </Select>
        <TextInput
          label={t('handbook.born')}
          inputMode="numeric"
          value={born}
          maxLength={4}
          error={tried && wrong.born}
          onChange={(event) => setBorn(event.target.value.replaceAll(/\D/g, ''))}
        />
      </div>
      <TextInput
        label={t(member?.phone ? 'handbook.newPhone' : 'handbook.phone')}
        hint={member?.phone ? t('handbook.newPhoneHint', { phone: member.phone }) : undefined}
        inputMode="tel"
        value={phone}
        maxLength={13}
        error={tried && wrong.phone}
        onChange={(event) => setPhone(event.target.value.trim())}
      />
      <div className="pair">
        <Select
          label={t('handbook.stay')}
          value={stay}
          onChange={(event) => setStay(stays.find((one) => one === event.target.value) ?? 'here')}
        >
          {stays
            .filter((one) => member || (one !== 'moved' && one !== 'died'))
            .map((one) => (
              <option key={one} value={one}>
                {t(`handbook.stays.${one}`)}
              </option>
            ))}
        </Select>
        {stay !== 'here' && (
          <DateField
            label={t(stay === 'moved' || stay === 'died' ? 'handbook.since' : 'handbook.until')}
            value={day}
            onChange={(one) => setDay(one ?? '')}
          />
        )}
      </div>
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
