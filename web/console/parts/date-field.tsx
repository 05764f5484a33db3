import { lazy, type ReactNode, Suspense } from 'react'
import { Field } from '#web/ui/field.tsx'

const DayPicker = lazy(() =>
  import('./day-picker.tsx').then(({ DayPicker: picker }) => ({ default: picker })),
)

/** A day as `YYYY-MM-DD`, on a calendar that starts on Monday and speaks the language of the page. */
export function DateField(props: {
  label: ReactNode
  hint?: ReactNode
  onChange: (day: string | undefined) => void
}) {
  const { label, hint, onChange } = props
  return (
    <Field label={label} hint={hint}>
      {(wiring) => (
        <Suspense fallback={<span className="in" />}>
          <DayPicker id={wiring.id} describedBy={wiring['aria-describedby']} onChange={onChange} />
        </Suspense>
      )}
    </Field>
  )
}
