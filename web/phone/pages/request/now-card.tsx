import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { entries } from '#requests/lifecycle.ts'
import type { RequestView } from '#web/api/requests.ts'
import { IconLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { TimeLeft } from '#web/ui/time-left.tsx'
import { Words } from '#web/ui/words.tsx'
import { spoken } from '../../phone-number.ts'
import { holderName, sentence, standing } from '../../story.ts'

/** What the reader should know about the running clock beyond its date. */
function why(request: RequestView): string | undefined {
  if (request.asked) return 'request.why_asked'
  if (request.state === 'suspended') return 'request.why_suspended'
  if (request.state === 'appealed') return 'request.why_appealed'
  if (request.state === 'answered') return 'request.why_answered'
  if (request.overdue) return 'request.why_overdue'
  if (request.term?.presumed) return 'request.why_presumed'
  if (request.reopens > 0 && request.holder) return 'request.why_reopened'
  return undefined
}

/** How it stands, how long is left, and who has it now: side by side on every page about a request. */
export function NowCard({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { holder } = request
  const phone = holder && (holder.person?.phone ?? holder.organisation.phone)
  const name = holder && (holder.person?.name ?? holder.organisation.name)
  const reason = why(request)
  // While it stands still, what counts down is the pause; when it is due afterwards stands in the story.
  const due = request.suspended?.until ?? request.dueAt
  return (
    <Card className="stands" aria-label={t('request.now')}>
      <p className="standing">{standing(t, request)}</p>
      {due && holder && (
        <p className="due">
          <TimeLeft due={due} />
        </p>
      )}
      {reason && <p className="why">{t(reason)}</p>}
      {request.people > 1 && (
        <p className="why">
          {t(request.follows ? 'request.follows' : 'request.people', { count: request.people - 1 })}
        </p>
      )}
      {request.asked && <Asked request={request} />}
      <Moved request={request} />
      {request.excluded && <Excluded request={request} />}
      {holder && name && (
        <div className="holder">
          <Seal name={name} size="m" />
          <div className="grow">
            <small>{t('request.holder')}</small>
            <p>{holderName(t, holder)}</p>
          </div>
          {phone && <IconLink ring icon={Phone} label={t('call', { name })} href={`tel:${phone}`} />}
        </div>
      )}
      {request.firstContact && <FirstContact contact={request.firstContact} />}
    </Card>
  )
}

/** R9: until somebody takes it there is one name to ask, whichever desks it passes. */
function FirstContact({ contact }: { contact: NonNullable<RequestView['firstContact']> }) {
  const { t } = useTranslation()
  const { name, phone } = contact.standIn ?? contact
  return (
    <p className="why">
      {phone
        ? t('request.first_contact_phone', { name, phone: spoken(phone) })
        : t('request.first_contact', { name })}
    </p>
  )
}

/** The question that waits for a reply, in the words of whoever asked it. */
function Asked({ request }: { request: RequestView }) {
  const ask = request.entries.find(({ kind }) => kind === 'ask')
  return ask?.words ? <Words>{ask.words}</Words> : null
}

/** RQ4: a due time that was moved says why, and who agreed to it. */
function Moved({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const set = request.entries.find(({ kind }) => !['runs on', 'goes on'].includes(entries[kind].clock))
  if (set?.kind !== 'suspend' && set?.kind !== 'extend') return null
  return <p className="why">{sentence(t, set, '').says}</p>
}

/** RQ9: it counts in no figure of satisfaction, and says why. */
function Excluded({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const exclude = request.entries.find(({ kind }) => kind === 'exclude')
  return exclude ? <p className="why">{sentence(t, exclude, '').says}</p> : null
}
