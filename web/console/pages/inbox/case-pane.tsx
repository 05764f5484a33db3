import { PanelRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Button } from '#web/ui/button.tsx'
import { CaseStory } from './case-story.tsx'
import { ConfidenceNote, ConfidenceTag } from './confidence.tsx'
import { BesideDeed } from './deeds/beside.tsx'
import type { About } from './deeds/beside.tsx'
import { Deed } from './deeds/deed.tsx'
import { Division } from './division.tsx'
import { NextSteps } from './next-steps.tsx'
import type { Step } from './steps.ts'
import { Turn } from './turn.tsx'
import { WhistleLink } from './whistle-link.tsx'
import { useScrollStop } from '../../parts/scrolls.ts'
import { exactly, when } from '../../time.ts'

/** The case: what it is, whose turn it is, what happened, and what may happen next. */
export function CasePane(props: {
  request: RequestView
  mine: boolean
  now: string
  step: Step | undefined
  onStep: (step: Step | undefined) => void
  onStepDone: (step: Step) => void
  onFacts: () => void
}) {
  const { request, mine, now, step, onStep, onStepDone, onFacts } = props
  const { t } = useTranslation()
  const scroll = useScrollStop<HTMLDivElement>()
  const [beside, setBeside] = useState<About & { request: string }>()
  // It may have been done by somebody else, or another case is open by now.
  const besides = [...request.parts, ...request.supervisions]
  const about =
    beside?.request === request.id &&
    !step &&
    besides.some(({ id, abilities }) => id === beside.id && abilities.some((one) => one === beside.step))
      ? beside
      : undefined
  const kind =
    request.category && t('case.kind', { group: request.category.group, name: request.category.name })
  return (
    <article className="case" aria-labelledby="case-title">
      <div className="case-scroll" id="case" tabIndex={-1} ref={scroll}>
        <p className="case-id">
          <span>{request.code}</span>
          <span>{kind ?? t('case.noKind')}</span>
          {request.confidential && <ConfidenceTag />}
          {request.returns > 0 && (
            <span className="end">{t('case.returns', { count: request.returns })}</span>
          )}
          {request.reopens > 0 && (
            <span className="end">{t('case.reopens', { count: request.reopens })}</span>
          )}
          <Button small kind="quiet" icon={PanelRight} className="facts-toggle" onClick={onFacts}>
            {t('facts.label')}
          </Button>
        </p>
        <h1 id="case-title">{request.title}</h1>
        <ConfidenceNote request={request} />
        {request.erased && (
          <p className="case-erased">
            {t(`case.erased_${request.erased.what}`, { when: when(t, request.erased.at, now) })}
          </p>
        )}
        <Turn request={request} mine={mine} now={now} />
        <WhistleLink request={request} />
        {request.steps.length > 0 && (
          <ul className="case-steps" aria-label={t('case.steps')}>
            {request.steps.map((one) => (
              <li key={one.name} title={exactly(t, one.dueAt)}>
                {t('case.step', { name: one.name, due: when(t, one.dueAt, now, true) })}
              </li>
            ))}
          </ul>
        )}
        <Division
          request={request}
          now={now}
          onChoose={(chosen) => {
            onStep(undefined)
            setBeside({ ...chosen, request: request.id })
          }}
        />
        <CaseStory request={request} now={now} />
      </div>
      {step && request.abilities.includes(step) ? (
        <Deed
          key={`${request.id}${step}`}
          step={step}
          request={request}
          now={now}
          onDone={() => onStepDone(step)}
          onCancel={() => onStep(undefined)}
        />
      ) : about ? (
        <BesideDeed
          key={`${about.id}${about.step}`}
          step={about.step}
          id={about.id}
          request={request}
          now={now}
          onDone={() => setBeside(undefined)}
          onCancel={() => setBeside(undefined)}
        />
      ) : (
        <NextSteps request={request} mine={mine} now={now} onChoose={onStep} />
      )}
    </article>
  )
}
