import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from '../../../parts/combobox.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { MatterField, useGiving } from './in-confidence.tsx'
import { LeadPicker } from './lead-picker.tsx'

/** Hand over what was declined: it goes on where it belongs. */
export function HandOver(props: DeedProps) {
  return <Give {...props} step="hand_over" />
}

/** Transfer: another organisation answers for it; the due time stays (RQ4). */
export function Transfer(props: DeedProps) {
  return <Give {...props} step="transfer" />
}

/** Gives a request to one organisation; whoever had it until now says why. */
function Give(props: DeedProps & { step: 'hand_over' | 'transfer' }) {
  const { step, request } = props
  const { t } = useTranslation()
  const [lead, setLead] = useState<Option>()
  const [words, setWords] = useState('')
  const moves = step === 'transfer'
  const giving = useGiving(request, lead ? [lead.value] : [])
  const ready = giving.ready && (words.trim() || !(moves || giving.needsMatter))
  const draft =
    lead && ready
      ? ({ kind: step, lead: { organisation: lead.value }, words, ...giving.extra } as const)
      : undefined
  const cause = lead
    ? t(moves ? 'deedCause.transfer' : 'deedCause.handOver', { name: lead.label })
    : t('deedCause.assignWhom')
  const lacks =
    lead && !(moves && giving.ready) ? 'missing.inConfidence' : moves ? 'missing.transfer' : 'missing.lead'
  return (
    <DeedForm {...props} draft={draft} cause={cause} missing={t(lacks)}>
      <div className="wide">
        <LeadPicker
          request={request.id}
          label={t(moves ? 'field.newLead' : 'field.lead')}
          value={lead}
          onChange={setLead}
          except={moves ? [request.holder?.organisation.id ?? ''] : []}
        />
      </div>
      <MatterField
        request={request}
        giving={giving}
        label={t(moves ? 'field.whyOther' : 'field.mind')}
        value={words}
        onChange={setWords}
      />
    </DeedForm>
  )
}
