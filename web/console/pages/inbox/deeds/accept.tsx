import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urgencies } from '#requests/lists.ts'
import { SegmentedChoice, TextArea } from '#web/ui/field.tsx'
import { categories } from '../../../data/catalogue.ts'
import { limitText } from '../../../limit.ts'
import { CategoryPicker } from '../../../parts/category-picker.tsx'
import { type Needed, NeededField, neededOf } from '../../../parts/needed-field.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { lifecycleWord } from '../../../words.ts'

/** Accept: the category gives the limit; the page says what it will be before the button is pressed. */
export function Accept(props: DeedProps) {
  const { request } = props
  const { t } = useTranslation()
  const [category, setCategory] = useState(request.category?.code)
  const [urgency, setUrgency] = useState<(typeof urgencies)[number]>('by_date')
  const [asked, setAsked] = useState('')
  const known = useQuery(categories)
  const chosen = known.data?.items.find((one) => one.code === category)
  const points = asked
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const [needed, setNeeded] = useState<Needed[]>([])
  const draft = category
    ? { kind: 'accept' as const, category, urgency, points, ...neededOf(needed) }
    : undefined
  const limit =
    urgency === 'now'
      ? t('deedCause.acceptNow')
      : chosen && t('deedCause.accept', { limit: limitText(t, chosen.steps) })
  const cause = urgency === 'explain' ? t('deedCause.acceptExplain') : (limit ?? t('deedCause.acceptWhat'))
  return (
    <DeedForm {...props} step="accept" draft={draft} cause={cause} missing={t('missing.category')}>
      <CategoryPicker value={category} onChange={setCategory} />
      <div>
        <p className="label">{t('field.urgency')}</p>
        <SegmentedChoice
          legend={t('field.urgency')}
          options={urgencies.map((one) => ({ value: one, label: lifecycleWord(t, `urgency.${one}`) }))}
          value={urgency}
          onChange={setUrgency}
        />
      </div>
      <div className="wide">
        <TextArea
          label={t('field.points')}
          hint={t('field.pointsHint')}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
        />
      </div>
      <div className="wide">
        <NeededField value={needed} onChange={setNeeded} usual={chosen?.needed} />
      </div>
    </DeedForm>
  )
}
