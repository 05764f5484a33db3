import { Link } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { timeLeft } from '#web/ui/local-time.ts'
import { sayDay } from '#web/ui/say-time.ts'
import { Key } from '#web/ui/words.tsx'
import { closingIsAhead, leadingStep, type Step, stepKeys, stepsOf, whistleKey } from './steps.ts'
import { useMay } from '../../data/me.ts'
import { paths } from '../../paths.ts'
import { lifecycleWord } from '../../words.ts'

/** Steps of which the catalogue says that the due time stays: the page then says which it is. */
const keepsDue = new Set<Step>(['assign', 'transfer'])

/** Every step I may take, each with the sentence of what it will cause (rule 8). */
export function NextSteps(props: {
  request: RequestView
  mine: boolean
  now: string
  onChoose: (step: Step) => void
}) {
  const { request, mine, now, onChoose } = props
  const { t } = useTranslation()
  const steps = stepsOf(request)
  const leading = leadingStep(steps, mine)
  const ordered = leading ? [leading, ...steps.filter((step) => step !== leading)] : steps
  const left = request.dueAt ? timeLeft(request.dueAt, now) : undefined
  const due = left ? t('time.moment', { day: sayDay(t, left.day), clock: left.clock }) : ''
  if (steps.length === 0) return <p className="next next-none">{t('next.none')}</p>
  return (
    <div className="next">
      <div className="next-grid">
        {ordered.map((step) => (
          <div className="next-row" key={step}>
            <Button
              kind={step === leading ? 'primary' : 'plain'}
              onClick={() => onChoose(step)}
              aria-describedby={`cause-${step}`}
            >
              {lifecycleWord(t, `entry.${step}`)}
              <Key>{stepKeys[step]}</Key>
            </Button>
            <p id={`cause-${step}`}>
              {lifecycleWord(t, `causes.${step}`)}
              {keepsDue.has(step) && due && t('next.due', { due })}
            </p>
          </div>
        ))}
        <Whistle request={request} />
        {closingIsAhead(request) && (
          <p className="next-none">
            <Icon of={Lock} size="s" />
            {t('next.closingAhead')}
          </p>
        )}
      </div>
    </div>
  )
}

/** Where it takes several departments: the whistle is formed on its own page, with this request in it (RQ18). */
function Whistle({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const may = useMay()
  if (!request.abilities.includes('whistle') || !may('whistle.form')) return null
  return (
    <div className="next-row">
      <Link
        className="btn"
        to={paths.whistles}
        params={{ whistle: undefined }}
        search={{ blow: request.id }}
        aria-describedby="cause-whistle"
      >
        {lifecycleWord(t, 'entry.whistle')}
        <Key>{whistleKey}</Key>
      </Link>
      <p id="cause-whistle">{lifecycleWord(t, 'causes.whistle')}</p>
    </div>
  )
}
