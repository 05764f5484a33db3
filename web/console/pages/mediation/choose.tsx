import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Select } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'

type Person = { id: string; name: string }

/** A few people out of those who serve: a list to add from, and chips to take away. */
export function Choose(props: {
  label: string
  candidates: readonly Person[]
  chosen: readonly Person[]
  error?: string | false | undefined
  onChange: (chosen: Person[]) => void
}) {
  const { label, candidates, chosen, error, onChange } = props
  const { t } = useTranslation()
  const left = candidates.filter(({ id }) => !chosen.some((one) => one.id === id))
  return (
    <div>
      <Select
        label={label}
        value=""
        error={error}
        onChange={({ target }) => {
          const found = left.find(({ id }) => id === target.value)
          if (found && chosen.length < 5) onChange([...chosen, found])
        }}
      >
        <option value="">{t('field.choose')}</option>
        {left.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Select>
      {chosen.length > 0 && (
        <ul className="chips">
          {chosen.map((one) => (
            <li key={one.id}>
              {one.name}
              <button
                type="button"
                aria-label={t('mediation.without', { name: one.name })}
                onClick={() => onChange(chosen.filter(({ id }) => id !== one.id))}
              >
                <Icon of={X} size="s" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
