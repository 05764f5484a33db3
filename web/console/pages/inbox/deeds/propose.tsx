import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { type Proposed, type ProposalReason, proposals, proposedKinds } from '#requests/lists.ts'
import { SegmentedChoice, Select, TextArea } from '#web/ui/field.tsx'
import { sayDate } from '#web/ui/say-time.ts'
import { DateField } from '../../../parts/date-field.tsx'
import { PhotoField } from '../../../parts/photo-field.tsx'
import { lifecycleWord } from '../../../words.ts'
import { DeedForm, type DeedProps } from './deed-form.tsx'

/** A day that was chosen ends when the offices close: 17:30 in Shanghai. */
const endOf = (day: string) => `${day}T09:30:00.000Z`

/** What may be proposed as the request stands. */
function proposable(request: RequestView): Proposed[] {
  return proposedKinds.filter((what) => proposals[what].from.some((state) => state === request.state))
}

/** Propose: to let the clock stand still or run longer, or to leave the figures. It counts once a second person agrees. */
export function Propose(props: DeedProps) {
  const { request, now } = props
  const { t } = useTranslation()
  const offered = proposable(request)
  const [chosen, setWhat] = useState<Proposed>()
  const what = chosen ?? (offered.length === 1 ? offered[0] : undefined)
  const [reason, setReason] = useState<ProposalReason | ''>('')
  const [day, setDay] = useState<string>()
  const [words, setWords] = useState('')
  const [photos, setPhotos] = useState<string[]>([])
  const rule = what && proposals[what]
  const ended = rule?.mostDays ? day !== undefined : true
  const evident = !rule?.evidence || photos.length > 0
  const draft =
    what && reason && ended && evident && words.trim()
      ? {
          kind: 'propose' as const,
          what,
          reason,
          words,
          attachments: photos,
          ...(rule?.mostDays && day && { until: endOf(day) }),
        }
      : undefined
  const missing = !evident ? t('missing.evidence') : t('missing.propose')
  return (
    <DeedForm
      {...props}
      step="propose"
      draft={draft}
      cause={what ? t(`deedCause.propose.${what}`) : lifecycleWord(t, 'causes.propose')}
      missing={missing}
      unfolded={what}
    >
      {offered.length > 1 && (
        <div className="wide">
          <SegmentedChoice
            legend={t('field.what')}
            options={offered.map((one) => ({ value: one, label: lifecycleWord(t, `proposed.${one}`) }))}
            value={what}
            onChange={(next) => {
              setWhat(next)
              setReason('')
            }}
          />
        </div>
      )}
      {rule && (
        <>
          <Select
            label={t('field.ground')}
            value={reason}
            onChange={(event) => setReason(event.target.value as typeof reason)}
          >
            <option value="">{t('field.choose')}</option>
            {rule.reasons.map((one) => (
              <option key={one} value={one}>
                {lifecycleWord(t, `ground.${one}`)}
              </option>
            ))}
          </Select>
          {rule.mostDays ? (
            <DateField
              label={t(`field.until.${what}`)}
              hint={t('field.untilHint', { count: rule.mostDays })}
              min={(what === 'extend' && request.dueAt ? request.dueAt : now).slice(0, 10)}
              value={day}
              onChange={setDay}
            />
          ) : (
            <PhotoField label={t('field.evidence')} value={photos} onChange={setPhotos} />
          )}
          <div className="wide">
            <TextArea
              label={t('field.proposeWhy')}
              hint={t('field.proposeWhyHint')}
              value={words}
              maxLength={1000}
              onChange={(event) => setWords(event.target.value)}
            />
          </div>
          {rule.mostDays && (
            <div className="wide">
              <PhotoField label={t('field.addPhotos')} value={photos} onChange={setPhotos} />
            </div>
          )}
        </>
      )}
    </DeedForm>
  )
}

/** Review: what was proposed, for whom it is not to propose; both answers of the same weight. */
export function Review(props: DeedProps) {
  const { request, now } = props
  const { t } = useTranslation()
  const [said, setSaid] = useState<'agree' | 'refuse'>()
  const [words, setWords] = useState('')
  const { proposal } = request
  if (!proposal) return null
  const draft =
    said && words.trim()
      ? { kind: 'review' as const, proposal: proposal.id, agree: said === 'agree', words }
      : undefined
  const what = t(`review.asks.${proposal.what}`, {
    until: proposal.until ? sayDate(t, proposal.until, now) : '',
    ground: lifecycleWord(t, `ground.${proposal.reason}`),
  })
  return (
    <DeedForm
      {...props}
      step="review"
      draft={draft}
      cause={said ? t(`deedCause.review.${said}`) : lifecycleWord(t, 'causes.review')}
      missing={t('missing.review')}
    >
      <div className="wide">
        <p className="review-what">{what}</p>
        <SegmentedChoice
          legend={t('field.review')}
          options={(['agree', 'refuse'] as const).map((one) => ({ value: one, label: t(`review.${one}`) }))}
          value={said}
          onChange={setSaid}
        />
      </div>
      <div className="wide">
        <TextArea
          label={t('field.reviewWhy')}
          value={words}
          maxLength={1000}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}
