import { AlarmClock, Check, Minus } from 'lucide-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { WhistleView } from '#whistle/contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { timeLeft } from '#web/ui/local-time.ts'
import { sayTimeLeft } from '#web/ui/say-time.ts'
import { Seal } from '#web/ui/seal.tsx'
import { exactly, when } from '../../time.ts'

/** How a step stands; `skipped` is one that was not needed, `behind` one that others have gone beyond while somebody is late. */
type Stand = 'done' | 'now' | 'late' | 'behind' | 'ahead' | 'skipped'
type Step = {
  stand: Stand
  /** Who has it, or had it. */
  who: string
  /** When it was done, or how long is left. */
  when: string
  title?: string | undefined
}

/**
 * The whole loop as it stands: five steps, who has each, what is late, and the way back from the last to whoever began.
 * The seal stands on whoever answers now, and nowhere else (rule 2).
 */
export function Loop({ whistle, now }: { whistle: WhistleView; now: string }) {
  const { t } = useTranslation()
  const steps = stepsOf(t, whistle, now)
  return (
    <div className="loop">
      <ol aria-label={t('whistle.loop')}>
        {steps.map((step, index) => (
          <li
            key={index}
            className={step.stand}
            {...((step.stand === 'now' || step.stand === 'late') && { 'aria-current': 'step' as const })}
          >
            <span className="loop-mark">
              <StepMark step={step} number={index + 1} />
            </span>
            <span className="loop-text">
              <b>{t(`whistle.step.${index + 1}`)}</b>
              <span className="vh">{t(`whistle.stand.${step.stand}`)}</span>
              <span>{step.who}</span>
              <small title={step.title}>{step.when}</small>
            </span>
          </li>
        ))}
      </ol>
      <p className={whistle.state === 'rated' ? 'loop-back done' : 'loop-back'}>
        <span>{t('whistle.back', { name: whistle.blower.name })}</span>
      </p>
    </div>
  )
}

function StepMark({ step: { stand, who }, number }: { step: Step; number: number }) {
  if (stand === 'now' || stand === 'late') return <Seal name={who} hollow />
  if (stand === 'behind') return <Icon of={AlarmClock} />
  if (stand === 'done') return <Icon of={Check} />
  if (stand === 'skipped') return <Icon of={Minus} />
  return <span aria-hidden="true">{number}</span>
}

function stepsOf(t: TFunction, whistle: WhistleView, now: string): Step[] {
  const at = whistle.step - 1
  const isOver = whistle.overAt !== null
  const isEnded = whistle.state === 'sent_back' || whistle.state === 'lapsed'
  const someAwaited = whistle.parts.some(({ awaited }) => awaited)
  const stand = (index: number): Stand => {
    if (isEnded && index >= at) return index === at && whistle.state === 'sent_back' ? 'done' : 'skipped'
    if (index === 2 && at > 2 && !isOver && someAwaited) return 'behind'
    if (index < at || isOver) return index === 4 && whistle.state === 'unrated' ? 'skipped' : 'done'
    if (index > at) return 'ahead'
    return isLate(whistle, now) ? 'late' : 'now'
  }
  const said = (iso: string | null) =>
    iso ? { when: when(t, iso, now, true), title: exactly(t, iso) } : { when: '' }
  const left = (iso: string | null) =>
    iso ? { when: sayTimeLeft(t, timeLeft(iso, now), true), title: exactly(t, iso) } : { when: '' }
  const called = whistle.parts.filter(({ releasedAt }) => releasedAt === null)
  const come = called.filter(({ reported }) => reported !== null)
  const lead = called.find(({ role }) => role === 'lead')
  const solvedHere = lead?.organisation.id === whistle.town.id
  const times = [
    said(whistle.formedAt),
    stand(1) === 'done' ? said(whistle.judgedAt) : left(whistle.dueAt),
    solvedHere
      ? { when: t('whistle.notCalled') }
      : called.length > 0
        ? { when: t('whistle.come', { come: come.length, called: called.length }) }
        : { when: '' },
    whistle.doneAt ? said(whistle.doneAt) : whistle.state === 'handling' ? left(whistle.dueAt) : { when: '' },
    whistle.state === 'done'
      ? left(whistle.dueAt)
      : whistle.state === 'unrated'
        ? { when: t('whistle.state.unrated') }
        : said(whistle.state === 'rated' ? whistle.overAt : null),
  ]
  const who = [
    whistle.blower.name,
    whistle.town.name,
    called.map(({ organisation }) => organisation.name).join(t('story.listComma')),
    lead?.organisation.name ?? '',
    whistle.blower.name,
  ]
  return times.map((time, index) => ({ stand: stand(index), who: who[index] ?? '', ...time }))
}

const isLate = ({ late, dueAt }: WhistleView, now: string) =>
  late || (dueAt !== null && Date.parse(dueAt) < Date.parse(now))
