import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Select } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { visitList } from '../../data/visits.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { AreaFilter } from './area-filter.tsx'
import { confirmedTag, dayText } from './said.ts'
import { type VisitSearch, wanted } from './search.ts'

const outcomes = ['met', 'not_at_home', 'declined', 'moved', 'walked'] as const

/** Visits that were made, latest first; what was heard opens beside them. */
export function VisitsTab(props: {
  search: VisitSearch
  onSearch: (search: VisitSearch) => void
  open: string | undefined
  onOpen: (id: string) => void
}) {
  const { search, onSearch, open, onOpen } = props
  const { t } = useTranslation()
  const now = useNow()
  const list = useInfiniteQuery(
    visitList(wanted(search, 'outcome', 'answer', 'path', 'person', 'from', 'until')),
  )
  const visits = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <search className="page-filters">
        <Select
          label={t('visits.outcome')}
          value={search.answer ? 'denied' : (search.outcome ?? '')}
          onChange={({ target }) => {
            const { outcome: _, answer: __, ...rest } = search
            if (target.value === 'denied') onSearch({ ...rest, answer: 'no' })
            else onSearch(target.value ? { ...rest, outcome: target.value } : rest)
          }}
        >
          <option value="">{t('visits.anyOutcome')}</option>
          {outcomes.map((one) => (
            <option key={one} value={one}>
              {t(`visits.outcomes.${one}`)}
            </option>
          ))}
          <option value="denied">{t('visits.said.no')}</option>
        </Select>
        <AreaFilter value={search.path} onChange={(path) => onSearch({ ...search, path })} />
        {(search.person ?? search.from) && (
          <Button small kind="quiet" onClick={() => onSearch({ tab: 'visits' })}>
            {t('visits.all')}
          </Button>
        )}
      </search>
      <ListStates
        list={list}
        count={visits.length}
        failed={t('visits.failedVisits')}
        empty={{ title: t('visits.noVisits'), why: t('visits.noVisitsWhy') }}
      >
        <table className="ledger visit-tasks">
          <thead>
            <tr>
              <th scope="col">{t('visits.door')}</th>
              <th scope="col">{t('visits.day')}</th>
              <th scope="col">{t('visits.who')}</th>
              <th scope="col">{t('visits.outcome')}</th>
              <th scope="col">{t('visits.resident')}</th>
            </tr>
          </thead>
          <tbody>
            {visits.map((visit) => {
              const answer = confirmedTag(t, visit.confirmed)
              return (
                <tr key={visit.id} className={visit.id === open ? 'marked' : undefined}>
                  <td>
                    <button
                      type="button"
                      className="row-title visit-door"
                      aria-expanded={visit.id === open}
                      onClick={() => onOpen(visit.id)}
                    >
                      <Door number={visit.door ?? t('visits.walk')} />
                      <span>{visit.place}</span>
                    </button>
                  </td>
                  <td>{dayText(t, visit.onDay, now)}</td>
                  <td>
                    {visit.person.name}
                    {visit.for && <small>{t('visits.for', { name: visit.for.name })}</small>}
                  </td>
                  <td>
                    {t(`visits.outcomes.${visit.outcome}`)}
                    {visit.how && visit.how !== 'fine' && <small>{t(`visits.how.${visit.how}`)}</small>}
                    {visit.needs.length > 0 && (
                      <small>{t('visits.needs', { count: visit.needs.length })}</small>
                    )}
                  </td>
                  <td>{answer && <Tag tone={answer.tone}>{answer.said}</Tag>}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ListStates>
      <MorePages list={list} label={t('visits.moreVisits')} />
    </>
  )
}
