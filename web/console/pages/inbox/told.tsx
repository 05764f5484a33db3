import { useQuery } from '@tanstack/react-query'
import { Check, Clock, MailWarning } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import type { SentList } from '#web/api/notices.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { useMay } from '../../data/me.ts'
import { sentAbout, useRepeatAbout } from '../../data/notices.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { when } from '../../time.ts'
import { templateName } from '../../words.ts'

type Sent = SentList['items'][number]

/** So many stand in sight; one that failed always does. */
const first = 3

/** RQ17: whether who said it was told, by which way, and what failed; and telling them again. */
export function Told({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const may = useMay()
  const told = useQuery({ ...sentAbout(request.id), enabled: may('notice.sent') })
  const [all, setAll] = useState(false)
  const items = told.data?.items ?? []
  if (items.length === 0) return null
  const shown = all ? items : items.filter((one, index) => index < first || one.state === 'failed')
  return (
    <section>
      <h2>
        {t('told.title')}
        {items.length > shown.length || all ? (
          <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('facts.fewer') : t('told.all', { count: items.length })}
          </button>
        ) : null}
      </h2>
      <ul className="told">
        {shown.map((one) => (
          <Line key={one.id} one={one} request={request.id} />
        ))}
      </ul>
    </section>
  )
}

const drawings = { waiting: Clock, sending: Clock, sent: Check, read: Check, failed: MailWarning }

function Line({ one, request }: { one: Sent; request: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const repeat = useRepeatAbout(request)
  return (
    <li className={one.state}>
      <Icon of={drawings[one.state]} size="s" />
      <p>
        {t('told.line', { news: templateName(t, one.template), channel: t(`channel.${one.channel}`) })}
        <small>
          {t('told.state', { state: t(`sentState.${one.state}`), at: when(t, one.at, now, true) })}
          {one.state === 'failed' && one.reason && t('told.because', { reason: t(`failure.${one.reason}`) })}
        </small>
        <ProblemNote error={repeat.error} />
      </p>
      {one.repeatable && (
        <Button small busy={repeat.isPending} onClick={() => repeat.mutate(one.id)}>
          {t('messages.repeat')}
        </Button>
      )}
    </li>
  )
}
