import { Heart } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BuildingView } from '#handbook/contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { doorClass, type Filter, fits, stateFilters } from './doors.ts'

/** What the colours say and how many doors have each; pressed, only those speak. */
export function Legend(props: {
  building: BuildingView
  filter: Filter
  onFilter: (filter: Filter) => void
}) {
  const { building, filter, onFilter } = props
  const { t } = useTranslation()
  const doors = building.units.flatMap((unit) => unit.doors)
  const count = (one: Filter) => doors.filter((door) => fits(door, one)).length
  const press = (one: Filter) => () => onFilter(filter === one ? 'all' : one)
  return (
    <div className="door-legend" role="group" aria-label={t('handbook.filter')}>
      <button type="button" aria-pressed={filter === 'all'} onClick={() => onFilter('all')}>
        {t('handbook.all')}
        <b>{doors.length}</b>
      </button>
      {stateFilters.map((state) => (
        <button key={state} type="button" aria-pressed={filter === state} onClick={press(state)}>
          <span className={`dr ${doorClass[state]}`} aria-hidden="true" />
          {t(`handbook.state.${state}`)}
          <b>{count(state)}</b>
        </button>
      ))}
      <button
        type="button"
        className="end"
        aria-pressed={filter === 'needsCare'}
        onClick={press('needsCare')}
      >
        <span className="hb" aria-hidden="true">
          <Icon of={Heart} />
        </span>
        {t('handbook.needsCare')}
        <b>{count('needsCare')}</b>
      </button>
    </div>
  )
}
