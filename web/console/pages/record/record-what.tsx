import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { urgencies } from '#requests/lists.ts'
import { SegmentedChoice, Switch, TextArea } from '#web/ui/field.tsx'
import { type Suggestion, textSuggestion } from '../../data/suggest.ts'
import { CategoryPicker } from '../../parts/category-picker.tsx'
import { CategoryGuess, GuessBox, UrgencyGuess } from '../../parts/guess.tsx'
import { useSettled } from '../../parts/settled.ts'
import { lifecycleWord } from '../../words.ts'

type Urgency = (typeof urgencies)[number]

/** What was said, and what the recorder chose; what was not touched follows the suggestion. */
export type What = {
  words: string
  category: { code: string | undefined } | undefined
  urgency: Urgency | undefined
  accept: boolean
}

/** A shorter text tells nothing. */
const fewestSigns = 4

/** Category and urgency as suggested for the words so far, and as they would be sent. */
export function useChosen(
  request: string,
  path: string,
  what: What,
): { suggestion: Suggestion | undefined; category: string | undefined; urgency: Urgency } {
  const words = useSettled(what.words.trim())
  const asks = words.length >= fewestSigns && path.split('/').length > 3
  const { data } = useQuery({
    ...textSuggestion({ request, words, path }),
    enabled: asks,
    placeholderData: keepPreviousData,
  })
  const suggestion = asks ? data : undefined
  const guessed = suggestion?.category.sure ? suggestion.category.guesses[0]?.code : undefined
  return {
    suggestion,
    category: what.category ? what.category.code : guessed,
    urgency: what.urgency ?? suggestion?.urgency.urgency ?? 'by_date',
  }
}

/** What was said, with what is suggested for it while it is being written. */
export function RecordWhat(props: {
  what: What
  chosen: ReturnType<typeof useChosen>
  wordsMissing: string | false
  categoryMissing: string | false
  onChange: (change: Partial<What>) => void
}) {
  const { what, chosen, wordsMissing, categoryMissing, onChange } = props
  const { suggestion, category, urgency } = chosen
  const { t } = useTranslation()
  const choose = (code: string | undefined) => onChange({ category: { code } })
  return (
    <section aria-label={t('record.what')}>
      <h2>{t('record.what')}</h2>
      <TextArea
        label={t('record.words')}
        hint={t('record.wordsHint')}
        maxLength={2000}
        value={what.words}
        error={wordsMissing}
        onChange={(event) => onChange({ words: event.target.value })}
      />
      {suggestion && (
        <GuessBox model={suggestion.model}>
          <CategoryGuess guess={suggestion.category} value={category} onChoose={choose} />
          <UrgencyGuess guess={suggestion.urgency} />
        </GuessBox>
      )}
      <CategoryPicker value={category} onChange={choose} hint={t('record.categoryHint')} />
      <Switch label={t('record.accept')} on={what.accept} onChange={(accept) => onChange({ accept })} />
      {what.accept && (
        <div>
          <p className="label">{t('record.urgency')}</p>
          <SegmentedChoice
            legend={t('record.urgency')}
            options={urgencies.map((one) => ({ value: one, label: lifecycleWord(t, `urgency.${one}`) }))}
            value={urgency}
            onChange={(next) => onChange({ urgency: next })}
          />
        </div>
      )}
      {categoryMissing && (
        <p className="deed-missing" role="alert">
          {categoryMissing}
        </p>
      )}
    </section>
  )
}
