import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { states } from '#requests/lifecycle.ts'
import { channels } from '#requests/lists.ts'
import { Button } from '#web/ui/button.tsx'
import { Select } from '#web/ui/field.tsx'
import { areasUnder } from '../../data/areas.ts'
import { categories, groupsOf } from '../../data/catalogue.ts'
import type { Filters } from '../../data/requests.ts'
import { lifecycleWord } from '../../words.ts'

/** The names of the filters that are set. */
export function filtersSet(filters: Filters): number {
  const { state, group, channel, overdue, path } = filters
  return [state, group, channel, overdue, path].filter(Boolean).length
}

/** Narrows the list; what is chosen stands in the page's address and survives a reload. */
export function FilterBox({
  filters,
  home,
  onChange,
}: {
  filters: Filters
  home: string
  onChange: (filters: Filters) => void
}) {
  const { t } = useTranslation()
  const known = useQuery(categories)
  const areas = useQuery(areasUnder(home))
  const choose = (name: keyof Filters) => (event: { target: { value: string } }) =>
    onChange({ ...filters, [name]: event.target.value || undefined })
  return (
    <div className="filters">
      <Select label={t('filter.state')} value={filters.state ?? ''} onChange={choose('state')}>
        <option value="">{t('filter.any')}</option>
        {Object.keys(states).map((state) => (
          <option key={state} value={state}>
            {lifecycleWord(t, `state.${state}`)}
          </option>
        ))}
      </Select>
      <Select label={t('filter.overdue')} value={filters.overdue ?? ''} onChange={choose('overdue')}>
        <option value="">{t('filter.any')}</option>
        <option value="true">{t('filter.overdueOnly')}</option>
        <option value="false">{t('filter.inTime')}</option>
      </Select>
      <Select label={t('filter.group')} value={filters.group ?? ''} onChange={choose('group')}>
        <option value="">{t('filter.any')}</option>
        {groupsOf(known.data?.items ?? []).map((group) => (
          <option key={group.code} value={group.code}>
            {group.name}
          </option>
        ))}
      </Select>
      <Select label={t('filter.channel')} value={filters.channel ?? ''} onChange={choose('channel')}>
        <option value="">{t('filter.any')}</option>
        {channels.map((channel) => (
          <option key={channel} value={channel}>
            {lifecycleWord(t, `channel.${channel}`)}
          </option>
        ))}
      </Select>
      <div className="wide">
        <Select label={t('filter.area')} value={filters.path ?? ''} onChange={choose('path')}>
          <option value="">{t('filter.wholeArea')}</option>
          {(areas.data?.items ?? []).map((area) => (
            <option key={area.path} value={area.path}>
              {area.name}
            </option>
          ))}
        </Select>
      </div>
      <div className="filters-foot">
        <span>{t('filter.set', { count: filtersSet(filters) })}</span>
        <Button small kind="quiet" onClick={() => onChange({ queue: filters.queue })}>
          {t('filter.clear')}
        </Button>
      </div>
    </div>
  )
}
