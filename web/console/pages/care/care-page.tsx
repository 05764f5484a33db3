import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select, Switch } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { careList } from '../../data/handbook.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { dayOf, noon, shortDate } from '../../time.ts'
import { HouseholdPane } from '../households/household-pane.tsx'
import { careKinds } from '../households/kinds.ts'
import { Sections } from '../households/sections.tsx'

/** The care list (L6): who needs somebody to look in, on which basis that is known, who helps, who is to be asked anew. */
export function CarePage() {
  const { t } = useTranslation()
  const now = useNow()
  const today = dayOf(now)
  const [kind, setKind] = useState('')
  const [due, setDue] = useState(false)
  const [door, setDoor] = useState<string>()
  const list = useInfiniteQuery(careList({ kind: kind || undefined, due: due ? today : undefined }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  useTitle(t('care.list'))
  return (
    <div className={door ? 'beside' : 'beside alone'}>
      <div className="page">
        <Sections />
        <header className="page-head flush">
          <div>
            <h1>{t('care.list')}</h1>
            <p>{t('care.what')}</p>
          </div>
        </header>
        <search className="page-filters flush">
          <Select label={t('care.kindLabel')} value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">{t('care.anyKind')}</option>
            {careKinds.map((one) => (
              <option key={one} value={one}>
                {t(`care.kind.${one}`)}
              </option>
            ))}
          </Select>
          <Switch label={t('care.onlyDue')} on={due} onChange={setDue} />
        </search>
        <ListStates
          list={list}
          count={items.length}
          failed={t('care.failed')}
          empty={{ title: t(due ? 'care.noneDue' : 'care.none'), why: t('care.noneWhy') }}
        >
          <table className="ledger flush">
            <thead>
              <tr>
                <th scope="col">{t('care.who')}</th>
                <th scope="col">{t('care.kindLabel')}</th>
                <th scope="col">{t('care.basisLabel')}</th>
                <th scope="col">{t('care.reviewLabel')}</th>
                <th scope="col">{t('care.planAndHelper')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id} className={one.household === door ? 'marked' : undefined}>
                  <td>
                    <button
                      type="button"
                      className="row-title"
                      aria-expanded={one.household === door}
                      onClick={() => setDoor(one.household)}
                    >
                      {one.name}
                    </button>
                    <small>{t('care.door', { place: one.place, number: one.dwelling.number })}</small>
                  </td>
                  <td>
                    <Tag tone="care">{t(`care.kind.${one.kind}`)}</Tag>
                  </td>
                  <td>
                    {one.basis.basis === 'consent'
                      ? t('care.consentShort', { day: shortDate(t, noon(one.basis.consentedAt), now) })
                      : t('care.noConsent')}
                    {one.basis.basis === 'statutory' && <small>{one.basis.statute}</small>}
                  </td>
                  <td>
                    {one.reviewOn <= today ? (
                      <Tag tone="late">
                        {t('care.dueSince', { day: shortDate(t, noon(one.reviewOn), now) })}
                      </Tag>
                    ) : (
                      shortDate(t, noon(one.reviewOn), now)
                    )}
                  </td>
                  <td>
                    {one.plan ?? <span className="muted">{t('care.noPlan')}</span>}
                    <small>
                      {one.helper ? t('care.helps', { name: one.helper.name }) : t('care.noHelper')}
                    </small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListStates>
        <MorePages list={list} label={t('care.more')} />
      </div>
      {door && <HouseholdPane key={door} id={door} now={now} onClose={() => setDoor(undefined)} />}
    </div>
  )
}
