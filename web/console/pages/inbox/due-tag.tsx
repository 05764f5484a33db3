import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '#requests/contract.ts'
import { Tag } from '#web/ui/tag.tsx'
import { shortLeft } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'

/** How the request stands against its clock, in a word: overdue by, due at, days left, or how it ended. */
export function DueTag({ request, now }: { request: RequestSummary; now: string }) {
  const { t } = useTranslation()
  if (request.state === 'closed') {
    const satisfied = request.satisfaction === 'satisfied'
    return (
      <Tag tone={satisfied ? 'done' : 'none'}>
        {request.satisfaction ? lifecycleWord(t, `satisfaction.${request.satisfaction}`) : t('ended')}
      </Tag>
    )
  }
  if (request.state === 'suspended') return <Tag tone="line">{lifecycleWord(t, 'state.suspended')}</Tag>
  if (request.state === 'declined' || request.state === 'merged' || request.state === 'withdrawn')
    return <Tag>{lifecycleWord(t, `state.${request.state}`)}</Tag>
  if (request.state === 'answered' && !request.overdue) return <Tag>{t('due.awaitsWord')}</Tag>
  if (!request.dueAt) return null
  const { tone, said } = shortLeft(t, request.dueAt, now)
  return <Tag tone={tone}>{said}</Tag>
}
