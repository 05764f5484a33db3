import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { declineReasons } from '#requests/lists.ts'
import { SegmentedChoice, Select, Switch, TextArea, TextInput } from '#web/ui/field.tsx'
import { useUsuallyNeeded } from '../../../data/catalogue.ts'
import { type Needed, NeededField, neededOf } from '../../../parts/needed-field.tsx'
import { OrganisationPicker } from '../../../parts/organisation-picker.tsx'
import { lifecycleWord } from '../../../words.ts'
import { DeedForm, type DeedProps } from './deed-form.tsx'

type Where = 'here' | 'outside'

/** Decline: on what ground, in plain words, and who is responsible; of an organisation known here it can take over at once. */
export function Decline(props: DeedProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<(typeof declineReasons)[number] | ''>('')
  const [words, setWords] = useState('')
  const [where, setWhere] = useState<Where>('here')
  const [organisation, setOrganisation] = useState<Organisation>()
  // In confidence it is handed over by itself, with the matter in words for those who may not know (RQ10).
  const [handOver, setHandOver] = useState(!props.request.confidential)
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [needed, setNeeded] = useState<Needed[]>([])
  const usual = useUsuallyNeeded(props.request.category?.code)
  const instead =
    where === 'here'
      ? organisation && { organisation: organisation.id }
      : name.trim()
        ? { name, ...(phone.trim() && { phone }) }
        : undefined
  const hands = where === 'here' && handOver
  const draft =
    reason && words.trim() && instead
      ? ({ kind: 'decline', reason, words, instead, handOver: hands, ...neededOf(needed) } as const)
      : undefined
  const cause = hands
    ? t('deedCause.handOver', { name: organisation?.name ?? t('deedCause.thatUnit') })
    : where === 'outside'
      ? t('deedCause.declineOutside')
      : t('deedCause.decline')
  return (
    <DeedForm {...props} step="decline" draft={draft} cause={cause} missing={t('missing.decline')}>
      <Select
        label={t('field.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value as typeof reason)}
      >
        <option value="">{t('field.choose')}</option>
        {declineReasons.map((one) => (
          <option key={one} value={one}>
            {lifecycleWord(t, `reason.${one}`)}
          </option>
        ))}
      </Select>
      <div>
        <p className="label">{t('field.instead')}</p>
        <SegmentedChoice
          legend={t('field.instead')}
          options={(['here', 'outside'] as const).map((one) => ({ value: one, label: t(`instead.${one}`) }))}
          value={where}
          onChange={setWhere}
        />
      </div>
      {where === 'here' ? (
        <>
          <OrganisationPicker label={t('instead.which')} value={organisation} onChange={setOrganisation} />
          <Switch label={t('instead.handOver')} on={handOver} onChange={setHandOver} />
        </>
      ) : (
        <>
          <TextInput
            label={t('instead.name')}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
          />
          <TextInput
            label={t('instead.phone')}
            hint={t('field.optional')}
            value={phone}
            maxLength={40}
            onChange={(event) => setPhone(event.target.value)}
          />
        </>
      )}
      <div className="wide">
        <TextArea
          label={t('field.why')}
          value={words}
          maxLength={2000}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="wide">
        <NeededField value={needed} onChange={setNeeded} usual={usual} />
      </div>
    </DeedForm>
  )
}
