import { Check, Phone } from 'lucide-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { PartView, WhistleView } from '#whistle/contract.ts'
import { timeLeft } from '#web/ui/local-time.ts'
import { sayTimeLeft } from '#web/ui/say-time.ts'
import { Face } from '#web/ui/seal.tsx'
import { type Tone, Tag } from '#web/ui/tag.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { exactly, toneOf, when } from '../../time.ts'

/** Every department that was called: whether it came, who came, how it did. */
export function Departments({ whistle, now }: { whistle: WhistleView; now: string }) {
  const { t } = useTranslation()
  if (whistle.parts.length === 0) return null
  return (
    <section className="whistle-parts" aria-labelledby="whistle-parts">
      <h2 id="whistle-parts">{t('whistle.departments')}</h2>
      <ul>
        {whistle.parts.map((part) => (
          <li key={part.organisation.id}>
            <Face name={part.organisation.name} />
            <div>
              <p>
                <b>{part.organisation.name}</b>
                <span className="muted">{t(`whistle.role.${part.role}`)}</span>
              </p>
              <Came part={part} now={now} />
              {part.objection && (
                <p className="whistle-objects">
                  {t('whistle.objects', { basis: t(`whistle.basis.${part.objection.basis}`) })}
                </p>
              )}
            </div>
            <span className="whistle-tags">
              <ComeTag t={t} part={part} now={now} />
              {part.rating && (
                <Tag tone={part.rating === 'satisfied' ? 'done' : 'none'}>
                  {t(`whistle.rating.${part.rating}`)}
                </Tag>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Came({ part, now }: { part: PartView; now: string }) {
  const { t } = useTranslation()
  const { reported } = part
  if (part.releasedAt)
    return <small>{t('whistle.released', { when: when(t, part.releasedAt, now, true) })}</small>
  if (!reported)
    return (
      <small>
        {t('whistle.calledAt', { when: when(t, part.blownAt, now, true) })}
        {part.phone && <Call number={part.phone} name={part.organisation.name} />}
      </small>
    )
  return (
    <small>
      {t('whistle.cameAt', { when: when(t, reported.at, now, true), name: reported.person.name })}
      {reported.phone && <Call number={reported.phone} name={reported.person.name} />}
    </small>
  )
}

function Call({ number, name }: { number: string; name: string }) {
  const { t } = useTranslation()
  return (
    <a className="whistle-call" href={`tel:${number}`} aria-label={t('whistle.call', { name, number })}>
      <Icon of={Phone} size="s" />
      {number}
    </a>
  )
}

/** In time, late and by how much, or how long is left. */
function ComeTag({ t, part, now }: { t: TFunction; part: PartView; now: string }) {
  if (part.releasedAt) return <Tag>{t('whistle.outcome.released')}</Tag>
  if (part.outcome === 'in_time')
    return (
      <Tag tone="done" icon={Check}>
        {t('whistle.outcome.in_time')}
      </Tag>
    )
  if (part.outcome === 'late' && part.reported) return <Tag tone="late">{t('whistle.outcome.late')}</Tag>
  if (!part.awaited) return <Tag>{t('whistle.outcome.none')}</Tag>
  const left = timeLeft(part.term.dueAt, now)
  const tone: Tone = toneOf(left)
  return (
    <Tag tone={tone}>
      <time dateTime={part.term.dueAt} title={exactly(t, part.term.dueAt)}>
        {sayTimeLeft(t, left, true)}
      </time>
    </Tag>
  )
}
