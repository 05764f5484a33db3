import type { ReactNode } from 'react'

/** Parts of a page of which one is shown, by name; what stands beside them belongs to all of them. */
export function Tabs<Tab extends string>({
  label,
  tabs,
  value,
  onChange,
  controls,
  children,
}: {
  label: string
  tabs: readonly { value: Tab; label: ReactNode }[]
  value: Tab
  onChange: (tab: Tab) => void
  /** id of the part that they change */
  controls?: string
  children?: ReactNode
}) {
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={controls}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}
