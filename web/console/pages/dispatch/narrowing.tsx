import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Select } from '#web/ui/field.tsx'
import { areasUnder } from '../../data/areas.ts'
import { categories, groupsOf } from '../../data/catalogue.ts'
import { useMe } from '../../data/me.ts'
import type { DispatchSearch } from './search.ts'

/** Narrows the board to an area and a group; what is chosen stands in the page's address. */
export function Narrowing({
  search,
  onSearch,
  areaOnly,
}: {
  search: DispatchSearch
  onSearch: (search: DispatchSearch) => void
  areaOnly?: boolean
}) {
  const { t } = useTranslation()
  const { home } = useMe()
  const known = useQuery(categories)
  const areas = useQuery(areasUnder(home))
  const choose = (name: 'path' | 'group') => (event: { target: { value: string } }) =>
    onSearch({ ...search, [name]: event.target.value || undefined })
  return (
    <div className="board-narrow">
      <Select label={t('filter.area')} value={search.path ?? ''} onChange={choose('path')}>
        <option value="">{t('filter.wholeArea')}</option>
        {(areas.data?.items ?? []).map((area) => (
          <option key={area.path} value={area.path}>
            {area.name}
          </option>
        ))}
      </Select>
      {!areaOnly && (
        <Select label={t('filter.group')} value={search.group ?? ''} onChange={choose('group')}>
          <option value="">{t('filter.any')}</option>
          {groupsOf(known.data?.items ?? []).map((group) => (
            <option key={group.code} value={group.code}>
              {group.name}
            </option>
          ))}
        </Select>
      )}
    </div>
  )
}
