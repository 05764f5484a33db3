import { ChevronsUpDown, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ListBox } from './listbox.tsx'
import './combobox.css'

export type Option = { value: string; label: string; note?: string }

/**
 * Lays the list over everything else, below the field or above it where there is more room; no pane can cut it off.
 * It moves when the number of options changes its height.
 */
function useLayer(open: boolean, count: number) {
  const layer = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const list = layer.current
    const field = list?.parentElement
    if (!list || !field) return
    if (!open) {
      if (list.matches(':popover-open')) list.hidePopover()
      return
    }
    if (!list.matches(':popover-open')) list.showPopover()
    const { left, top, bottom, width } = field.getBoundingClientRect()
    const above = bottom + list.offsetHeight + 8 > innerHeight && top > innerHeight - bottom
    list.style.left = `${left}px`
    list.style.width = `${width}px`
    list.style.top = `${above ? top - list.offsetHeight - 4 : bottom + 4}px`
  }, [open, count])
  return layer
}

/**
 * One of many, found by typing (WAI-ARIA combobox with a list). The caller filters: `query` goes out, `options` come in.
 */
export function Combobox(props: {
  label: ReactNode
  hint?: ReactNode
  options: Option[]
  value: Option | undefined
  onChange: (option: Option | undefined) => void
  query: string
  onQuery: (query: string) => void
  loading?: boolean
  placeholder?: string
  quiet?: boolean
}) {
  const { label, hint, options, value, onChange, query, onQuery, loading, placeholder, quiet } = props
  const { t } = useTranslation()
  const list = useId()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const layer = useLayer(open, options.length)
  const marked = Math.min(at, options.length - 1)

  function choose(option: Option | undefined) {
    onChange(option)
    onQuery('')
    setOpen(false)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((marked + step + options.length) % Math.max(1, options.length))
    } else if (event.key === 'Enter' && open && options[marked]) {
      event.preventDefault()
      choose(options[marked])
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    }
  }

  return (
    <Field label={label} hint={hint} quiet={quiet ?? false}>
      {(wiring) => (
        <div
          className="combo"
          onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}
        >
          <input
            {...wiring}
            className="in"
            role="combobox"
            autoComplete="off"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={open && options[marked] ? `${list}-${marked}` : undefined}
            placeholder={value ? undefined : placeholder}
            value={open || query ? query : (value?.label ?? '')}
            onChange={(event) => {
              onQuery(event.target.value)
              setAt(0)
              setOpen(true)
            }}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
          />
          {value && !open ? (
            <button
              type="button"
              className="combo-end"
              aria-label={t('combo.clear')}
              onClick={() => choose(undefined)}
            >
              <Icon of={X} size="s" />
            </button>
          ) : (
            <span className="combo-end" aria-hidden="true">
              <Icon of={ChevronsUpDown} size="s" />
            </span>
          )}
          <div className="combo-list" popover="manual" ref={layer}>
            <ListBox
              id={list}
              label={t('combo.list')}
              items={options}
              keyOf={(option) => option.value}
              marked={marked}
              hidden={false}
              onChoose={choose}
            >
              {(option) => (
                <>
                  {option.label}
                  {option.note && <small>{option.note}</small>}
                </>
              )}
            </ListBox>
            {options.length === 0 && (
              <p className="combo-none">{loading ? t('combo.loading') : t('combo.none')}</p>
            )}
          </div>
        </div>
      )}
    </Field>
  )
}
