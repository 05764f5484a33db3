import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '#catalogue/contract.ts'
import { TextInput } from '#web/ui/field.tsx'
import { categories, groupsOf } from '../../data/catalogue.ts'
import { limitText } from '../../limit.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { CategoryPane } from './category-pane.tsx'
import './categories.css'

/** Categories and limits: what a request may be about, how long it may take, who is asked first. */
export function CategoriesPage() {
  const { t } = useTranslation()
  const known = useQuery(categories)
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<string>()
  const wanted = q.trim().toLowerCase()
  const fits = (one: Category) =>
    [one.code, one.name, one.group, ...one.leads].some((text) => text.toLowerCase().includes(wanted))
  const all = known.data?.items ?? []
  const items = all.filter(fits)
  const chosen = all.find((one) => one.code === open)
  useTitle(t('nav.categories'))

  return (
    <div className={chosen ? 'beside' : 'beside alone'}>
      <div className="page">
        <header className="page-head">
          <div>
            <h1>{t('nav.categories')}</h1>
            <p>
              {known.data
                ? t('categories.sum', { groups: groupsOf(all).length, count: all.length })
                : t('categories.what')}
            </p>
          </div>
        </header>
        <search className="page-filters">
          <TextInput
            label={t('categories.find')}
            value={q}
            maxLength={40}
            onChange={(event) => setQ(event.target.value)}
          />
        </search>
        <ListStates
          list={known}
          count={items.length}
          failed={t('categories.failed')}
          empty={{ title: t('categories.none'), why: t('categories.noneWhy') }}
        >
          <table className="ledger categories">
            <thead>
              <tr>
                <th scope="col">{t('categories.code')}</th>
                <th scope="col">{t('categories.name')}</th>
                <th scope="col">{t('categories.limit')}</th>
                <th scope="col">{t('categories.leads')}</th>
              </tr>
            </thead>
            <tbody>
              {groupsOf(items).map((group) => (
                <Fragment key={group.code}>
                  <tr className="group">
                    <th scope="rowgroup" colSpan={4}>
                      {group.name}
                    </th>
                  </tr>
                  {items
                    .filter((one) => one.groupCode === group.code)
                    .map((one) => (
                      <tr key={one.code} className={one.code === open ? 'marked' : undefined}>
                        <td className="muted">{one.code}</td>
                        <td>
                          <button
                            type="button"
                            className="row-title"
                            aria-expanded={one.code === open}
                            onClick={() => setOpen(one.code)}
                          >
                            {one.name}
                          </button>
                        </td>
                        <td>{limitText(t, one.steps)}</td>
                        <td>{one.leads.join(t('story.listComma'))}</td>
                      </tr>
                    ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </ListStates>
      </div>
      {chosen && (
        <CategoryPane
          key={`${chosen.code}${chosen.version}`}
          category={chosen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}
