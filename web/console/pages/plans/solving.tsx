import { CircleStop } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { useNow } from '#web/ui/now.ts'
import { usePlanStep } from '../../data/plans.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** A plan while it is worked out: what goes on, how far it is, and the way to stop it. */
export function Solving({ plan }: { plan: Scenario }) {
  const { t } = useTranslation()
  const now = useNow()
  const step = usePlanStep()
  const { progress } = plan
  if (!progress) return null
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(progress.since)) / 1_000))
  return (
    <Card pad className="plan-solving">
      <h2>{t(`plans.step.${progress.step}`)}</h2>
      <progress max={1} value={progress.share} aria-label={t('plans.progress')} />
      <p className="second" aria-live="polite">
        {t('plans.progressSays', { percent: Math.round(progress.share * 100), pivots: progress.pivots })}
        {seconds > 3 && t('plans.progressSince', { seconds })}
      </p>
      <p className="note second">{t('plans.progressLeave')}</p>
      {plan.abilities.includes('stop') && (
        <Button icon={CircleStop} busy={step.isPending} onClick={() => step.mutate({ plan, step: 'stop' })}>
          {t('plans.stop')}
        </Button>
      )}
      <ProblemNote error={step.error} />
    </Card>
  )
}
