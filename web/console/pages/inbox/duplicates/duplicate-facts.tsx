import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alike } from '#requests/together/contract.ts'
import type { RequestView } from '#requests/view-contract.ts'
import { useMe } from '../../../data/me.ts'
import { alikeRequests } from '../../../data/duplicates.ts'
import { paths } from '../../../paths.ts'
import { reasons, sureness } from './why.ts'

const Compare = lazy(async () => ({ default: (await import('./compare.tsx')).Compare }))

/** What is possibly the same, or already one with it (RQ13); a press puts the two side by side. */
export function DuplicateFacts({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { abilities } = useMe()
  const asks = abilities.includes('request.duplicates') && request.holder !== null
  const alike = useQuery({ ...alikeRequests(request.id), enabled: asks })
  const [compared, setCompared] = useState<Alike>()
  const items = alike.data?.items ?? []
  return (
    <>
      <Together request={request} />
      {asks && (items.length > 0 || alike.isError) && (
        <section>
          <h2>{t('duplicates.title')}</h2>
          {alike.isError && <p className="note">{t('duplicates.failed')}</p>}
          {items.map((one) => (
            <button key={one.id} type="button" className="can alike" onClick={() => setCompared(one)}>
              <b>{one.title}</b>
              <span>{sureness(t, one.score)}</span>
              <small>{reasons(t, one).join(t('comma'))}</small>
            </button>
          ))}
        </section>
      )}
      {compared && (
        <Suspense>
          <Compare request={request} other={compared} onClose={() => setCompared(undefined)} />
        </Suspense>
      )}
    </>
  )
}

/** Into which it was merged, or which were merged into it; each opens. */
function Together({ request: { merged, absorbed, people } }: { request: RequestView }) {
  const { t } = useTranslation()
  const others = merged ? [merged] : absorbed
  if (others.length === 0 && people === 1) return null
  return (
    <section>
      <h2>{merged ? t('duplicates.mergedInto') : t('duplicates.people', { count: people })}</h2>
      {others.map((one) => (
        <Link
          key={one.id}
          className="can alike"
          to={paths.inbox}
          params={{ id: one.id }}
          search={{ queue: 'all' }}
        >
          <b>{one.title}</b>
          <span>{one.code}</span>
        </Link>
      ))}
      {others.length === 0 && <p className="note">{t('duplicates.followers')}</p>}
    </section>
  )
}
