import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Care, HouseholdView } from '#households/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { nowIso } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf, noon, shortDate } from '../../time.ts'
import { CareForm } from './care-form.tsx'
import { useEntry } from './use-entry.ts'

/** Why somebody looks in on whom, on which basis that may be known, when it is asked anew, who helps (HH9). */
export function CareSection({ household, now }: { household: HouseholdView; now: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const [form, setForm] = useState<Care | 'new'>()
  const open = household.care.filter(({ endedOn }) => endedOn === null)
  const edits = may('household.edit') && household.members.some(({ left }) => left === null)
  if (open.length === 0 && !edits) return null
  return (
    <section>
      <h3>
        {t('care.title')}
        {edits && !form && (
          <Button kind="link" small onClick={() => setForm('new')}>
            {t('care.add')}
          </Button>
        )}
      </h3>
      <ul className="care-entries">
        {open.map((one) => (
          <Entry
            key={one.id}
            care={one}
            household={household}
            now={now}
            {...(edits && form !== one && { onChange: () => setForm(one) })}
          />
        ))}
      </ul>
      {open.length === 0 && !form && <p className="muted">{t('care.nobody')}</p>}
      {form && (
        <CareForm
          key={form === 'new' ? 'new' : form.id}
          household={household}
          care={form === 'new' ? undefined : form}
          onClose={() => setForm(undefined)}
        />
      )}
    </section>
  )
}

function Entry(props: { care: Care; household: HouseholdView; now: string; onChange?: () => void }) {
  const { care, household, now, onChange } = props
  const { t } = useTranslation()
  const { enter, busy, error } = useEntry(household, () => undefined)
  const who = household.members.find(({ id }) => id === care.resident)
  const due = care.reviewOn <= dayOf(nowIso())
  return (
    <li>
      <p>
        <Tag tone="care">{t(`care.kind.${care.kind}`)}</Tag> {who?.name}
      </p>
      <p className="note second">
        {care.basis.basis === 'consent'
          ? t('care.consent', { day: shortDate(t, noon(care.basis.consentedAt), now) })
          : t('care.statutory', { statute: care.basis.statute })}
        <span className={due ? 'over' : undefined}>
          {t(due ? 'care.reviewDue' : 'care.reviewOn', { day: shortDate(t, noon(care.reviewOn), now) })}
        </span>
      </p>
      {care.plan && <p>{care.plan}</p>}
      <p className="note second">
        {care.helper ? t('care.helps', { name: care.helper.name }) : t('care.noHelper')}
      </p>
      {onChange && (
        <div className="care-do">
          <Button small onClick={onChange}>
            {t(due ? 'care.askAgain' : 'care.change')}
          </Button>
          <Button
            small
            kind="quiet"
            busy={busy}
            onClick={() => enter({ [`care.${care.id}.endedOn`]: dayOf(nowIso()) })}
          >
            {t('care.end')}
          </Button>
        </div>
      )}
      <ProblemNote error={error} />
    </li>
  )
}
