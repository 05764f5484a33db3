import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Face } from '#web/ui/seal.tsx'
import { requestHandlers } from '../../data/requests.ts'
import { DuplicateFacts } from './duplicates/duplicate-facts.tsx'
import { PeopleSection } from './people/people-section.tsx'
import { PublicSection } from './public/public-section.tsx'
import { Linked } from './confidence.tsx'
import { PlaceMap } from './place-map.tsx'
import { Reveal } from './reveal.tsx'
import { Told } from './told.tsx'

/** So many of those who can solve it stand in sight; the rest is one press away. */
const first = 4

/** What belongs to the case without being part of its story: who said it, where, who could solve it. */
export function FactsPane({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  return (
    <aside className="facts" tabIndex={-1} aria-label={t('facts.label')}>
      <Reporter request={request} />
      <FirstContact request={request} />
      <section>
        <h2>{t('facts.where')}</h2>
        <PlaceMap request={request} />
        <p className="note">{request.place}</p>
      </section>
      <DuplicateFacts request={request} />
      <Told request={request} />
      <Linked request={request} />
      <PeopleSection request={request} />
      <Handlers request={request} />
      <PublicSection request={request} />
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
        <p className="note">{request.withheld ? t('facts.confidential') : t('facts.whoHidden')}</p>
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

/** R9: who answers for it until somebody takes it, and who stands in. */
function FirstContact({ request: { firstContact } }: { request: RequestView }) {
  const { t } = useTranslation()
  if (!firstContact) return null
  const { name, organisation, phone, standIn } = firstContact
  return (
    <section>
      <h2>{t('facts.first')}</h2>
      <div className="kv">
        <Face name={name} />
        <div>
          <p>{standIn ? t('facts.firstAway', { name, other: standIn.name }) : name}</p>
          <small>
            {[organisation, standIn ? standIn.phone : phone].filter(Boolean).join(t('story.listComma'))}
          </small>
        </div>
      </div>
      <p className="note second">{t('facts.firstWhy')}</p>
    </section>
  )
}

function Handlers({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const handlers = useQuery({ ...requestHandlers(request.id), enabled: request.holder !== null })
  const [all, setAll] = useState(false)
  const items = handlers.data?.items ?? []
  if (request.holder === null || (handlers.isSuccess && items.length === 0)) return null
  return (
    <section>
      <h2>
        {t('facts.whoCan')}
        {items.length > first && (
          <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('facts.fewer') : t('facts.allOfThem', { count: items.length })}
          </button>
        )}
      </h2>
      {handlers.isError && <p className="note">{t('facts.handlersFailed')}</p>}
      {items.slice(0, all ? undefined : first).map((one) => (
        <div className="can" key={one.id}>
          <b>{one.name}</b>
          <span>{t('handler.held', { count: one.held })}</span>
          <small>
            {one.complainedOf ? t('confidence.itIsAbout') : t(`handler.why.${one.why}`)}
            {one.recent > 0 && t('handler.recent', { count: one.recent, onTime: one.recentOnTime })}
          </small>
        </div>
      ))}
    </section>
  )
}
