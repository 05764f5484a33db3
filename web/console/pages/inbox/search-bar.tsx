import { useQuery } from '@tanstack/react-query'
import { Bookmark, BookmarkX, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#web/ui/button.tsx'
import { useToast } from '#web/ui/toast.tsx'
import type { Filters, Listed } from '../../data/requests.ts'
import { savedViews, shows, useDropView, useKeepView } from '../../data/views.ts'
import { filtersSet } from './filters.tsx'
import { SaveView } from './save-view.tsx'

/** What is searched for and how much was found, the way out of it, and keeping it under a name. */
export function SearchBar(props: {
  filters: Filters
  onFilters: (filters: Filters) => void
  found: Listed['found']
}) {
  const { filters, onFilters, found } = props
  const { t } = useTranslation()
  const tell = useToast()
  const views = useQuery(savedViews)
  const keep = useKeepView()
  const drop = useDropView()
  const [saving, setSaving] = useState(false)
  const kept = views.data?.items.find((view) => shows(filters, view))
  if (!filters.q && filtersSet(filters) === 0 && !kept) return null

  const { q, ...without } = filters
  /** Gone at once, and back by one press: a name and a search are no loss worth a question. */
  const remove = ({ id, name, query, organisation }: NonNullable<typeof kept>) =>
    drop.mutate(id, {
      onSuccess: () =>
        tell(t('views.dropped', { name }), () => keep.mutate({ id, name, query, organisation })),
    })
  return (
    <div className="search-bar">
      <p>
        {kept ? (
          <b>{kept.name}</b>
        ) : q ? (
          <b>{t('search.for', { q })}</b>
        ) : (
          t('filter.set', { count: filtersSet(filters) })
        )}
        {q && found && (
          <span>{t(found.more ? 'search.foundMore' : 'search.found', { count: found.count })}</span>
        )}
      </p>
      {kept?.mine && (
        <Button small kind="quiet" icon={BookmarkX} onClick={() => remove(kept)}>
          {t('views.drop')}
        </Button>
      )}
      {!kept && (
        <Button small kind="quiet" icon={Bookmark} onClick={() => setSaving(true)}>
          {t('views.save')}
        </Button>
      )}
      {q && <IconButton label={t('search.end')} icon={X} onClick={() => onFilters(without)} />}
      <SaveView open={saving} filters={filters} onClose={() => setSaving(false)} />
    </div>
  )
}
