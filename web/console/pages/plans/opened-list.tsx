import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { planDoors, planPeople, planUnits } from '../../data/plans.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import type { Opened } from './compare-pane.tsx'
import { placesSaid } from './places-said.ts'

/** The records that make up a figure (boundary 19): people, stairwells or doors. */
export function OpenedList(props: {
  plan: Scenario
  opened: Opened | undefined
  onClose: () => void
  onPerson: (person: string) => void
}) {
  const { plan, opened, onClose, onPerson } = props
  const { t } = useTranslation()
  const figure = opened?.figure
  return (
    <Sheet
      title={figure ? t(`plans.figure.${figure}`, { least: plan.least, most: plan.most }) : ''}
      open={opened !== undefined}
      onClose={onClose}
      wide
    >
      {opened && (figure === 'over' || figure === 'under') && (
        <PeopleList plan={plan} of={figure} side={opened.side} onPerson={onPerson} />
      )}
      {opened && (figure === 'unserved' || figure === 'changed') && (
        <DoorList plan={plan} of={figure} side={opened.side} />
      )}
      {opened && (figure === 'meanMetres' || figure === 'farthestMetres') && (
        <UnitList plan={plan} of="farthest" side={opened.side} />
      )}
      {opened && figure === 'shared' && <UnitList plan={plan} of="shared" side={opened.side} />}
    </Sheet>
  )
}

type Side = Opened['side']

function PeopleList(props: {
  plan: Scenario
  of: 'over' | 'under'
  side: Side
  onPerson: (person: string) => void
}) {
  const { plan, of, side, onPerson } = props
  const { t } = useTranslation()
  const list = useInfiniteQuery(planPeople(plan.id, plan.version, { of, side }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ListStates list={list} count={items.length} failed={t('plans.listFailed')} bones={4} wide>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">{t('plans.liaison')}</th>
            <th scope="col" className="n">
              {t('plans.side.now')}
            </th>
            <th scope="col" className="n">
              {t('plans.side.planned')}
            </th>
            <th scope="col">{t('plans.col.where')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((person) => (
            <tr key={person.id}>
              <td>
                <button type="button" className="row-title" onClick={() => onPerson(person.id)}>
                  {person.name}
                </button>
              </td>
              <td className="n">{t('plans.households', { count: person.householdsNow })}</td>
              <td className="n">{t('plans.households', { count: person.households })}</td>
              <td>{placesSaid(t, person.places)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MorePages list={list} label={t('plans.more')} />
    </ListStates>
  )
}

function UnitList({ plan, of, side }: { plan: Scenario; of: 'farthest' | 'shared'; side: Side }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(planUnits(plan.id, plan.version, { of, side }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ListStates list={list} count={items.length} failed={t('plans.listFailed')} bones={6} wide>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">{t('plans.unit')}</th>
            <th scope="col">{t('plans.liaison')}</th>
            <th scope="col" className="n">
              {t('plans.col.count')}
            </th>
            <th scope="col" className="n">
              {t('plans.col.far')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.path} ${one.person?.id}`}>
              <td>{one.place}</td>
              <td>{one.person?.name ?? t('plans.nobody')}</td>
              <td className="n">{t('plans.households', { count: one.households })}</td>
              <td className="n">
                {one.metres === null ? t('plans.none') : t('plans.metres', { count: one.metres })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MorePages list={list} label={t('plans.more')} />
    </ListStates>
  )
}

function DoorList({ plan, of, side }: { plan: Scenario; of: 'unserved' | 'changed'; side: Side }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(planDoors(plan.id, plan.version, { of, side }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ListStates list={list} count={items.length} failed={t('plans.listFailed')} bones={6} wide>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">{t('plans.col.door')}</th>
            <th scope="col">{t('plans.side.now')}</th>
            <th scope="col">{t('plans.side.planned')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((door) => (
            <tr key={door.id}>
              <td>{t('plans.door', { place: door.place, number: door.number })}</td>
              <td>{door.was?.name ?? t('plans.nobody')}</td>
              <td>{side === 'now' ? '' : (door.person?.name ?? t('plans.nobody'))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MorePages list={list} label={t('plans.more')} />
    </ListStates>
  )
}
