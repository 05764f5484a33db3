import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '#catalogue/contract.ts'
import { categories } from '../data/catalogue.ts'
import { limitText } from '../limit.ts'
import { Combobox, type Option } from './combobox.tsx'

/** The category by its name, its group or its code. */
export function CategoryPicker(props: {
  value: string | undefined
  onChange: (code: string | undefined) => void
  hint?: string
}) {
  const { value, onChange, hint } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const known = useQuery(categories)
  const items = known.data?.items ?? []
  const wanted = query.trim().toLowerCase()
  const option = (one: Category): Option => ({
    value: one.code,
    label: t('category.line', { group: one.group, name: one.name }),
    note: t('category.note', { limit: limitText(t, one.steps), lead: one.leads.join(t('story.listComma')) }),
  })
  const chosen = items.find((one) => one.code === value)
  const fits = (one: Category) =>
    [one.code, one.name, one.group].some((text) => text.toLowerCase().includes(wanted))
  return (
    <Combobox
      label={t('field.category')}
      hint={hint}
      options={items.filter(fits).map(option)}
      value={chosen && option(chosen)}
      onChange={(next) => onChange(next?.value)}
      query={query}
      onQuery={setQuery}
      loading={known.isPending}
      placeholder={t('field.findCategory')}
    />
  )
}
