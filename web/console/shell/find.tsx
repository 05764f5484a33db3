import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useCallback, useDeferredValue, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { Key } from '#web/ui/words.tsx'
import { requestsByCode } from '../data/requests.ts'
import { useKeys } from '../pages/inbox/keys.tsx'
import { ListBox } from '../parts/listbox.tsx'
import { paths } from '../paths.ts'
import { lifecycleWord } from '../words.ts'

/** Finds a request by its code or the beginning of it, from every page. */
export function Find() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const [code, setCode] = useState('')
  const [at, setAt] = useState(0)
  const wanted = useDeferredValue(code.trim().toUpperCase())
  const found = useQuery({ ...requestsByCode(wanted), enabled: wanted.length >= 2 })
  const items = wanted.length >= 2 ? (found.data?.items ?? []) : []

  useKeys(
    useCallback((key) => {
      if (key !== '/') return false
      input.current?.focus()
      return true
    }, []),
  )

  function go(id: string | undefined) {
    if (!id) return
    setCode('')
    input.current?.blur()
    void navigate({ to: paths.inbox, params: { id }, search: { queue: 'all' } })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') go(items[at]?.id)
    else if (event.key === 'Escape') {
      setCode('')
      input.current?.blur()
    } else return
    event.preventDefault()
  }

  return (
    <search className="find">
      <label className="find-box">
        <Icon of={Search} size="s" />
        <span className="vh">{t('find.label')}</span>
        <input
          ref={input}
          role="combobox"
          aria-expanded={wanted.length >= 2}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={items[at] ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('find.placeholder')}
          value={code}
          onChange={(event) => {
            setCode(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setTimeout(() => setCode(''), 150)}
        />
        <Key>/</Key>
      </label>
      <div className="find-list" hidden={wanted.length < 2}>
        <ListBox
          id={list}
          label={t('find.label')}
          items={items}
          keyOf={(item) => item.id}
          marked={at}
          hidden={items.length === 0}
          onChoose={(item) => go(item.id)}
        >
          {(item) => (
            <>
              {item.title}
              <small>
                {t('find.line', {
                  code: item.code,
                  place: item.place,
                  state: lifecycleWord(t, `state.${item.state}`),
                })}
              </small>
            </>
          )}
        </ListBox>
        {found.isSuccess && items.length === 0 && <p>{t('find.none', { code: wanted })}</p>}
        {found.isError && <p>{t('find.failed')}</p>}
      </div>
    </search>
  )
}
