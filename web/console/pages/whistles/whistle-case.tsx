import { Siren } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Command } from '#whistle/commands.ts'
import type { WhistleView } from '#whistle/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { TimeLeft } from '#web/ui/time-left.tsx'
import { Words } from '#web/ui/words.tsx'
import { useScrollStop } from '../../parts/scrolls.ts'
import { deeds } from './deeds.tsx'
import { Departments } from './departments.tsx'
import { Loop } from './loop.tsx'
import { isObjectedTo, standsLine } from './said.ts'
import { SharedPage } from './shared-page.tsx'
import { stepsOf } from './steps.ts'

/** One whistle: the loop, whose turn it is, who was called, the page they share, and what may happen next. */
export function WhistleCase(props: {
  whistle: WhistleView
  now: string
  step: Command['kind'] | undefined
  onStep: (step: Command['kind'] | undefined) => void
  onStepDone: (step: Command['kind']) => void
}) {
  const { whistle, now, step, onStep, onStepDone } = props
  const { t } = useTranslation()
  const scroll = useScrollStop<HTMLDivElement>()
  const Form = step && whistle.abilities.includes(step) ? deeds[step] : undefined
  return (
    <article className="case" aria-labelledby="case-title">
      <div className="case-scroll" id="case" tabIndex={-1} ref={scroll}>
        <p className="case-id">
          <span>{whistle.code}</span>
          <span>{whistle.place}</span>
          {whistle.requests > 1 && <span>{t('whistle.several', { count: whistle.requests })}</span>}
          {whistle.urgent && (
            <Tag tone="soon" icon={Siren}>
              {t('whistle.isUrgent')}
            </Tag>
          )}
        </p>
        <h1 id="case-title">{whistle.title}</h1>
        {whistle.words && (
          <p className="whistle-why">
            {t('whistle.why', { name: whistle.blower.name })}
            <Words>{whistle.words}</Words>
          </p>
        )}
        <Loop whistle={whistle} now={now} />
        <Turn whistle={whistle} />
        <Departments whistle={whistle} now={now} />
        <SharedPage whistle={whistle} now={now} />
      </div>
      {Form ? (
        <Form
          key={`${whistle.id}${step}`}
          whistle={whistle}
          onDone={() => step && onStepDone(step)}
          onCancel={() => onStep(undefined)}
        />
      ) : (
        <NextSteps whistle={whistle} onChoose={onStep} />
      )}
    </article>
  )
}

/** Mine because of whose turn it is; a department that is awaited while the town decides has its own steps below. */
const isYours = (whistle: WhistleView) =>
  whistle.mine && (!isObjectedTo(whistle) || whistle.abilities.includes('insist'))

function Turn({ whistle }: { whistle: WhistleView }) {
  const { t } = useTranslation()
  const { turn } = whistle
  if (!turn) return null
  const state = isObjectedTo(whistle) && turn.id === whistle.town.id ? 'objection' : whistle.state
  return (
    <div className="turn">
      <Seal name={turn.name} />
      <p className="turn-who">
        <b>{isYours(whistle) ? t(`whistle.yours.${state}`) : standsLine(t, whistle)}</b>
        <small>{t(`whistle.owes.${state}`)}</small>
      </p>
      {whistle.dueAt && (
        <p className="whistle-left">
          <TimeLeft due={whistle.dueAt} />
        </p>
      )}
    </div>
  )
}

/** Every step I may take, each with the sentence of what it will cause (rule 8). */
function NextSteps(props: { whistle: WhistleView; onChoose: (step: Command['kind']) => void }) {
  const { whistle, onChoose } = props
  const { t } = useTranslation()
  const { steps, leading } = stepsOf(whistle)
  if (steps.length === 0) return <p className="next next-none">{t('next.none')}</p>
  return (
    <div className="next">
      <div className="next-grid">
        {steps.map((step) => (
          <div className="next-row" key={step}>
            <Button
              kind={step === leading ? 'primary' : 'plain'}
              onClick={() => onChoose(step)}
              aria-describedby={`cause-${step}`}
            >
              {t(`whistle.deed.${step}`)}
            </Button>
            <p id={`cause-${step}`}>{t(`whistle.cause.${step}`)}</p>
          </div>
        ))}
      </div>
    </div>
  )
}
