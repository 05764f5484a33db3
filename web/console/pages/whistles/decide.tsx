import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select, TextArea } from '#web/ui/field.tsx'
import type { Option } from '../../parts/combobox.tsx'
import { LeadPicker } from '../inbox/deeds/lead-picker.tsx'
import { type DeedProps, WhistleForm } from './whistle-form.tsx'

/** The town decides about an objection, once: it holds, and another comes instead, or the department comes all the same. */
export function Decide(props: DeedProps & { kind: 'release' | 'insist' }) {
  const { kind, ...rest } = props
  const { whistle } = props
  const { t } = useTranslation()
  const objecting = whistle.parts.filter(({ objection }) => objection !== null)
  const [organisation, setOrganisation] = useState(objecting[0]?.organisation.id ?? '')
  const [instead, setInstead] = useState<Option>()
  const [words, setWords] = useState('')
  const part = objecting.find((one) => one.organisation.id === organisation)
  // Once work has begun nobody new is brought in.
  const replaces = kind === 'release' && whistle.state === 'blown'
  const isWhole = words.trim() && (part?.role !== 'lead' || kind === 'insist' || instead)
  const said = { organisation, words: words.trim() }
  const draft = !isWhole
    ? undefined
    : kind === 'insist'
      ? { kind, ...said }
      : { kind, ...said, ...(instead && { instead: instead.value }) }
  return (
    <WhistleForm {...rest} kind={kind} draft={draft} missing={t(`whistle.missing.${kind}`)}>
      <Select
        label={t('whistle.whoseObjection')}
        value={organisation}
        onChange={(event) => setOrganisation(event.target.value)}
      >
        {objecting.map((one) => (
          <option key={one.organisation.id} value={one.organisation.id}>
            {one.organisation.name}
          </option>
        ))}
      </Select>
      {replaces && (
        <LeadPicker
          request={whistle.items[0]?.id ?? ''}
          label={t('whistle.instead')}
          {...(part?.role !== 'lead' && { hint: t('field.optional') })}
          value={instead}
          onChange={setInstead}
          except={[whistle.town.id, ...whistle.parts.map((one) => one.organisation.id)]}
        />
      )}
      <div className="wide">
        <TextArea
          label={t(`whistle.words.${kind}`)}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </WhistleForm>
  )
}
