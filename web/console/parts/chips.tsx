import { X } from 'lucide-react'
import { Icon } from '#web/ui/icon.tsx'

/** What was chosen for a field that takes several, each with the way out of it. */
export function Chips<Item extends { value: string; label: string }>({
  items,
  without,
  onChange,
}: {
  items: readonly Item[]
  /** What the button of one says to the ear. */
  without: (item: Item) => string
  onChange: (left: Item[]) => void
}) {
  if (items.length === 0) return null
  return (
    <ul className="chips">
      {items.map((one) => (
        <li key={one.value}>
          {one.label}
          <button
            type="button"
            aria-label={without(one)}
            onClick={() => onChange(items.filter(({ value }) => value !== one.value))}
          >
            <Icon of={X} size="s" />
          </button>
        </li>
      ))}
    </ul>
  )
}
