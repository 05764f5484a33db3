import type { TFunction } from 'i18next'
import { Lightbulb, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import type { Suggestion } from '../data/suggest.ts'
import { whyText } from './why-route.ts'
import { lifecycleWord } from '../words.ts'
import './guess.css'

/**
 * What is suggested, with how sure it is in words and because of which words of the text. Dashed, because a guess has been
 * entered nowhere (rule 10); the officer decides.
 */
export function GuessBox(props: {
  /** what it learned from; left out where words had no part in it */
  model?: Suggestion['model']
  children: ReactNode
}) {
  const { model, children } = props
  const { t } = useTranslation()
  return (
    <div className="guess wide" role="note" aria-label={t('guess.label')}>
      {children}
      {model !== undefined && (
        <p className="guess-from">{model ? t('guess.from', { count: model.texts }) : t('guess.fromSeeds')}</p>
      )}
    </div>
  )
}

/** The words that spoke for it, each in quotation marks. */
export function reasonsText(t: TFunction, because: readonly string[]): string {
  return because.map((word) => t('guess.word', { word })).join('')
}

/** The category, when it is sure; else the likeliest three to choose from. */
export function CategoryGuess(props: {
  guess: Suggestion['category']
  value: string | undefined
  onChoose: (code: string) => void
}) {
  const { guess, value, onChoose } = props
  const { t } = useTranslation()
  const [first] = guess.guesses
  if (!first) return <p>{t('guess.none')}</p>
  const isTaken = value === first.code
  if (guess.sure) {
    return (
      <p>
        <Icon of={Lightbulb} size="s" />
        <span>
          {t(isTaken ? 'guess.sure' : 'guess.sureNotTaken', {
            group: first.group,
            name: first.name,
            words: reasonsText(t, first.because),
          })}
          {!isTaken && (
            <button type="button" onClick={() => onChoose(first.code)}>
              {t('guess.take')}
            </button>
          )}
        </span>
      </p>
    )
  }
  return (
    <div className="guess-unsure">
      <p>
        <Icon of={Lightbulb} size="s" />
        <span>{t('guess.unsure')}</span>
      </p>
      <ul>
        {guess.guesses.map((one) => (
          <li key={one.code}>
            <button type="button" aria-pressed={value === one.code} onClick={() => onChoose(one.code)}>
              {one.name}
              {one.because.length > 0 && (
                <small>{t('guess.mentions', { words: reasonsText(t, one.because) })}</small>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How soon; danger to life with its own sign. */
export function UrgencyGuess({ guess }: { guess: Suggestion['urgency'] }) {
  const { t } = useTranslation()
  // That most things have their usual time goes without saying.
  if (!guess.sure || guess.urgency === 'by_date') return null
  const urgency = lifecycleWord(t, `urgency.${guess.urgency}`)
  const words = reasonsText(t, guess.because)
  return (
    <p className={guess.danger ? 'guess-danger' : undefined}>
      <Icon of={guess.danger ? TriangleAlert : Lightbulb} size="s" />
      <span>
        {guess.danger
          ? t('guess.danger', { words, urgency })
          : t(words ? 'guess.urgencyBecause' : 'guess.urgency', { urgency, words })}
      </span>
    </p>
  )
}

/** Who could solve it, and on what ground: a row of the routing table, a decision, or what was answered before. */
export function HandlerGuess({ handler }: { handler: NonNullable<Suggestion['handler']> }) {
  const { t } = useTranslation()
  const now = useNow()
  const { id, name, ...ground } = handler
  const why = whyText(t, { ...ground, organisation: { id, name }, name: null }, now)
  return (
    <p>
      <Icon of={Lightbulb} size="s" />
      <span>{t('guess.handler', { why })}</span>
    </p>
  )
}
