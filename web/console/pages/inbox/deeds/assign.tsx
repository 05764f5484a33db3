import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '#web/ui/field.tsx'
import { requestSuggestion } from '../../../data/suggest.ts'
import type { Option } from '../../../parts/combobox.tsx'
import { GuessBox, HandlerGuess } from '../../../parts/guess.tsx'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { MatterField, useGiving } from './in-confidence.tsx'
import { LeadPicker } from './lead-picker.tsx'
import { Chips } from '../../../parts/chips.tsx'

/** Assign: one organisation answers for it, others may help. Who solved the like before stands chosen, and is not entered. */
export function Assign(
  props: DeedProps & {
    /** whom somebody has chosen already, on the board */
    to?: Option | undefined
  },
) {
  const { t } = useTranslation()
  const [version] = useState(props.request.version)
  const suggestion = useQuery(requestSuggestion(props.request.id, version)).data
  const [picked, setPicked] = useState<{ lead: Option | undefined } | undefined>(
    props.to && { lead: props.to },
  )
  const guess = suggestion?.handler
  // Whom it is about is never chosen for anybody (RQ10).
  const handler = props.request.complainedOf.some(({ id }) => id === guess?.id) ? undefined : guess
  const lead = picked ? picked.lead : handler ? { value: handler.id, label: handler.name } : undefined
  const setLead = (option: Option | undefined) => setPicked({ lead: option })
  const [helpers, setHelpers] = useState<Option[]>([])
  const [words, setWords] = useState('')
  const assisting = helpers.map((one) => one.value)
  const giving = useGiving(props.request, lead ? [lead.value, ...assisting] : [])
  // RQ6: after a second return the word of the desk binds, and says on what it rests.
  const decides = props.request.returns > 1
  const [authority, setAuthority] = useState('')
  const isDecided = !decides || (authority.trim() !== '' && words.trim() !== '')
  const ready = giving.ready && isDecided && (words.trim() || !giving.needsMatter)
  const draft =
    lead && ready
      ? {
          kind: 'assign' as const,
          lead: { organisation: lead.value },
          assisting,
          words,
          ...(decides && { authority }),
          ...giving.extra,
        }
      : undefined
  const cause = decides
    ? t('deedCause.decide')
    : lead
      ? t('deedCause.assign', { name: lead.label })
      : t('deedCause.assignWhom')
  return (
    <DeedForm
      {...props}
      step="assign"
      draft={draft}
      cause={cause}
      missing={t(!lead ? 'missing.lead' : isDecided ? 'missing.inConfidence' : 'missing.decide')}
    >
      {handler && suggestion && (
        <GuessBox>
          <HandlerGuess handler={handler} />
        </GuessBox>
      )}
      <LeadPicker
        request={props.request.id}
        label={t('field.lead')}
        value={lead}
        onChange={setLead}
        except={assisting}
      />
      <div>
        <LeadPicker
          request={props.request.id}
          label={t('field.assisting')}
          value={undefined}
          onChange={(option) => option && setHelpers([...helpers, option])}
          except={[...assisting, lead?.value ?? '']}
        />
        <Chips
          items={helpers}
          without={(one) => t('field.removeHelper', { name: one.label })}
          onChange={setHelpers}
        />
      </div>
      {decides && (
        <div className="wide">
          <TextInput
            label={t('field.authority')}
            hint={t('field.authorityHint')}
            value={authority}
            maxLength={300}
            onChange={(event) => setAuthority(event.target.value)}
          />
        </div>
      )}
      <MatterField
        request={props.request}
        giving={giving}
        label={t(decides ? 'field.decideWhy' : 'field.mind')}
        value={words}
        onChange={setWords}
      />
    </DeedForm>
  )
}
