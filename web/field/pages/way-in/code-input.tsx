import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'

/** The unlock code: hidden from who stands beside, and to be looked at when one is unsure. */
export function CodeInput({
  label,
  hint,
  error,
  value,
  onChange,
  autoFocus,
}: {
  label: string
  hint?: ReactNode
  error?: ReactNode
  value: string
  onChange: (value: string) => void
  autoFocus?: boolean | undefined
}) {
  const { t } = useTranslation()
  const [seen, setSeen] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className="code-in">
          <input
            {...wiring}
            className="in"
            type={seen ? 'text' : 'password'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={autoFocus}
            maxLength={64}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <IconButton
            label={t(seen ? 'code.hide' : 'code.show')}
            icon={seen ? EyeOff : Eye}
            aria-pressed={seen}
            onClick={() => setSeen(!seen)}
          />
        </div>
      )}
    </Field>
  )
}
