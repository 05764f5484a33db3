import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urgencies } from '#requests/lists.ts'
import { SegmentedChoice, TextArea } from '#web/ui/field.tsx'
import { pointsIn } from '#suggest/points.ts'
import { categories } from '../../../data/catalogue.ts'
import { requestSuggestion } from '../../../data/suggest.ts'
import { limitText } from '../../../limit.ts'
import { CategoryPicker } from '../../../parts/category-picker.tsx'
import { CategoryGuess, GuessBox, UrgencyGuess } from '../../../parts/guess.tsx'
import { type Needed, NeededField, neededOf } from '../../../parts/needed-field.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { lifecycleWord } from '../../../words.ts'

/**
 * Accept: the category gives the limit; the page says what it will be before the button is pressed. What is suggested with
 * confidence stands chosen and is not entered; what the officer chose is never changed under their hands.
 */
export function Accept(props: DeedProps) {
  const { request } = props
  const { t } = useTranslation()
  const [version] = useState(request.version)
  const suggestion = useQuery(requestSuggestion(request.id, version)).data
  const [pickedCategory, setCategory] = useState<{ code: string | undefined }>()
  const [pickedUrgency, setUrgency] = useState<(typeof urgencies)[number]>()
  const [writtenPoints, setPoints] = useState<string>()
  const guessed = suggestion?.category.sure ? suggestion.category.guesses[0]?.code : undefined
  const category = pickedCategory ? pickedCategory.code : (request.category?.code ?? guessed)
  const urgency = pickedUrgency ?? suggestion?.urgency.urgency ?? 'by_date'
  const found = useMemo(() => pointsIn(request.words).join('\n'), [request.words])
  const asked = writtenPoints ?? found
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
      {suggestion && (
        <GuessBox model={suggestion.model}>
          <CategoryGuess
            guess={suggestion.category}
            value={category}
            onChoose={(code) => setCategory({ code })}
          />
          <UrgencyGuess guess={suggestion.urgency} />
        </GuessBox>
      )}
      <CategoryPicker value={category} onChange={(code) => setCategory({ code })} />
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
          hint={t(found && writtenPoints === undefined ? 'field.pointsFound' : 'field.pointsHint')}
          value={asked}
          onChange={(event) => setPoints(event.target.value)}
        />
      </div>
      <div className="wide">
        <NeededField value={needed} onChange={setNeeded} usual={chosen?.needed} />
      </div>
    </DeedForm>
  )
}
