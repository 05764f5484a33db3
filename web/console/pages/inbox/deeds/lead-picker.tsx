import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Handler } from '../../../data/requests.ts'
import { organisationsFound } from '../../../data/org.ts'
import { requestHandlers } from '../../../data/requests.ts'
import { Combobox, type Option } from '../../../parts/combobox.tsx'

/** Those proposed come first, each with how much it holds; any other organisation is found by name. */
export function LeadPicker(props: {
  request: string
  label: string
  hint?: string
  value: Option | undefined
  onChange: (option: Option | undefined) => void
  except?: string[]
}) {
  const { request, label, hint, value, onChange, except = [] } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const proposed = useQuery(requestHandlers(request))
  const found = useQuery({ ...organisationsFound(query), enabled: query.trim().length > 0 })
  const about = (id: string) => proposed.data?.items.some((one) => one.id === id && one.complainedOf)
  const note = (handler: Handler) =>
    t(handler.complainedOf ? 'handler.complainedOf' : 'handler.line', {
      why: t(`handler.why.${handler.why}`),
      held: t('handler.held', { count: handler.held }),
    })
  const offered: Option[] = query.trim()
    ? (found.data?.items ?? []).map((one) => ({
        value: one.id,
        label: one.name,
        note: about(one.id) ? t('confidence.itIsAbout') : t(`organisationKind.${one.kind}`),
      }))
    : (proposed.data?.items ?? []).map((one) => ({ value: one.id, label: one.name, note: note(one) }))
  return (
    <Combobox
      label={label}
      hint={hint}
      options={offered.filter((option) => !except.includes(option.value))}
      value={value}
      onChange={onChange}
      query={query}
      onQuery={setQuery}
      loading={found.isFetching || proposed.isPending}
      placeholder={t('handler.find')}
    />
  )
}
