import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Refused, Unreachable } from '#web/api/problem.ts'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { isFull } from '../kept/room.ts'

/** What went wrong, in the page, for as long as it is wrong. */
export function Problem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const says = (): { title: string; detail: string | undefined } => {
    if (error instanceof Refused) return { title: error.problem.title, detail: error.problem.detail }
    if (error instanceof Unreachable) return { title: t('problem.silent'), detail: t('problem.silent_why') }
    if (isFull(error)) return { title: t('problem.full'), detail: t('problem.full_why') }
    return { title: t('problem.other'), detail: t('problem.other_why') }
  }
  if (error === undefined || error === null) return <div aria-live="polite" />
  const { title, detail } = says()
  return (
    <div aria-live="polite">
      <Card className="fail problem">
        <h2>
          <Icon of={CircleAlert} />
          {title}
        </h2>
        {detail && <p>{detail}</p>}
      </Card>
    </div>
  )
}
