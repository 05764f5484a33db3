import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { organisationsFound } from '../data/org.ts'
import { Combobox } from './combobox.tsx'

/** An organisation by part of its name. */
export function OrganisationPicker(props: {
  label: string
  value: Organisation | undefined
  onChange: (organisation: Organisation | undefined) => void
  placeholder?: string
}) {
  const { label, value, onChange, placeholder } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery(organisationsFound(wanted))
  const items = found.data?.items ?? []
  const option = (one: Organisation) => ({
    value: one.id,
    label: one.name,
    note: t(`organisationKind.${one.kind}`),
  })
  return (
    <Combobox
      label={label}
      options={items.map(option)}
      value={value && option(value)}
      onChange={(chosen) => onChange(items.find((one) => one.id === chosen?.value))}
      query={query}
      onQuery={setQuery}
      loading={found.isFetching}
      placeholder={placeholder ?? t('handler.find')}
    />
  )
}
