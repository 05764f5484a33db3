import { Check } from 'lucide-react'
import { useId } from 'react'
import { Icon } from '#web/ui/icon.tsx'

/** One question of a visit with its few answers, all in sight; pressing the chosen one again takes it back. */
export function Question<Value extends string>({
  number,
  title,
  options,
  value,
  onChange,
  error,
}: {
  number: number
  title: string
  options: readonly { value: Value; label: string }[]
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  error?: string | undefined
}) {
  const id = useId()
  return (
    <section className="q">
      <h2 id={id}>
        <i aria-hidden="true">{number}</i>
        {title}
      </h2>
      <div className={`opts n${options.length}`} role="group" aria-labelledby={id}>
        {options.map((option) => (
          <button
            type="button"
            key={option.value}
            aria-pressed={value === option.value}
            onClick={() => onChange(value === option.value ? undefined : option.value)}
          >
            {value === option.value && <Icon of={Check} />}
            {option.label}
          </button>
        ))}
      </div>
      <p className="wrong" role="alert" hidden={!error}>
        {error}
      </p>
    </section>
  )
}
