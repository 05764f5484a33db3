import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { useMay } from '../../data/me.ts'
import { organisationKinds, organisationPages } from '../../data/org.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { NewOrganisation } from './new-organisation.tsx'
import { OrganisationPane } from './organisation-pane.tsx'

/** Organisations: desks, departments, property firms, and all that serve a place. */
export function OrganisationsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const [q, setQ] = useState('')
  const [kind, setKind] = useState('')
  const [open, setOpen] = useState<string>()
  const wanted = useDeferredValue(q.trim())
  const list = useInfiniteQuery(organisationPages(wanted, kind))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const chosen = items.find(({ id }) => id === open)
  useTitle(t('nav.organisations'))
  const close = () => setOpen(undefined)

  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page">
        <header className="page-head">
          <div>
            <h1>{t('nav.organisations')}</h1>
            <p>{t('organisations.what')}</p>
          </div>
          {may('organisation.change') && (
            <div className="actions">
              <Button kind={open ? 'plain' : 'primary'} icon={Plus} onClick={() => setOpen('new')}>
                {t('organisations.add')}
              </Button>
            </div>
          )}
        </header>
        <search className="page-filters">
          <TextInput
            label={t('organisations.find')}
            value={q}
            maxLength={40}
            onChange={(event) => setQ(event.target.value)}
          />
          <Select
            label={t('organisations.kind')}
            value={kind}
            onChange={(event) => setKind(event.target.value)}
          >
            <option value="">{t('organisations.anyKind')}</option>
            {organisationKinds.map((one) => (
              <option key={one} value={one}>
                {t(`organisations.kinds.${one}`)}
              </option>
            ))}
          </Select>
        </search>
        <ListStates
          list={list}
          count={items.length}
          failed={t('organisations.failed')}
          empty={{ title: t('organisations.none'), why: t('categories.noneWhy') }}
        >
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">{t('organisations.name')}</th>
                <th scope="col">{t('organisations.kind')}</th>
                <th scope="col">{t('organisations.phone')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id} className={one.id === open ? 'marked' : undefined}>
                  <td>
                    <button
                      type="button"
                      className="row-title"
                      aria-expanded={one.id === open}
                      onClick={() => setOpen(one.id)}
                    >
                      {one.name}
                    </button>
                    {one.shortName !== one.name && <small>{one.shortName}</small>}
                  </td>
                  <td>
                    {t(`organisations.kinds.${one.kind}`)}
                    {one.deskLevel && <small>{t(`organisations.desk.${one.deskLevel}`)}</small>}
                  </td>
                  <td>{one.phone ?? <span className="muted">{t('organisations.noPhone')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListStates>
        <MorePages list={list} label={t('people.more')} />
      </div>
      {open === 'new' && (
        <NewOrganisation
          onDone={(id, name) => {
            setQ(name)
            setKind('')
            setOpen(id)
          }}
          onClose={close}
        />
      )}
      {chosen && (
        <OrganisationPane key={`${chosen.id} ${chosen.version}`} organisation={chosen} onClose={close} />
      )}
    </div>
  )
}
