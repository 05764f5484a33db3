import { Check, CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'
import './field.css'

type Around = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** the label is for the ear only, because the page's words already say it */ quiet?: boolean | undefined
}
type Wiring = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

/** Label, hint and error around one control. The error stands beside what it is about and is spoken when it appears. */
export function Field({
  label,
  hint,
  error,
  quiet,
  children,
}: Around & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const said = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id} className={quiet ? 'vh' : undefined}>
        {label}
      </label>
      {children({ id, 'aria-describedby': said || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div aria-live="polite">
        {error && (
          <p className="wrong" id={`${id}-error`}>
            <Icon of={CircleAlert} size="s" />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  )
}

/** One line of text. */
export function TextInput({
  label,
  hint,
  error,
  quiet,
  ...rest
}: Around & Omit<ComponentProps<'input'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error} quiet={quiet}>
      {(wiring) => <input type="text" {...rest} {...wiring} className="in" />}
    </Field>
  )
}

/** Several lines; it grows with what is written. */
export function TextArea({
  label,
  hint,
  error,
  quiet,
  ...rest
}: Around & Omit<ComponentProps<'textarea'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error} quiet={quiet}>
      {(wiring) => <textarea {...rest} {...wiring} className="in" />}
    </Field>
  )
}

/** The native select: the system's own wheel on a phone. */
export function Select({
  label,
  hint,
  error,
  quiet,
  children,
  ...rest
}: Around & Omit<ComponentProps<'select'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error} quiet={quiet}>
      {(wiring) => (
        <select {...rest} {...wiring} className="in">
          {children}
        </select>
      )}
    </Field>
  )
}

/** On or off, with effect at once. */
export function Switch({
  label,
  on,
  onChange,
}: {
  label: ReactNode
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <button type="button" role="switch" aria-checked={on} className="switch" onClick={() => onChange(!on)}>
      <span>{label}</span>
      <span className="knob" aria-hidden="true" />
    </button>
  )
}

/** One of a few, all in sight. Native radio buttons underneath: arrow keys work. Nothing is chosen for the person. */
export function SegmentedChoice<Value extends string>({
  legend,
  options,
  value,
  onChange,
  stack,
}: {
  legend: string
  options: { value: Value; label: ReactNode }[]
  value: Value | undefined
  onChange: (value: Value) => void
  /** one below the other, for long labels */
  stack?: boolean | undefined
}) {
  const name = useId()
  return (
    <fieldset>
      <legend className="vh">{legend}</legend>
      <div className={stack ? 'choices stack' : 'choices'}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            <Icon of={Check} size="s" />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
