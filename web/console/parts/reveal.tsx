import type { UseMutationResult } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ProblemNote } from './problem-note.tsx'
import '../styles/facts.css'

/** For how long an opened number stays in sight. */
const shownFor = 30_000

type Props<Reason extends string> = {
  masked: string
  /** Who can read that it was opened, and why. */
  name: string
  /** Reasons in one press, by their keys in `revealReason`; the last one is written. */
  reasons: readonly (Reason | 'other')[]
  reveal: UseMutationResult<{ phone: string | null }, Error, string>
}

/** A number stays closed until a reason is given; it shows for 30 seconds and leaves a record (rule 11). */
export function RevealNumber<Reason extends string>({ masked, name, reasons, reveal }: Props<Reason>) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState<Reason | 'other'>()
  const [words, setWords] = useState('')
  const { data, reset } = reveal

  useEffect(() => {
    if (!data) return undefined
    const timer = setTimeout(reset, shownFor)
    return () => clearTimeout(timer)
  }, [data, reset])

  const said = reason === 'other' ? words.trim() : reason && t(`revealReason.${reason}`)
  function open() {
    if (said) reveal.mutate(said, { onSuccess: () => setAsking(false) })
  }

  return (
    <>
      <div className="kv">
        <Icon of={Phone} size="s" />
        <span aria-live="polite">{data?.phone ?? masked}</span>
        {data ? (
          <span className="note second end">{t('reveal.shown')}</span>
        ) : (
          <Button small onClick={() => setAsking(!asking)} aria-expanded={asking}>
            {t('reveal.open')}
          </Button>
        )}
      </div>
      {asking && !data && (
        <div className="why">
          <p>{t('reveal.why')}</p>
          <SegmentedChoice
            legend={t('reveal.why')}
            options={reasons.map((one) => ({ value: one, label: t(`revealReason.${one}`) }))}
            value={reason}
            onChange={setReason}
          />
          {reason === 'other' && (
            <TextInput
              label={t('reveal.words')}
              quiet
              value={words}
              maxLength={200}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
          <ProblemNote error={reveal.error} />
          <div className="why-do">
            <Button small onClick={open} busy={reveal.isPending} aria-disabled={said ? undefined : true}>
              {t('reveal.open')}
            </Button>
            <p>{t('reveal.record', { name })}</p>
          </div>
        </div>
      )}
    </>
  )
}
