import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { Failed, Skeleton } from '#web/ui/states.tsx'
import { useNow } from '#web/ui/now.ts'
import { problemText } from '../../data/problem.ts'
import { assignTogether, proposals } from '../../data/dispatch.ts'
import type { BoardItem, Fate, RouteView } from '../../data/dispatch.ts'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'
import { whyText } from '../../parts/why-route.ts'

/** What goes to one organisation, and on what ground. */
type Group = { to: { id: string; name: string }; route: RouteView | undefined; items: BoardItem[] }

/**
 * Several in one step: each to whom it is proposed, grouped by organisation with the ground beside it, or all to one that
 * is chosen here. Afterwards each says what became of it.
 */
export function BulkSheet({ items, onClose }: { items: BoardItem[]; onClose: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const client = useQueryClient()
  const known = useQuery(proposals(items.map(({ id }) => id)))
  const [other, setOther] = useState<Organisation>()
  // Made once, so that pressing twice enters once (RQ3).
  const [entries] = useState(() => new Map(items.map(({ id }) => [id, newId()])))
  const routes = new Map(known.data?.items.map(({ request, route }) => [request, route]))
  const groups = other
    ? [{ to: { id: other.id, name: other.name }, route: undefined, items }]
    : groupsOf(items, routes)
  const left = other ? [] : items.filter(({ id }) => !routes.get(id)?.organisation)
  const send = useMutation({
    mutationFn: async () => {
      const fates: Fate[] = []
      for (const group of groups)
        fates.push(
          ...(await assignTogether(
            group.items.map(({ id }) => ({ id, entry: entries.get(id)! })),
            group.to.id,
          )),
        )
      return fates
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['requests'] }),
  })
  const count = groups.reduce((sum, group) => sum + group.items.length, 0)
  if (send.data)
    return (
      <Sheet title={t('dispatch.fates')} open onClose={onClose} wide>
        <Fates items={items} fates={send.data} left={left} groups={groups} />
        <div className="deed-do">
          <Button kind="primary" onClick={onClose}>
            {t('dispatch.fatesSeen')}
          </Button>
        </div>
      </Sheet>
    )
  return (
    <Sheet title={t('dispatch.bulkTitle', { count: items.length })} open onClose={onClose} wide>
      {known.isError && (
        <Failed
          what={t('dispatch.proposalsFailed')}
          safe={problemText(t, known.error)}
          onRetry={() => void known.refetch()}
        />
      )}
      {known.isPending && <Skeleton shape="block" />}
      <ul className="bulk-groups">
        {groups.map((group) => (
          <li key={group.to.id}>
            <b>{t('dispatch.groupTo', { name: group.to.name, count: group.items.length })}</b>
            {group.route && <small>{whyText(t, group.route, now)}</small>}
            <p>{group.items.map(({ title }) => title).join(t('story.listComma'))}</p>
          </li>
        ))}
        {known.isSuccess && left.length > 0 && (
          <li className="left">
            <b>{t('dispatch.groupLeft', { count: left.length })}</b>
            <p>{left.map(({ title }) => title).join(t('story.listComma'))}</p>
          </li>
        )}
      </ul>
      <OrganisationPicker label={t('dispatch.allTo')} value={other} onChange={setOther} />
      {send.error && (
        <p className="deed-missing" role="alert">
          {problemText(t, send.error)}
        </p>
      )}
      <div className="deed-do">
        <Button
          kind="primary"
          busy={send.isPending}
          aria-disabled={count === 0}
          onClick={() => count > 0 && send.mutate()}
        >
          {t('dispatch.giveTogether', { count })}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('deed.cancel')}
        </Button>
        <p>{t('dispatch.bulkCause')}</p>
      </div>
    </Sheet>
  )
}

function groupsOf(items: BoardItem[], routes: ReadonlyMap<string, RouteView | null>): Group[] {
  const groups = new Map<string, Group>()
  for (const item of items) {
    const route = routes.get(item.id)
    if (!route?.organisation) continue
    const { id } = route.organisation
    const group = groups.get(id) ?? { to: route.organisation, route, items: [] }
    groups.set(id, { ...group, items: [...group.items, item] })
  }
  return [...groups.values()].toSorted((one, other) => other.items.length - one.items.length)
}

/** What became of each: gone to whom, or why not. */
function Fates(props: { items: BoardItem[]; fates: Fate[]; left: BoardItem[]; groups: Group[] }) {
  const { items, fates, left, groups } = props
  const { t, i18n } = useTranslation()
  const refusal = (code: string) =>
    i18n.exists(`dispatch.refused.${code}`) ? t(`dispatch.refused.${code}`) : t('dispatch.refusedOther')
  const fateOf = (id: string) => {
    const fate = fates.find((one) => one.id === id)
    if (fate?.refused) return { gone: false, said: refusal(fate.refused.replace('.', '_')) }
    if (fate) {
      const to = groups.find((group) => group.items.some((item) => item.id === id))?.to.name
      return { gone: true, said: t('dispatch.gone', { name: to ?? '' }) }
    }
    return { gone: false, said: t(left.length > 0 ? 'dispatch.notProposed' : 'dispatch.refusedOther') }
  }
  return (
    <ul className="bulk-fates" aria-live="polite">
      {items.map(({ id, title, code }) => {
        const { gone, said } = fateOf(id)
        return (
          <li key={id} className={gone ? 'gone' : 'stays'}>
            <span>
              {title}
              <small>{code}</small>
            </span>
            <b>{said}</b>
          </li>
        )
      })}
    </ul>
  )
}
