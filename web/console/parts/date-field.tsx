import type { ReactNode } from 'react'
import { TextInput } from '#web/ui/field.tsx'

/** A day as `YYYY-MM-DD`, on the browser's own calendar: it knows the week, the keyboard and the screen reader. */
export function DateField(props: {
  label: ReactNode
  hint?: ReactNode
  /** The first day that may be chosen. */
  min?: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}) {
  const { label, hint, min, value, onChange } = props
  return (
    <TextInput
      label={label}
      hint={hint}
      type="date"
      min={min}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  )
}
