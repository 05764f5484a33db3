import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '#web/ui/field.tsx'
import { areasNamed, areasUnder } from '../data/areas.ts'
import { Combobox } from './combobox.tsx'

/** The longest chain of areas in use (O1). */
const deepest = 8

const depth = (path: string) => path.split('/').length - 1
const upTo = (path: string, levels: number) => `${path.split('/').slice(0, levels).join('/')}/`

/**
 * A place by searching for its name, or going down from community to unit. Both fill the same path.
 * @param home the area one may choose in
 */
export function PlacePicker({
  home,
  value,
  onChange,
}: {
  home: string
  value: string
  onChange: (path: string) => void
}) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...areasNamed(wanted, home), enabled: wanted.length > 0 })
  const options = (found.data?.items ?? []).map((area) => ({
    value: area.path,
    label: area.place || area.name,
    note: t(`areaKind.${area.kind}`),
  }))
  const parents: string[] = []
  for (let level = depth(home); level <= Math.min(depth(value), deepest - 1); level += 1)
    parents.push(upTo(value, level))
  return (
    <div className="place-picker">
      <Combobox
        label={t('place.find')}
        options={options}
        value={undefined}
        onChange={(option) => option && onChange(option.value)}
        query={query}
        onQuery={setQuery}
        loading={found.isFetching}
        placeholder={t('place.example')}
      />
      <div className="place-levels">
        {parents.map((parent) => (
          <Level
            key={parent}
            parent={parent}
            value={depth(value) > depth(parent) ? upTo(value, depth(parent) + 1) : ''}
            onChange={(path) => onChange(path || parent)}
          />
        ))}
      </div>
    </div>
  )
}

/** One step down; a level without places below is left out. */
function Level({
  parent,
  value,
  onChange,
}: {
  parent: string
  value: string
  onChange: (path: string) => void
}) {
  const { t } = useTranslation()
  const below = useQuery(areasUnder(parent))
  const items = below.data?.items ?? []
  if (below.isSuccess && items.length === 0) return null
  return (
    <Select
      label={t(`areaKind.${items[0]?.kind ?? 'unit'}`)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('field.choose')}</option>
      {items.map((area) => (
        <option key={area.path} value={area.path}>
          {area.name}
        </option>
      ))}
    </Select>
  )
}
