import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import type { Robot } from '../../data/sending.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { when } from '../../time.ts'

/** Robots by name: whose, where, and what became of the last message to each. */
export function Robots({
  list,
  open,
  onOpen,
}: {
  list: UseQueryResult<{ items: Robot[] }>
  open: string | undefined
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const items = list.data?.items ?? []
  return (
    <ListStates
      list={list}
      count={items.length}
      failed={t('sending.robotsFailed')}
      empty={{ title: t('sending.noRobots'), why: t('sending.noRobotsWhy') }}
      bones={2}
    >
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">{t('sending.name')}</th>
            <th scope="col">{t('sending.whose')}</th>
            <th scope="col">{t('sending.kind')}</th>
            <th scope="col">{t('sending.last')}</th>
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
                  onClick={() => onOpen(one.id)}
                >
                  {one.name}
                </button>
                {!one.active && <Tag>{t('sending.off')}</Tag>}
              </td>
              <td>{one.organisationName}</td>
              <td>
                {t(`sending.kinds.${one.kind}`)}
                <small>{one.allowed ? one.origin : t('sending.notAllowed', { origin: one.origin })}</small>
              </td>
              <td>
                <Last last={one.last} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListStates>
  )
}

export function Last({ last }: Pick<Robot, 'last'>) {
  const { t } = useTranslation()
  const now = useNow()
  if (!last) return <span className="muted">{t('sending.never')}</span>
  return (
    <>
      {t(`sentState.${last.state}`)}
      <small>
        {when(t, last.at, now, true)}
        {last.reason && `${t('comma')}${t(`failure.${last.reason}`)}`}
      </small>
      {last.detail && (
        <small className="said" lang="en">
          {last.detail}
        </small>
      )}
    </>
  )
}
