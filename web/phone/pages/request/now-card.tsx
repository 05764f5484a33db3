import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#web/api/requests.ts'
import { IconLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { TimeLeft } from '#web/ui/time-left.tsx'
import { holderName, standing } from '../../story.ts'

/** What the reader should know about the running clock beyond its date. */
function why(request: RequestView): string | undefined {
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
  return (
    <Card className="stands" aria-label={t('request.now')}>
      <p className="standing">{standing(t, request)}</p>
      {request.dueAt && holder && (
        <p className="due">
          <TimeLeft due={request.dueAt} />
        </p>
      )}
      {reason && <p className="why">{t(reason)}</p>}
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
    </Card>
  )
}
