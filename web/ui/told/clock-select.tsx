import type { ReactNode } from 'react'
import { Select } from '../field.tsx'

const halfHours = Array.from(
  { length: 48 },
  (_, at) => `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 === 0 ? '00' : '30'}`,
)

/** A time of the day by half hours, written as here: a browser's own field would follow the language of its system. */
export function ClockSelect({
  label,
  value,
  onChange,
}: {
  label: ReactNode
  value: string
  onChange: (clock: string) => void
}) {
  const offered = halfHours.includes(value) ? halfHours : [...halfHours, value].toSorted()
  return (
    <Select label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {offered.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  )
}
