import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { outcomes } from '#requests/lists.ts'
import { SegmentedChoice, TextArea } from '#web/ui/field.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { lifecycleWord } from '../../../words.ts'

/** Follow-up: what the reporter said on the phone. "Could not be reached" is its own outcome (boundary 18). */
export function FollowUp(props: DeedProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>()
  const [words, setWords] = useState('')
  const draft = outcome ? ({ kind: 'follow_up', outcome, words } as const) : undefined
  const cause = outcome
    ? t(`deedCause.followUp.${outcome}`, { count: props.request.unreached + 1 })
    : lifecycleWord(t, 'causes.follow_up')
  return (
    <DeedForm {...props} step="follow_up" draft={draft} cause={cause} missing={t('missing.outcome')}>
      <div className="wide">
        <CallScript request={props.request} />
        <SegmentedChoice
          legend={t('field.outcome')}
          options={outcomes.map((one) => ({ value: one, label: lifecycleWord(t, `satisfaction.${one}`) }))}
          value={outcome}
          onChange={setOutcome}
        />
      </div>
      <div className="wide">
        <TextArea
          label={t('field.said')}
          value={words}
          maxLength={1000}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}

/** What to say on the phone, in order; the same for everybody who is called. */
function CallScript({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  return (
    <ol className="script" aria-label={t('script.label')}>
      <li>{t('script.greet', { title: request.title })}</li>
      {request.points.length > 1 && (
        <li>{t('script.points', { points: request.points.join(t('story.listComma')) })}</li>
      )}
      <li>{t('script.solved')}</li>
      <li>{t('script.thanks')}</li>
    </ol>
  )
}
