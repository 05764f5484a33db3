import type { ReactNode } from 'react'

/**
 * The list of a combobox (WAI-ARIA 1.2): focus stays in the text field, `marked` is the option the arrow keys stand on.
 * No native element can do this: `datalist` shows neither notes nor what the server found.
 */
export function ListBox<Item>(props: {
  id: string
  label: string
  items: Item[]
  keyOf: (item: Item) => string
  marked: number
  hidden: boolean
  onChoose: (item: Item) => void
  children: (item: Item) => ReactNode
}) {
  const { id, label, items, keyOf, marked, hidden, onChoose, children } = props
  return (
    <div id={id} role="listbox" aria-label={label} hidden={hidden}>
      {items.map((item, index) => (
        <div
          key={keyOf(item)}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === marked}
          // Before the field loses focus and closes the list.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(item)
          }}
        >
          {children(item)}
        </div>
      ))}
    </div>
  )
}
