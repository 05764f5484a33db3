import { FileText, Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntryView, RequestView } from '#web/api/requests.ts'
import { Button, IconLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { sayDate } from '#web/ui/say-time.ts'
import { Seal } from '#web/ui/seal.tsx'
import { Coded, Words } from '#web/ui/words.tsx'
import { say } from '../../story.ts'
import { Printed } from './printed.tsx'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Whom to turn to with what was declined here, with the phone; and a letter to show there, so that nobody starts again. */
export function InsteadCard({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const no = request.entries.find(({ kind }) => kind === 'decline')
  if (request.state !== 'declined' || !no) return null
  const name = text(no.data['instead'])
  const phone = text(no.data['phone'])
  return (
    <Card className="stands" aria-label={t('instead.title')}>
      <div className="holder instead">
        <Seal name={name} size="m" />
        <div className="grow">
          <small>{t('instead.title')}</small>
          <p>{name}</p>
        </div>
        {phone && (
          <IconLink ring icon={Phone} label={t('call_number', { name, phone })} href={`tel:${phone}`} />
        )}
      </div>
      <Button wide icon={FileText} onClick={() => setOpen(true)}>
        {t('letter.open')}
      </Button>
      <Printed title={t('letter.title')} open={open} onClose={() => setOpen(false)}>
        <Letter request={request} no={no} to={name} />
      </Printed>
    </Card>
  )
}

/** The letter: what was said, why it is not for this desk, and that it should be taken up there. */
function Letter({ request, no, to }: { request: RequestView; no: EntryView; to: string }) {
  const { t } = useTranslation()
  const from = no.by.organisation ?? ''
  return (
    <>
      <p>{t('letter.to', { to })}</p>
      <p>{t('letter.said', { date: sayDate(t, request.submittedAt, no.at), from })}</p>
      <p>
        <Words>{request.words}</Words>
      </p>
      <p>{t('letter.why', { reason: say(t, `reason.${text(no.data['reason'])}`), why: no.words ?? '' })}</p>
      <p>{t('letter.please')}</p>
      <p className="signed">
        <Coded>{t('letter.from', { from, date: sayDate(t, no.at, no.at), code: request.code })}</Coded>
      </p>
    </>
  )
}
