import { CircleAlert, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import type { Verified } from '../../data/audit.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** What the check of the chain found: whole, or which entries were changed, removed or moved. */
export function VerifyResult({ verified, error }: { verified: Verified | undefined; error: Error | null }) {
  const { t } = useTranslation()
  const whole = verified?.broken.length === 0
  return (
    <output className="verify">
      <ProblemNote error={error} />
      {verified && whole && (
        <p className="verify-box whole">
          <Icon of={ShieldCheck} size="s" />
          {t('audit.whole', { count: verified.entries })}
        </p>
      )}
      {verified && !whole && (
        <div className="verify-box broken">
          <p>
            <Icon of={CircleAlert} size="s" />
            {t('audit.broken', { count: verified.broken.length })}
          </p>
          <ul>
            {verified.broken.map((one) => (
              <li key={one.what}>{one.what}</li>
            ))}
          </ul>
        </div>
      )}
    </output>
  )
}
