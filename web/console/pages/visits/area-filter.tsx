import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { areasNamed, areaWithAbove } from '../../data/areas.ts'
import { useMe } from '../../data/me.ts'
import { Combobox } from '../../parts/combobox.tsx'

/** One area of mine, by a part of its name; all of mine when none is chosen. */
export function AreaFilter(props: {
  value: string | undefined
  onChange: (path: string | undefined) => void
}) {
  const { value, onChange } = props
  const { t } = useTranslation()
  const { home } = useMe()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...areasNamed(wanted, home), enabled: wanted.length > 0 })
  const known = useQuery(areaWithAbove(value ?? ''))
  const name = known.data?.items.at(-1)?.name
  const options = (found.data?.items ?? []).map((area) => ({
    value: area.path,
    label: area.place || area.name,
    note: t(`areaKind.${area.kind}`),
  }))
  return (
    <Combobox
      label={t('visits.area')}
      options={options}
      value={value && name ? { value, label: name } : undefined}
      onChange={(option) => onChange(option?.value)}
      query={query}
      onQuery={setQuery}
      loading={found.isFetching}
      placeholder={t('visits.anyArea')}
    />
  )
}
