import { useInfiniteQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { useMay } from '../../data/me.ts'
import { peopleList } from '../../data/people.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'
import { useTitle } from '../../parts/title.ts'
import { NewPerson } from './new-person.tsx'
import { PeopleTable } from './people-table.tsx'
import { PersonPane } from './person-pane.tsx'
import './people.css'

/** People and posts: who serves here, as what, over which area. */
export function PeoplePage() {
  const { t } = useTranslation()
  const may = useMay()
  const now = useNow()
  const [q, setQ] = useState('')
  const [organisation, setOrganisation] = useState<Organisation>()
  const [open, setOpen] = useState<string>()
  const wanted = useDeferredValue(q.trim())
  const list = useInfiniteQuery(
    peopleList({ ...(wanted && { q: wanted }), ...(organisation && { organisation: organisation.id }) }),
  )
  const people = list.data?.pages.flatMap((page) => page.items) ?? []
  const person = people.find((one) => one.id === open)
  useTitle(t('nav.people'))

  /** The list is by name and in pages; looking for the new name brings the new person into sight. */
  function showNew(id: string, name: string) {
    setOrganisation(undefined)
    setQ(name)
    setOpen(id)
  }

  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page">
        <header className="page-head">
          <div>
            <h1>{t('nav.people')}</h1>
            <p>{t('people.what')}</p>
          </div>
          {may('person.change') && (
            <div className="actions">
              <Button kind={open ? 'plain' : 'primary'} icon={UserPlus} onClick={() => setOpen('new')}>
                {t('people.add')}
              </Button>
            </div>
          )}
        </header>
        <search className="page-filters">
          <TextInput
            label={t('people.find')}
            value={q}
            maxLength={40}
            onChange={(event) => setQ(event.target.value)}
          />
          <OrganisationPicker
            label={t('people.organisation')}
            value={organisation}
            onChange={setOrganisation}
            placeholder={t('people.anyOrganisation')}
          />
        </search>
        <ListStates
          list={list}
          count={people.length}
          failed={t('people.failed')}
          empty={{ title: t('people.none'), why: t('people.noneWhy') }}
        >
          <PeopleTable people={people} open={open} now={now} onOpen={setOpen} />
        </ListStates>
        <MorePages list={list} label={t('people.more')} />
      </div>
      {open === 'new' && <NewPerson onDone={showNew} onClose={() => setOpen(undefined)} />}
      {person && <PersonPane key={person.id} person={person} now={now} onClose={() => setOpen(undefined)} />}
    </div>
  )
}
