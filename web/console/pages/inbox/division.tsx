import { Gavel } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { timeLeft } from '#web/ui/local-time.ts'
import { sayTimeLeft } from '#web/ui/say-time.ts'
import { Tag, type Tone } from '#web/ui/tag.tsx'
import { exactly, toneOf, when } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'
import type { About } from './deeds/beside.tsx'
import '../../styles/division.css'

type Part = RequestView['parts'][number]
type Supervision = RequestView['supervisions'][number]
type Choose = (about: About) => void

/** The parts of a request and the supervisions that stand: who has each, by when, and what I may do about it. */
export function Division({
  request,
  now,
  onChoose,
}: {
  request: RequestView
  now: string
  onChoose: Choose
}) {
  const { t } = useTranslation()
  const { parts, supervisions, bound } = request
  return (
    <>
      {bound && (
        <p className="bound">
          <Icon of={Gavel} size="s" />
          {t('division.bound')}
        </p>
      )}
      {supervisions.length > 0 && (
        <section className="division">
          <h2>{t('division.supervisions')}</h2>
          <ul>
            {supervisions.map((one) => (
              <SupervisionLine key={one.id} one={one} now={now} onChoose={onChoose} />
            ))}
          </ul>
        </section>
      )}
      {parts.length > 0 && (
        <section className="division">
          <h2>
            {t('division.parts', { open: parts.filter(({ holder }) => holder).length, all: parts.length })}
          </h2>
          <ul>
            {parts.map((part) => (
              <PartLine key={part.id} part={part} now={now} onChoose={onChoose} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

const partTone: Record<Part['state'], Tone> = {
  given: 'none',
  taken: 'none',
  returned: 'turn',
  answered: 'done',
  taken_back: 'line',
  dropped: 'line',
}

function PartLine({ part, now, onChoose }: { part: Part; now: string; onChoose: Choose }) {
  const { t } = useTranslation()
  const left = timeLeft(part.dueAt, now)
  const who =
    part.holder && [part.holder.organisation.name, part.holder.person?.name].filter(Boolean).join(' ')
  return (
    <li>
      <p className="division-what">
        {part.matter ?? t('division.erased')}
        {part.said && <small>{t('division.said', { words: part.said })}</small>}
      </p>
      <p className="division-who">
        {who}
        <Tag tone={part.overdue ? 'late' : partTone[part.state]}>
          {lifecycleWord(t, `part.${part.state}`)}
        </Tag>
        {part.holder && (
          <span className={toneOf(left)} title={exactly(t, part.dueAt)}>
            {sayTimeLeft(t, left)}
          </span>
        )}
      </p>
      <Steps of={part} onChoose={onChoose} />
    </li>
  )
}

function SupervisionLine({ one, now, onChoose }: { one: Supervision; now: string; onChoose: Choose }) {
  const { t } = useTranslation()
  const left = one.dueAt ? timeLeft(one.dueAt, now) : undefined
  return (
    <li>
      <p className="division-what">
        {one.demand ?? t('division.overdue')}
        {one.by && <small>{t('division.by', { name: one.by })}</small>}
      </p>
      <p className="division-who">
        <Tag tone={one.late ? 'late' : one.repliedAt ? 'done' : 'soon'}>
          {one.repliedAt
            ? t('division.replied', { when: when(t, one.repliedAt, now, true) })
            : t(one.late ? 'division.late' : 'division.waits')}
        </Tag>
        {left && one.dueAt && !one.repliedAt && (
          <span className={toneOf(left)} title={exactly(t, one.dueAt)}>
            {sayTimeLeft(t, left)}
          </span>
        )}
      </p>
      <Steps of={one} onChoose={onChoose} />
    </li>
  )
}

function Steps({ of, onChoose }: { of: { id: string; abilities: About['step'][] }; onChoose: Choose }) {
  const { t } = useTranslation()
  if (of.abilities.length === 0) return null
  return (
    <p className="division-do">
      {of.abilities.map((step) => (
        <Button key={step} small kind="plain" onClick={() => onChoose({ step, id: of.id })}>
          {lifecycleWord(t, `entry.${step}`)}
        </Button>
      ))}
    </p>
  )
}
