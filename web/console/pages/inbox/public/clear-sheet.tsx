import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { Failed, Loading, Skeleton } from '#web/ui/states.tsx'
import { problemText } from '../../../data/problem.ts'
import { publication } from '../../../data/publication.ts'
import { ClearPart } from './clear-part.tsx'
import './public.css'

/** The desk reads what was said, takes out what is personal, and clears the rest for everybody. */
export function ClearSheet({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const { t } = useTranslation()
  const found = useQuery(publication(request.id))
  return (
    <Sheet title={t('public.sheet')} open onClose={onClose}>
      <div className="clear">
        <p className="clear-code">
          {request.code} {request.title}
        </p>
        {found.isPending && (
          <Loading>
            <Skeleton shape="line w90" />
            <Skeleton shape="line w70" />
          </Loading>
        )}
        {found.isError && (
          <Failed
            what={t('public.failed')}
            safe={problemText(t, found.error)}
            onRetry={() => void found.refetch()}
            busy={found.isFetching}
          />
        )}
        {found.data && (
          <>
            <p className="clear-why">
              {t(found.data.guarded ? 'public.guarded' : 'public.why')}
              {found.data.neutral === null && t('public.noService')}
            </p>
            <ClearPart
              part={found.data.request}
              heading={t('public.said')}
              code={request.code}
              request={request.id}
              neutral={found.data.neutral}
            />
            {found.data.answers.map((part) => (
              <ClearPart
                key={part.entry}
                part={part}
                heading={t('public.answered')}
                code={request.code}
                request={request.id}
                neutral={null}
              />
            ))}
          </>
        )}
      </div>
    </Sheet>
  )
}
