import { X } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { organisationsFound } from '../../data/org.ts'
import { Combobox } from '../../parts/combobox.tsx'

export type Seat = { organisation: string; name: string; post: string }

/** Who sits in a meeting: organisations found by name, each with the post that speaks for it. */
export function SeatsField(props: {
  label: string
  seats: Seat[]
  onChange: (seats: Seat[]) => void
  /** Already called in another way. */
  except?: readonly string[]
}) {
  const { label, seats, onChange, except = [] } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...organisationsFound(wanted), enabled: wanted.length > 0 })
  const taken = new Set([...seats.map(({ organisation }) => organisation), ...except])
  const options = (found.data?.items ?? [])
    .filter(({ id, active }) => active && !taken.has(id))
    .map((one) => ({ value: one.id, label: one.name, note: t(`organisationKind.${one.kind}`) }))
  const shortName = (id: string) => found.data?.items.find((one) => one.id === id)?.shortName
  return (
    <div className="meet-seats">
      <Combobox
        label={label}
        options={options}
        value={undefined}
        onChange={(option) => {
          if (!option) return
          const name = shortName(option.value) ?? option.label
          onChange([...seats, { organisation: option.value, name, post: t('meetings.usualPost') }])
          setQuery('')
        }}
        query={query}
        onQuery={setQuery}
        loading={found.isFetching}
        placeholder={t('handler.find')}
      />
      <ol>
        {seats.map((seat, index) => (
          <li key={seat.organisation}>
            <span>{seat.name}</span>
            <TextInput
              quiet
              label={t('meetings.postOf', { name: seat.name })}
              value={seat.post}
              maxLength={40}
              onChange={(event) =>
                onChange(seats.map((one, at) => (at === index ? { ...one, post: event.target.value } : one)))
              }
            />
            <IconButton
              label={t('meetings.removeSeat', { name: seat.name })}
              icon={X}
              onClick={() => onChange(seats.filter((one) => one !== seat))}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}
