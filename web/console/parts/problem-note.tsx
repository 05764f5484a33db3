import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { problemText } from '../data/problem.ts'

/** What failed and what to do, beside the button that was pressed; errors never go into a toast. */
export function ProblemNote({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  return (
    <div aria-live="polite">
      {error && (
        <p className="problem">
          <Icon of={CircleAlert} size="s" />
          <span>{problemText(t, error)}</span>
        </p>
      )}
    </div>
  )
}
