import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Care, HouseholdView } from '#households/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Select, TextArea, TextInput } from '#web/ui/field.tsx'
import { nowIso } from '#web/ui/now.ts'
import { peopleNamed } from '../../data/people.ts'
import { useMay } from '../../data/me.ts'
import { Combobox, type Option } from '../../parts/combobox.tsx'
import { DateField } from '../../parts/date-field.tsx'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf } from '../../time.ts'
import { careKinds } from './kinds.ts'
import { useEntry } from './use-entry.ts'

/** A day half a year from today; nobody stays on the list without being asked again. */
function inHalfAYear(today: string): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + 6, Math.min(day, 28))).toISOString().slice(0, 10)
}

/** Puts somebody on the care list, or asks anew: consent with its day, or the statute; a day of review; plan and helper. */
export function CareForm(props: { household: HouseholdView; care: Care | undefined; onClose: () => void }) {
  const { household, care, onClose } = props
  const { t } = useTranslation()
  // What stood there when it was opened: what others enter meanwhile is not overwritten unseen (HH6).
  const [seen] = useState(household)
  const may = useMay()
  const today = dayOf(nowIso())
  const here = household.members.filter(({ left }) => left === null)
  const [id] = useState(() => care?.id ?? newId())
  const [resident, setResident] = useState(care?.resident ?? here[0]?.id ?? '')
  const [kind, setKind] = useState<(typeof careKinds)[number] | ''>(care?.kind ?? '')
  const [basis, setBasis] = useState<'consent' | 'statutory' | undefined>(care?.basis.basis)
  const [consentedAt, setConsentedAt] = useState(today)
  const [statute, setStatute] = useState(care?.basis.basis === 'statutory' ? care.basis.statute : '')
  const [reviewOn, setReviewOn] = useState(inHalfAYear(today))
  const [plan, setPlan] = useState(care?.plan ?? '')
  const [helper, setHelper] = useState<Option | undefined>(
    care?.helper ? { value: care.helper.id, label: care.helper.name } : undefined,
  )
  const [tried, setTried] = useState(false)
  const { enter, busy, error } = useEntry(seen, onClose)
  const keys = useFormKeys(onClose)
  const missing = {
    kind: !kind && t('care.kindMissing'),
    basis: !basis && t('care.basisMissing'),
    statute: basis === 'statutory' && !statute.trim() && t('care.statuteMissing'),
    review: reviewOn <= today && t('care.reviewPast'),
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (missing.kind || missing.basis || missing.statute || missing.review || !basis) return
    const said: Record<string, unknown> = {
      ...(!care && { resident, kind }),
      basis: basis === 'consent' ? { basis, consentedAt } : { basis, statute: statute.trim() },
      reviewOn,
      ...((plan.trim() || null) !== (care?.plan ?? null) && { plan: plan.trim() || null }),
      ...((helper?.value ?? null) !== (care?.helper?.id ?? null) && { helper: helper?.value ?? null }),
    }
    enter(Object.fromEntries(Object.entries(said).map(([name, value]) => [`care.${id}.${name}`, value])))
  }
  return (
    <form ref={keys} className="pane-form" onSubmit={submit} noValidate>
      {!care && (
        <div className="pair">
          <Select
            label={t('care.who')}
            value={resident}
            onChange={(event) => setResident(event.target.value)}
          >
            {here.map((one) => (
              <option key={one.id} value={one.id}>
                {t('care.member', { name: one.name, relation: t(`handbook.relation.${one.relation}`) })}
              </option>
            ))}
          </Select>
          <Select
            label={t('care.kindLabel')}
            value={kind}
            error={tried && missing.kind}
            onChange={(event) => setKind(careKinds.find((one) => one === event.target.value) ?? '')}
          >
            <option value="">{t('field.choose')}</option>
            {careKinds.map((one) => (
              <option key={one} value={one}>
                {t(`care.kind.${one}`)}
              </option>
            ))}
          </Select>
        </div>
      )}
      <div>
        <p className="label">{t('care.basisLabel')}</p>
        <SegmentedChoice
          legend={t('care.basisLabel')}
          options={(['consent', 'statutory'] as const).map((value) => ({
            value,
            label: t(`care.basis.${value}`),
          }))}
          value={basis}
          onChange={setBasis}
        />
        {tried && missing.basis && <p className="deed-missing">{missing.basis}</p>}
      </div>
      {basis === 'consent' && (
        <DateField
          label={t('care.consentedAt')}
          value={consentedAt}
          onChange={(day) => setConsentedAt(day ?? today)}
        />
      )}
      {basis === 'statutory' && (
        <TextInput
          label={t('care.statute')}
          hint={t('care.statuteHint')}
          value={statute}
          maxLength={200}
          error={tried && missing.statute}
          onChange={(event) => setStatute(event.target.value)}
        />
      )}
      <div>
        <DateField
          label={t('care.reviewLabel')}
          value={reviewOn}
          onChange={(day) => setReviewOn(day ?? today)}
        />
        {tried && missing.review && <p className="deed-missing">{missing.review}</p>}
      </div>
      <TextArea
        label={t('care.plan')}
        hint={t('care.planHint')}
        value={plan}
        maxLength={500}
        onChange={(event) => setPlan(event.target.value)}
      />
      {may('person.read') && <HelperPicker value={helper} onChange={setHelper} />}
      <ProblemNote error={error} />
      <div className="deed-do">
        <Button type="submit" busy={busy}>
          {t(care ? 'care.save' : 'care.addDo')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('handbook.cancel')}
        </Button>
        <p>{t('care.cause')}</p>
      </div>
    </form>
  )
}

/** Who helps: anybody who serves here. */
function HelperPicker(props: { value: Option | undefined; onChange: (one: Option | undefined) => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...peopleNamed(wanted), enabled: wanted !== '' })
  return (
    <Combobox
      label={t('care.helper')}
      options={(found.data?.items ?? []).map((one) => ({
        value: one.id,
        label: one.name,
        note: one.posts[0]?.organisation.name ?? '',
      }))}
      value={props.value}
      onChange={props.onChange}
      query={query}
      onQuery={setQuery}
      loading={found.isFetching}
      placeholder={t('care.helperHint')}
    />
  )
}
