import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Acquaintance } from '#handbook/contract.ts'
import { useNow } from '#web/ui/now.ts'
import { acquaintanceAt } from '../../data/handbook.ts'
import { useMe } from '../../data/me.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { HouseholdPane } from '../households/household-pane.tsx'
import { Sections } from '../households/sections.tsx'

/** First acquaintance (认亲): how many households their liaison has met, place by place, down to the doors still to be met. */
export function AcquaintancePage() {
  const { t } = useTranslation()
  const now = useNow()
  const { home } = useMe()
  const { path = home } = useSearch({ from: `/inside${paths.acquaintance}` })
  const known = useQuery(acquaintanceAt(path))
  const [door, setDoor] = useState<string>()
  useTitle(t('acquaintance.title'))
  const one = known.data
  const count = one ? one.areas.length + one.doors.length : 0
  return (
    <div className={door ? 'beside' : 'beside alone'}>
      <div className="page">
        <Sections path={path} />
        <header className="page-head flush">
          <div>
            <h1>{t('acquaintance.title')}</h1>
            <p>{one ? sum(one) : t('acquaintance.what')}</p>
          </div>
        </header>
        {one && one.line.length > 1 && (
          <p className="crumbs">
            {one.line
              .filter((above) => above.path.startsWith(home) && above.path !== path)
              .map((above) => (
                <Link key={above.path} to={paths.acquaintance} search={{ path: above.path }}>
                  {above.name}
                </Link>
              ))}
            <span>{one.name}</span>
          </p>
        )}
        <ListStates
          list={known}
          count={count}
          failed={t('acquaintance.failed')}
          empty={{ title: t('acquaintance.none'), why: t('acquaintance.noneWhy') }}
        >
          {one && one.areas.length > 0 && <Areas one={one} />}
          {one && one.doors.length > 0 && <Doors one={one} open={door} onOpen={setDoor} />}
        </ListStates>
        {one && one.households > 0 && one.met === one.households && (
          <p className="muted">{t('acquaintance.everybody')}</p>
        )}
      </div>
      {door && <HouseholdPane key={door} id={door} now={now} onClose={() => setDoor(undefined)} />}
    </div>
  )

  function sum({ households, met, without }: Acquaintance): string {
    return [
      t('acquaintance.sum', { households, met, left: households - met }),
      without > 0 && t('acquaintance.without', { count: without }),
    ]
      .filter(Boolean)
      .join(t('handbook.comma'))
  }
}

function Areas({ one }: { one: Acquaintance }) {
  const { t } = useTranslation()
  return (
    <table className="ledger flush">
      <thead>
        <tr>
          <th scope="col">{t('acquaintance.place')}</th>
          <th scope="col">{t('acquaintance.households')}</th>
          <th scope="col">{t('acquaintance.met')}</th>
          <th scope="col">{t('acquaintance.left')}</th>
          <th scope="col">{t('acquaintance.nobody')}</th>
        </tr>
      </thead>
      <tbody>
        {one.areas.map((area) => (
          <tr key={area.path}>
            <td>
              <Link className="row-title" to={paths.acquaintance} search={{ path: area.path }}>
                {area.name}
              </Link>
            </td>
            <td>{t('acquaintance.count', { count: area.households })}</td>
            <td>{t('acquaintance.count', { count: area.met })}</td>
            <td>
              {area.met === area.households
                ? t('acquaintance.nobodyLeft')
                : t('acquaintance.count', { count: area.households - area.met })}
            </td>
            <td>
              {area.without > 0 ? t('acquaintance.count', { count: area.without }) : t('acquaintance.no')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Doors(props: { one: Acquaintance; open: string | undefined; onOpen: (household: string) => void }) {
  const { one, open, onOpen } = props
  const { t } = useTranslation()
  return (
    <table className="ledger flush">
      <caption>{t('acquaintance.doors', { count: one.doors.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('acquaintance.door')}</th>
          <th scope="col">{t('acquaintance.family')}</th>
          <th scope="col">{t('acquaintance.liaison')}</th>
        </tr>
      </thead>
      <tbody>
        {one.doors.map((door) => (
          <tr key={door.household} className={door.household === open ? 'marked' : undefined}>
            <td>
              <button
                type="button"
                className="row-title"
                aria-expanded={door.household === open}
                onClick={() => onOpen(door.household)}
              >
                {t('care.door', { place: door.place, number: door.number })}
              </button>
            </td>
            <td>{door.tenants ? t('handbook.tenants') : t('handbook.family', { family: door.family })}</td>
            <td>{door.liaison?.name ?? <span className="muted">{t('handbook.noLiaison')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
