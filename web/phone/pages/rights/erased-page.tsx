import { Check, Clock3, ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { type ErasureView, readErasure } from '#web/api/erasure.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayDate, sayMoment } from '#web/ui/say-time.ts'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useRemote } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import './rights.css'

/** How a wish stands, with a word and an icon. */
export function ErasureTag({ state }: { state: ErasureView['state'] }) {
  const { t } = useTranslation()
  if (state === 'waiting')
    return (
      <Tag tone="care" icon={Clock3}>
        {t('erase.state_waiting')}
      </Tag>
    )
  if (state === 'refused')
    return (
      <Tag tone="care" icon={ShieldAlert}>
        {t('erase.state_refused')}
      </Tag>
    )
  return (
    <Tag tone="done" icon={Check}>
      {t('erase.state_erased')}
    </Tag>
  )
}

/** What came of a wish: the receipt. It opens for whoever has its address, also when the account is gone. */
export function ErasedPage({ id }: { id: string }) {
  const { t } = useTranslation()
  useTitle(t('erase.receipt'))
  const now = useNow()
  const [, go] = useLocation()
  const remote = useRemote(`erasure.${id}`, () => readErasure(id))
  const one = remote.value
  return (
    <Screen
      top={<Top title={t('erase.receipt')} onBack={() => go(paths.mine())} />}
      bar={
        <Bar>
          <Button wide onClick={() => go(paths.home())}>
            {t('erase.home')}
          </Button>
        </Bar>
      }
    >
      {Boolean(remote.error) && (
        <Failed
          what={t('erase.receipt_failed')}
          safe={t('erase.receipt_safe')}
          onRetry={() => void remote.again()}
          busy={remote.busy}
        />
      )}
      {!one && remote.busy && (
        <Loading>
          <RowBones rows={3} />
        </Loading>
      )}
      {one && (
        <>
          <Card pad className="erased">
            <ErasureTag state={one.state} />
            <h1>{t(`erase.said_${one.erasedAt ? one.scope : one.state}`)}</h1>
            <p>
              {one.erasedAt
                ? t('erase.when', { moment: sayMoment(t, one.erasedAt, now), code: one.code ?? '' })
                : t(`erase.why_${one.ground ?? 'request'}`)}
            </p>
            {one.state === 'waiting' && <p>{t('erase.by', { day: sayDate(t, one.dueAt, now) })}</p>}
            {one.words && <p className="said">{one.words}</p>}
            {one.state === 'refused' && <p>{t('erase.complain')}</p>}
            {one.erasedAt && one.scope !== 'person' && <Counts of={one.counts} />}
          </Card>
          {one.erasedAt && <p className="note">{t(`erase.left_${one.scope}`)}</p>}
          {one.erasedAt && <p className="note">{t('erase.keep')}</p>}
        </>
      )}
    </Screen>
  )
}

function Counts({ of }: { of: ErasureView['counts'] }) {
  const { t } = useTranslation()
  return (
    <dl className="erased-counts">
      {(['requests', 'entries', 'attachments', 'messages'] as const).map((what) => (
        <div key={what}>
          <dt>{t(`erase.count_${what}`)}</dt>
          <dd>{of[what]}</dd>
        </div>
      ))}
    </dl>
  )
}
