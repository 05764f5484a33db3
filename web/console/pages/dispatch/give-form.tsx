import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { Failed, Skeleton } from '#web/ui/states.tsx'
import { problemText } from '../../data/problem.ts'
import { oneRequest } from '../../data/requests.ts'
import type { Option } from '../../parts/combobox.tsx'
import { Assign } from '../inbox/deeds/assign.tsx'
import { Transfer } from '../inbox/deeds/give.tsx'
import { Take } from '../inbox/deeds/simple-deeds.tsx'

/** The same forms as in the inbox, over the board. */
export function GiveForm({ id, to, onClose }: { id: string; to?: Option | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const request = useQuery(oneRequest(id))
  if (request.isError)
    return (
      <Failed
        what={t('case.failed')}
        safe={problemText(t, request.error)}
        onRetry={() => void request.refetch()}
      />
    )
  if (!request.data) return <Skeleton shape="block" />
  const { abilities } = request.data
  const props = { request: request.data, now, onDone: onClose, onCancel: onClose }
  if (abilities.includes('assign')) return <Assign {...props} to={to} />
  if (abilities.includes('take') && !to) return <Take {...props} />
  if (abilities.includes('transfer')) return <Transfer {...props} />
  return <p className="second">{t('next.none')}</p>
}
