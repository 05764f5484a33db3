import { CloudUpload } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { useStillHere } from '#web/ui/still-here.ts'
import { useToast } from '#web/ui/toast.tsx'
import { isWaiting, sendDraft, useDraft } from '../../kept/draft.ts'
import { paths } from '../../paths.ts'

/**
 * What was said and could not be sent yet. The state shown is that of the queue, never a guess about the network; it is
 * tried again on arrival here and when the phone says that the network is back.
 */
export function Waiting() {
  const { t } = useTranslation()
  const draft = useDraft()
  const now = useNow()
  const [, go] = useLocation()
  const tell = useToast()
  const stillHere = useStillHere()
  const [busy, setBusy] = useState(false)
  const waits = isWaiting(draft)

  const again = async () => {
    setBusy(true)
    const outcome = await sendDraft(t('say.words_of_voice')).finally(() => setBusy(false))
    if (stillHere()) {
      if (outcome.kind === 'sent') go(paths.said(outcome.receipt.id))
      if (outcome.kind === 'refused') go(paths.say())
    } else if (outcome.kind === 'sent') tell(t('said.sent', { code: outcome.receipt.code }))
  }
  const onOnline = useEffectEvent(() => void again())

  useEffect(() => {
    if (!waits) return undefined
    const arrival = setTimeout(() => onOnline(), 0)
    const online = () => onOnline()
    addEventListener('online', online)
    return () => {
      clearTimeout(arrival)
      removeEventListener('online', online)
    }
  }, [waits])

  if (!draft.triedAt) return null
  return (
    <Card tone="care" className="waiting" aria-live="polite">
      <Icon of={CloudUpload} />
      <div className="grow">
        <b>{t('waiting.count', { count: 1 })}</b>
        <small>{t('waiting.tried', { moment: sayMoment(t, draft.triedAt, now) })}</small>
      </div>
      <Button small onClick={() => void again()} busy={busy}>
        {t('waiting.again')}
      </Button>
    </Card>
  )
}
