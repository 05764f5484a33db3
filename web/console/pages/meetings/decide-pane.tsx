import { FileDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ItemView, MeetingView } from '#meetings/contract.ts'
import { ButtonLink } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { noticeAddress } from '../../data/meetings.ts'
import { exactly, shortDate } from '../../time.ts'
import { DecideForm } from './decide-form.tsx'
import { fateTone } from './said.ts'

/** What was decided about an item, and what became of it; on the day the form that writes it down. */
export function DecidePane(props: {
  meeting: MeetingView
  item: ItemView
  isOwn: boolean
  onNext: () => void
}) {
  const { meeting, item, isOwn, onNext } = props
  const { t } = useTranslation()
  const decides = isOwn && meeting.abilities.includes('decide')
  return (
    <section className="meet-decision" aria-label={t('meetings.decision')}>
      <h2>{t('meetings.decision')}</h2>
      {decides ? (
        <DecideForm meeting={meeting} item={item} onNext={onNext} />
      ) : (
        <Decided meeting={meeting} item={item} isOwn={isOwn} />
      )}
    </section>
  )
}

function Decided({ meeting, item, isOwn }: { meeting: MeetingView; item: ItemView; isOwn: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  const { decision, fate } = item
  const of = isOwn ? meeting.id : meeting.before?.id
  const isOwed = fate === 'running' || fate === 'late'
  if (item.withheld) return <p className="meet-none">{t('meetings.withheldDecision')}</p>
  if (!decision)
    return (
      <p className="meet-none">
        {t(fate === 'put_off' ? 'meetings.putOff' : `meetings.notYet.${meeting.state}`)}
      </p>
    )
  return (
    <>
      <p className="meet-outcome">
        {fate === 'open' ? (
          <Tag tone="care">{t(`meetings.outcome.${decision.outcome}`)}</Tag>
        ) : (
          <Tag tone={fateTone[fate]}>{t(`meetings.fate.${fate}`)}</Tag>
        )}
        {item.endedAt && <small>{t('meetings.endedOn', { day: shortDate(t, item.endedAt, now) })}</small>}
        {item.supervisedAt && (
          <small>{t('meetings.supervisedOn', { day: shortDate(t, item.supervisedAt, now) })}</small>
        )}
      </p>
      {decision.demand && <p className="meet-demand">{decision.demand}</p>}
      <dl className="meet-facts">
        {decision.lead && (
          <div>
            <dt>{t('field.lead')}</dt>
            <dd>{decision.lead.name}</dd>
          </div>
        )}
        {decision.assisting.length > 0 && (
          <div>
            <dt>{t('field.assisting')}</dt>
            <dd>{decision.assisting.map(({ name }) => name).join(t('story.listComma'))}</dd>
          </div>
        )}
        {decision.dueAt && (
          <div>
            <dt>{t('meetings.dueOn')}</dt>
            <dd title={exactly(t, decision.dueAt)}>{shortDate(t, decision.dueAt, now)}</dd>
          </div>
        )}
        {isOwed && item.holder && (
          <div>
            <dt>{t('meetings.fact.holder')}</dt>
            <dd>{item.holder.name}</dd>
          </div>
        )}
      </dl>
      {decision.precedent && decision.category && (
        <p className="meet-none">
          {t('meetings.precedentLine', { category: decision.category.name, lead: decision.lead?.name ?? '' })}
        </p>
      )}
      {isOwed && of && meeting.organisation && (
        <ButtonLink small icon={FileDown} href={noticeAddress(of, item.id)} download>
          {t('meetings.notice')}
        </ButtonLink>
      )}
    </>
  )
}
