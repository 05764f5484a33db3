import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mostDepartments } from '#whistle/lists.ts'
import { Switch, TextArea } from '#web/ui/field.tsx'
import type { Option } from '../../parts/combobox.tsx'
import { LeadPicker } from '../inbox/deeds/lead-picker.tsx'
import { type DeedProps, WhistleForm } from './whistle-form.tsx'
import { Chips } from '../../parts/chips.tsx'

/** The town blows: who answers for all, who helps, how soon they come. */
export function Blow(props: DeedProps) {
  const { whistle } = props
  const { t } = useTranslation()
  const [lead, setLead] = useState<Option>()
  const [assisting, setAssisting] = useState<Option[]>([])
  const [urgent, setUrgent] = useState(whistle.urgent)
  const [words, setWords] = useState('')
  const first = whistle.items[0]?.id ?? ''
  const chosen = [whistle.town.id, ...[lead, ...assisting].flatMap((one) => one?.value ?? [])]
  const draft = lead && {
    kind: 'blow' as const,
    lead: lead.value,
    assisting: assisting.map(({ value }) => value),
    urgent,
    words: words.trim(),
  }
  return (
    <WhistleForm
      {...props}
      kind="blow"
      draft={draft}
      missing={t('whistle.missing.lead')}
      cause={t(urgent ? 'whistle.cause.blowUrgent' : 'whistle.cause.blow')}
    >
      <LeadPicker request={first} label={t('whistle.lead')} value={lead} onChange={setLead} except={chosen} />
      <div>
        {assisting.length < mostDepartments - 1 && (
          <LeadPicker
            request={first}
            label={t('whistle.assist')}
            value={undefined}
            onChange={(option) => option && setAssisting([...assisting, option])}
            except={chosen}
          />
        )}
        <Chips
          items={assisting}
          without={(one) => t('field.removeHelper', { name: one.label })}
          onChange={setAssisting}
        />
      </div>
      <div className="wide">
        <Switch label={t('whistle.urgent')} on={urgent} onChange={setUrgent} />
      </div>
      <div className="wide">
        <TextArea
          label={t('field.mind')}
          hint={t('field.optional')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </WhistleForm>
  )
}
