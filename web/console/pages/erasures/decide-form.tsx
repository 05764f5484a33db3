import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Select, TextArea } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type ErasureView, useDecide } from '../../data/erasures.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

export const groundsOfLaw = ['proceedings', 'inspection', 'retention'] as const
export type Ground = (typeof groundsOfLaw)[number]

/** Erase after all, or keep it on a ground that the law names; the resident reads ground and reason. */
export function DecideForm({ one, onClose }: { one: ErasureView; onClose: () => void }) {
  const { t } = useTranslation()
  const [decision, setDecision] = useState<'erase' | 'refuse'>('refuse')
  const [ground, setGround] = useState<Ground>(one.ground ?? 'proceedings')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const decide = useDecide(one.id)
  const tell = useToast()
  const form = useFormKeys(onClose)
  const missing = decision === 'refuse' && words.trim().length < 4
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing || decide.isPending) return
    decide.mutate(decision === 'erase' ? { decision } : { decision, ground, words: words.trim() }, {
      afterwards: () => tell(t(`erasures.told_${decision}`, { code: one.code ?? '' })),
      onSuccess: onClose,
    })
  }
  return (
    <form ref={form} className="erasure-form" onSubmit={submit} noValidate aria-label={t('erasures.decide')}>
      <SegmentedChoice
        legend={t('erasures.decision')}
        value={decision}
        options={(['refuse', 'erase'] as const).map((value) => ({ value, label: t(`erasures.${value}`) }))}
        onChange={setDecision}
      />
      {decision === 'refuse' && (
        <>
          <Select
            label={t('erasures.groundLabel')}
            value={ground}
            onChange={(event) => setGround(event.target.value as Ground)}
          >
            {groundsOfLaw.map((value) => (
              <option key={value} value={value}>
                {t(`erasures.ground.${value}`)}
              </option>
            ))}
          </Select>
          <TextArea
            label={t('erasures.reason')}
            hint={t('erasures.reasonHint')}
            error={tried && missing && t('erasures.reasonMissing')}
            value={words}
            maxLength={500}
            onChange={(event) => setWords(event.target.value)}
          />
        </>
      )}
      <ProblemNote error={decide.error} />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={decide.isPending}>
          {t(`erasures.do_${decision}`)}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('deed.cancel')}
        </Button>
        <p>{t(`erasures.cause_${decision}`)}</p>
      </div>
    </form>
  )
}
