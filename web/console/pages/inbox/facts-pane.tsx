import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/contract.ts'
import { Face } from '#web/ui/seal.tsx'
import { requestHandlers } from '../../data/requests.ts'
import { PlaceMap } from './place-map.tsx'
import { Reveal } from './reveal.tsx'

/** What belongs to the case without being part of its story: who said it, where, who could solve it. */
export function FactsPane({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  return (
    <aside className="facts" aria-label={t('facts.label')}>
      <Reporter request={request} />
      <section>
        <h2>{t('facts.where')}</h2>
        <PlaceMap request={request} />
        <p className="note">{request.place}</p>
      </section>
      <Handlers request={request} />
    </aside>
  )
}

function Reporter({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { reporter } = request
  if (!reporter) {
    return (
      <section>
        <h2>{t('facts.who')}</h2>
        <p className="note">{request.confidential ? t('facts.confidential') : t('facts.whoHidden')}</p>
      </section>
    )
  }
  const name = reporter.name ?? t('facts.nameless')
  return (
    <section>
      <h2>{t('facts.who')}</h2>
      <div className="kv">
        <Face name={reporter.name ?? '?'} />
        <div>
          <p>{name}</p>
          <small>
            {t('facts.saidThisYear', { count: reporter.requestsThisYear })}
            {reporter.phone && !reporter.proven && t('facts.unproven')}
          </small>
        </div>
      </div>
      {reporter.phone && <Reveal key={request.id} request={request.id} masked={reporter.phone} name={name} />}
    </section>
  )
}

function Handlers({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const handlers = useQuery({ ...requestHandlers(request.id), enabled: request.holder !== null })
  const items = handlers.data?.items ?? []
  if (request.holder === null || (handlers.isSuccess && items.length === 0)) return null
  return (
    <section>
      <h2>{t('facts.whoCan')}</h2>
      {handlers.isError && <p className="note">{t('facts.handlersFailed')}</p>}
      {items.map((one) => (
        <div className="can" key={one.id}>
          <b>{one.name}</b>
          <span>{t('handler.held', { count: one.held })}</span>
          <small>
            {t(`handler.why.${one.why}`)}
            {one.recent > 0 && t('handler.recent', { count: one.recent, onTime: one.recentOnTime })}
          </small>
        </div>
      ))}
    </section>
  )
}
